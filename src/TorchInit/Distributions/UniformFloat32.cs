namespace TorchInit;

/// <summary>uniform_ of float32: u = the low 24 bits of a word · 2⁻²⁴.</summary>
static class UniformFloat32
{
    public static void Fill<TRounding>(Span<float> tensor, float from, float to, bool halfOpen, Generator generator)
        where TRounding : struct, IMultiplyAdd
    {
        float range = to - from;        // rounded to float32, as torch does
        UniformOperator<TRounding> op = new(from, range);
        if (!op.IsExact) { FillTiny(tensor, op, from, to, range, halfOpen, generator); }
        // If the largest value is below the excluded bound, no value equals it; with torch's symmetric bounds this is always so.
        else if (halfOpen && !(op.Largest < to))
        {
            generator.NextWords(Elements.Cast<float, uint>(tensor), new HalfOpenUniformOperator<TRounding>(op, from, to));
        }
        else { generator.NextWords(Elements.Cast<float, uint>(tensor), op); }
    }

    /// <summary>Ranges below 2⁻¹⁰²: computes the formula directly.</summary>
    static void FillTiny<TRounding>(Span<float> tensor, UniformOperator<TRounding> op, float from, float to, float range, bool halfOpen,
        Generator generator)
        where TRounding : struct, IMultiplyAdd
    {
        generator.NextWords(Elements.Cast<float, uint>(tensor));
        foreach (ref float element in tensor)
        {
            float x = TRounding.MultiplyAdd(op.Unit(BitConverter.SingleToUInt32Bits(element)), range, from);
            element = halfOpen && x == to ? from : x;
        }
    }
}
