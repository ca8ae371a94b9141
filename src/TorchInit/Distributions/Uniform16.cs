namespace TorchInit;

/// <summary>uniform_ of float16 and bfloat16. Up to torch 2.11 a draw has as many bits as the type's significand; since 2.12 it is a float32 draw, rounded once.</summary>
static class Uniform16
{
    /// <summary>Up to 2.11: u of 11 bits (float16) or 8 (bfloat16); bounds and their difference rounded to the type; u·range is exact in float32.</summary>
    public static void FillFewBits<T>(Span<T> tensor, float from, float to, Generator generator)
        where T : unmanaged
    {
        int bits = typeof(T) == typeof(Half) ? 11 : 8;
        uint mask = (1u << bits) - 1;
        float step = 1f / (1u << bits);
        from = Elements.Round<T>(from);
        float range = Elements.Round<T>(Elements.Round<T>(to) - from);
        Span<uint> words = stackalloc uint[Words.Run];
        while (!tensor.IsEmpty)
        {
            Span<uint> run = words[..Math.Min(tensor.Length, words.Length)];
            generator.NextWords(run);
            for (int i = 0; i < run.Length; i++) { tensor[i] = Elements.FromFloat<T>((run[i] & mask) * step * range + from); }
            tensor = tensor[run.Length..];
        }
    }

    /// <summary>Since 2.12: bounds and range in float32, the result rounded once; one that equals the rounded upper bound becomes the rounded lower one.</summary>
    public static void FillByFloat32<T, TRounding>(Span<T> tensor, float from, float to, Generator generator)
        where T : unmanaged
        where TRounding : struct, IMultiplyAdd
    {
        float range = to - from;
        float excluded = Elements.Round<T>(to);
        T lowest = Elements.FromFloat<T>(from);
        Span<uint> words = stackalloc uint[Words.Run];
        while (!tensor.IsEmpty)
        {
            Span<uint> run = words[..Math.Min(tensor.Length, words.Length)];
            generator.NextWords(run);
            for (int i = 0; i < run.Length; i++)
            {
                T x = Elements.FromFloat<T>(TRounding.MultiplyAdd(Words.Unit24(run[i]), range, from));
                tensor[i] = Elements.ToFloat(x) == excluded ? lowest : x;
            }
            tensor = tensor[run.Length..];
        }
    }
}
