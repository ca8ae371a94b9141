namespace TorchInit;

/// <summary>uniform_ in float32 and 16 bits: x = fma(u, to − from, from), rounded to T; a result equal to the upper bound becomes the lower
/// bound.</summary>
readonly struct CudaUniform<T> : ICudaOperator<T>
    where T : unmanaged
{
    readonly bool _comparesAfterRounding;

    public CudaUniform(double from, double to, TorchProfile profile)
    {
        (From, To) = (Elements.Round<T>((float)from), Elements.Round<T>((float)to));
        Range = Elements.Round<T>(To - From);
        _comparesAfterRounding = profile.ComparesCudaUniformAfterRounding;
    }

    public static int PerDraw => 4;

    public float From { get; }

    public float Range { get; }

    public float To { get; }

    public T Invoke(PhiloxWords words, int component) => Of(CudaUnits.Float(words[component]));

    public T Of(float u)
    {
        if (!_comparesAfterRounding) { return Elements.FromFloat<T>(MathF.FusedMultiplyAdd(u == 1 ? 0 : u, Range, From)); }
        T x = Elements.FromFloat<T>(MathF.FusedMultiplyAdd(u, Range, From));
        return Elements.ToFloat(x) == To ? Elements.FromFloat<T>(From) : x;
    }

    public int FillWhole(PhiloxDraws draws, Span<T> target, int threads, VectorWidth width)
        => typeof(T) == typeof(float) && _comparesAfterRounding
            ? PhiloxKernel.Fill(draws, Elements.Cast<T, uint>(target), threads, new CudaUniformKernel(From, Range, To), width) : 0;

    public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
    {
        if (!_comparesAfterRounding) { return rows.Each(this, component, target); }
        if (typeof(T) == typeof(float))
        {
            new CudaUniformKernel(From, Range, To).Transform(rows.Row(component), Elements.Cast<T, uint>(target), width);
            return 1;
        }
        Span<uint> values = stackalloc uint[target.Length];
        // Nothing equals NaN, so the kernel leaves the comparison to the code after the rounding.
        new CudaUniformKernel(From, Range, float.NaN).Transform(rows.Row(component), values, width);
        Rounding16Kernel.Round(values, target, width);
        Span<ushort> bits = Elements.Cast<T, ushort>(target);
        ushort lowest = Bits(From);
        bits.Replace(Bits(To), lowest);
        if (To == 0) { bits.Replace(Bits(-To), lowest); }
        return 1;
    }

    static ushort Bits(float value)
    {
        T element = Elements.FromFloat<T>(value);
        return Elements.Cast<T, ushort>(new Span<T>(ref element))[0];
    }
}
