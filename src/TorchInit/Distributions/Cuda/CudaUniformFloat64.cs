namespace TorchInit;

/// <summary>uniform_ in float64, by the rule of <see cref="CudaUniform{T}"/>.</summary>
readonly struct CudaUniformFloat64(double from, double to, TorchProfile profile) : ICudaOperator<double>
{
    readonly double _range = to - from;
    readonly bool _comparesAfterRounding = profile.ComparesCudaUniformAfterRounding;

    public static int PerDraw => 2;

    public double Invoke(PhiloxWords words, int component) => Of(CudaUnits.Double(words, component));

    public int Fill(PhiloxRows rows, int component, Span<double> target, Span<double> next, VectorWidth width)
    {
        ReadOnlySpan<uint> low = rows.Row(2 * component)[..target.Length], high = rows.Row(2 * component + 1)[..target.Length];
        int done = _comparesAfterRounding ? CudaUniformFloat64Kernel.Transform(low, high, target, from, to, width) : 0;
        for (int i = done; i < target.Length; i++) { target[i] = Of(CudaUnits.Double(low[i], high[i])); }
        return 1;
    }

    double Of(double u)
    {
        if (!_comparesAfterRounding) { return Math.FusedMultiplyAdd(u == 1 ? 0 : u, _range, from); }
        double x = Math.FusedMultiplyAdd(u, _range, from);
        return x == to ? from : x;
    }
}
