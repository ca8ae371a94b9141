using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>A floating tensor's elements as doubles; each value of each dtype is one exactly.</summary>
static class Elements64
{
    /// <summary>Elements whose bytes fit a span, whatever their type.</summary>
    const int Run = 1 << 24;

    /// <summary>The first elements; all where there are fewer than <paramref name="most"/>.</summary>
    public static double[] Of(TensorBuffer tensor, int most = int.MaxValue) => tensor.DType switch
    {
        DType.Float32 => Convert<float>(tensor, most),
        DType.Float64 => Convert<double>(tensor, most),
        DType.Float16 => Convert<Half>(tensor, most),
        DType.BFloat16 => Convert<BFloat16>(tensor, most),
        _ => throw new ArgumentException($"dtype is {tensor.DType.TorchName()}; allowed: float32, float64, float16, bfloat16.",
            nameof(tensor)),
    };

    /// <summary>One element.</summary>
    public static double At(TensorBuffer tensor, long position) => tensor.DType switch
    {
        DType.Float32 => MemoryMarshal.Read<float>(tensor.Bytes((int)position, 1)),
        DType.Float64 => MemoryMarshal.Read<double>(tensor.Bytes((int)position, 1)),
        DType.Float16 => (double)MemoryMarshal.Read<Half>(tensor.Bytes((int)position, 1)),
        DType.BFloat16 => Elements.ToDouble(MemoryMarshal.Read<BFloat16>(tensor.Bytes((int)position, 1))),
        _ => double.NaN,
    };

    static double[] Convert<T>(TensorBuffer tensor, int most)
        where T : unmanaged
    {
        double[] values = new double[Math.Min(most, tensor.Count)];
        for (int start = 0; start < values.Length; start += Run)
        {
            int count = Math.Min(Run, values.Length - start);
            Span<T> elements = MemoryMarshal.Cast<byte, T>(tensor.Bytes(start, count));
            for (int i = 0; i < count; i++) { values[start + i] = Elements.ToDouble(elements[i]); }
        }
        return values;
    }
}
