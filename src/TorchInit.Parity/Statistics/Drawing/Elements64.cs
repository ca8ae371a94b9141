namespace TorchInit.Parity;

/// <summary>A floating tensor's elements as doubles; each value of each dtype is one exactly.</summary>
static class Elements64
{
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
        DType.Float32 => tensor.AsSpan<float>()[(int)position],
        DType.Float64 => tensor.AsSpan<double>()[(int)position],
        DType.Float16 => (double)tensor.AsSpan<Half>()[(int)position],
        DType.BFloat16 => Elements.ToDouble(tensor.AsSpan<BFloat16>()[(int)position]),
        _ => double.NaN,
    };

    static double[] Convert<T>(TensorBuffer tensor, int most)
        where T : unmanaged
    {
        Span<T> elements = tensor.AsSpan<T>()[..Math.Min(most, tensor.Count)];
        double[] values = new double[elements.Length];
        for (int i = 0; i < values.Length; i++) { values[i] = Elements.ToDouble(elements[i]); }
        return values;
    }
}
