using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>A tensor's elements as doubles. Every value of every dtype is exact, except whole numbers beyond 2⁵³, which are
/// rounded.</summary>
static class Elements64
{
    /// <summary>Elements whose bytes fit a span, whatever their type.</summary>
    const int Run = 1 << 24;

    /// <summary>The first elements, at most <paramref name="most"/>.</summary>
    public static double[] Of(TensorBuffer tensor, int most = int.MaxValue) => tensor.DType.Run(new All(tensor, most));

    /// <summary>One element.</summary>
    public static double At(TensorBuffer tensor, long position) => tensor.DType.IsFloatingPoint() ? tensor.DType switch
    {
        DType.Float32 => MemoryMarshal.Read<float>(tensor.Bytes((int)position, 1)),
        DType.Float64 => MemoryMarshal.Read<double>(tensor.Bytes((int)position, 1)),
        DType.Float16 => (double)MemoryMarshal.Read<Half>(tensor.Bytes((int)position, 1)),
        _ => Elements.ToDouble(MemoryMarshal.Read<BFloat16>(tensor.Bytes((int)position, 1))),
    } : tensor.Integer((int)position);

    /// <summary>An element's value; 0 or 1 for a bool.</summary>
    public static double Of<T>(T element)
        where T : unmanaged
        => DType.Of<T>().IsFloatingPoint() ? Elements.ToDouble(element) : DrawElements.ToInteger(element);

    sealed record All(TensorBuffer Tensor, int Most) : IElementWork<double[]>
    {
        public double[] Run<T>()
            where T : unmanaged
        {
            double[] values = new double[Math.Min(Most, Tensor.Count)];
            for (int start = 0; start < values.Length; start += Elements64.Run)
            {
                int count = Math.Min(Elements64.Run, values.Length - start);
                Span<T> elements = MemoryMarshal.Cast<byte, T>(Tensor.Bytes(start, count));
                for (int i = 0; i < count; i++) { values[start + i] = Elements64.Of(elements[i]); }
            }
            return values;
        }
    }
}
