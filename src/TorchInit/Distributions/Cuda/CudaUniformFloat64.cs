namespace TorchInit;

/// <summary>uniform_ in float64, by the rule of <see cref="CudaUniform{T}"/>.</summary>
readonly struct CudaUniformFloat64(double from, double to, TorchProfile profile) : ICudaOperator<double>
{
    readonly double _range = to - from;
    readonly bool _comparesAfterRounding = profile.ComparesCudaUniformAfterRounding;

    public static int PerDraw => 2;

    public double Invoke(PhiloxWords words, int component)
    {
        double u = component == 0 ? CudaUnits.Double(words.W0, words.W1) : CudaUnits.Double(words.W2, words.W3);
        if (!_comparesAfterRounding) { return Math.FusedMultiplyAdd(u == 1 ? 0 : u, _range, from); }
        double x = Math.FusedMultiplyAdd(u, _range, from);
        return x == to ? from : x;
    }
}
