namespace TorchInit;

/// <summary>
/// Box–Muller for u of 11 bits (float16) or 8 bits (bfloat16), with tables: there are few distinct radii and directions. An entry is the
/// formula's value with torch's rounding; only product, scale and shift remain for each pair.
/// </summary>
sealed class FewBitsTables<T>
    where T : unmanaged
{
    static readonly Lazy<FewBitsTables<T>> s_roundedEach = new(() => new(roundEach: true));
    static readonly Lazy<FewBitsTables<T>> s_roundedOnce = new(() => new(roundEach: false));

    readonly float[] _radius = new float[Count];
    readonly float[] _cosine = new float[Count];
    readonly float[] _sine = new float[Count];

    FewBitsTables(bool roundEach)
    {
        for (int k = 0; k < Count; k++)
        {
            float u = k / (float)Count;
            float log = Libm.LogF(Elements.Round<T>(1f - u));
            float theta = Elements.Round<T>((float)(2.0 * Math.PI * u));
            (float cosine, float sine) = (Libm.CosF(theta), Libm.SinF(theta));
            _radius[k] = Elements.Round<T>(MathF.Sqrt(roundEach ? Elements.Round<T>(-2f * Elements.Round<T>(log)) : -2f * log));
            (_cosine[k], _sine[k]) = roundEach ? (Elements.Round<T>(cosine), Elements.Round<T>(sine)) : (cosine, sine);
        }
    }

    /// <summary>The number of values of u.</summary>
    public static int Count => typeof(T) == typeof(Half) ? 1 << 11 : 1 << 8;

    /// <param name="roundEach">Whether each operation is rounded to the type, or only radius and angle.</param>
    public static FewBitsTables<T> Of(bool roundEach) => (roundEach ? s_roundedEach : s_roundedOnce).Value;

    /// <summary>Blocks of 16, in place: integers u · <see cref="Count"/> in, the bits of r·cos θ and r·sin θ as float32 out.</summary>
    public void Transform(Span<uint> blocks)
    {
        for (; !blocks.IsEmpty; blocks = blocks[NormalFill.Block..])
        {
            for (int j = 0; j < NormalFill.Block / 2; j++)
            {
                float radius = _radius[blocks[j]];
                uint direction = blocks[j + NormalFill.Block / 2];
                blocks[j] = BitConverter.SingleToUInt32Bits(radius * _cosine[direction]);
                blocks[j + NormalFill.Block / 2] = BitConverter.SingleToUInt32Bits(radius * _sine[direction]);
            }
        }
    }
}
