namespace TorchInit.Parity;

/// <summary>A floating tensor's elements as doubles; each value of each dtype is one exactly.</summary>
static class Elements64
{
    public static double[] Of(TensorBuffer tensor) => tensor.DType switch
    {
        DType.Float32 => Convert<float>(tensor),
        DType.Float64 => tensor.AsSpan<double>().ToArray(),
        DType.Float16 => Convert<Half>(tensor),
        DType.BFloat16 => Convert<BFloat16>(tensor),
        _ => throw new ArgumentException($"dtype is {tensor.DType.TorchName()}; allowed: float32, float64, float16, bfloat16.", nameof(tensor)),
    };

    static double[] Convert<T>(TensorBuffer tensor)
        where T : unmanaged
    {
        Span<T> elements = tensor.AsSpan<T>();
        double[] values = new double[elements.Length];
        for (int i = 0; i < values.Length; i++) { values[i] = Elements.ToDouble(elements[i]); }
        return values;
    }
}
