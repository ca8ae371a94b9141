namespace TorchInit;

/// <summary>uniform_ of float32: u = the low 24 bits of a word · 2⁻²⁴.</summary>
static class UniformFloat32
{
    public static void Fill<TRounding>(Span<float> tensor, float from, float to, bool halfOpen, Generator generator)
        where TRounding : struct, IMultiplyAdd
    {
        float range = to - from;        // rounded to float32, as torch does
        Span<uint> words = stackalloc uint[Words.Run];
        while (!tensor.IsEmpty)
        {
            Span<uint> run = words[..Math.Min(tensor.Length, words.Length)];
            generator.NextWords(run);
            for (int i = 0; i < run.Length; i++)
            {
                float x = TRounding.MultiplyAdd(Words.Unit24(run[i]), range, from);
                tensor[i] = halfOpen && x == to ? from : x;
            }
            tensor = tensor[run.Length..];
        }
    }
}
