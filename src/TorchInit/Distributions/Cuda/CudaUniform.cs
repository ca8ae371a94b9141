namespace TorchInit;

/// <summary>uniform_ in float32 and 16 bits: x = fma(u, to − from, from), rounded to T; a result equal to the upper bound becomes the lower
/// bound.</summary>
readonly struct CudaUniform<T> : ICudaOperator<T>
    where T : unmanaged
{
    readonly bool _comparesAfterRounding;
    readonly CudaUniformKernel _kernel;

    public CudaUniform(double from, double to, TorchProfile profile)
    {
        (From, To) = (Elements.Round<T>((float)from), Elements.Round<T>((float)to));
        Range = Elements.Round<T>(To - From);
        _comparesAfterRounding = profile.ComparesCudaUniformAfterRounding;
        // Nothing equals NaN, so with 16 bits the kernel leaves the comparison to the code after the rounding.
        _kernel = new(From, Range, typeof(T) == typeof(float) ? To : float.NaN);
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

    public int FillWhole(PhiloxDraws draws, PhiloxKeys keys, Span<T> target, int threads, VectorWidth width)
    {
        if (typeof(T) != typeof(float) || !_comparesAfterRounding) { return 0; }
        Span<uint> words = Elements.Cast<T, uint>(target);
        // Rows are multiples of 4096 bytes apart, so that the lines being written are in one set of the cache, which has no room for those
        // of four counters.
        int together = width == VectorWidth.Bits512 ? draws.Count : 1, done = 0;
        for (int j = 0; j < draws.Count; j += together)
        {
            done = PhiloxKernel.Fill(draws with { Counter = draws.Counter + (uint)j, Count = together }, keys, words[(4 * j * threads)..],
                threads, in _kernel, width);
        }
        return done;
    }

    public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
    {
        if (!_comparesAfterRounding) { return rows.Each(this, component, target); }
        if (typeof(T) == typeof(float))
        {
            _kernel.Transform(rows.Row(component), Elements.Cast<T, uint>(target), width);
            return 1;
        }
        Span<uint> values = stackalloc uint[target.Length];
        _kernel.Transform(rows.Row(component), values, width);
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
