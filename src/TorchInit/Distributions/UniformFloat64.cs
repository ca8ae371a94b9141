using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>uniform_ of float64: u = the low 53 bits of two words · 2⁻⁵³.</summary>
static class UniformFloat64
{
    public static void Fill<TRounding>(Span<double> tensor, double from, double to, bool halfOpen, Generator generator)
        where TRounding : struct, IMultiplyAdd
    {
        double range = to - from;
        bool reachesEnd = halfOpen && !(TRounding.MultiplyAdd(1 - 1.0 / (1UL << 53), range, from) < to);
        while (!tensor.IsEmpty)
        {
            Span<double> run = tensor[..Math.Min(tensor.Length, Words.Run)];
            // The words of an element are drawn into the element's own memory.
            Span<uint> words = MemoryMarshal.Cast<double, uint>(run);
            generator.NextWords(words);
            Float64UniformKernel<TRounding>.Map(words, run, from, range, generator.Width);
            if (reachesEnd)
            {
                foreach (ref double x in run) { x = x == to ? from : x; }
            }
            tensor = tensor[run.Length..];
        }
    }
}
