namespace TorchInit;

/// <summary>uniform_ of float64: u = the low 53 bits of two words · 2⁻⁵³.</summary>
static class UniformFloat64
{
    public static void Fill<TRounding>(Span<double> tensor, double from, double to, bool halfOpen, Generator generator)
        where TRounding : struct, IMultiplyAdd
    {
        double range = to - from;
        Span<uint> words = stackalloc uint[Words.Run];
        while (!tensor.IsEmpty)
        {
            int count = Math.Min(tensor.Length, words.Length / 2);
            generator.NextWords(words[..(2 * count)]);
            for (int i = 0; i < count; i++)
            {
                double x = TRounding.MultiplyAdd(Words.Unit53(words[2 * i], words[2 * i + 1]), range, from);
                tensor[i] = halfOpen && x == to ? from : x;
            }
            tensor = tensor[count..];
        }
    }
}
