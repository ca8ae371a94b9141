namespace TorchInit.Parity;

/// <summary>A tensor's elements as doubles; each value of each dtype is one exactly, but for whole numbers beyond 2⁵³, which are
/// rounded.</summary>
static class Elements64
{
    /// <summary>The first elements; all where there are fewer than <paramref name="most"/>.</summary>
    public static double[] Of(TensorBuffer tensor, int most = int.MaxValue) => tensor.DType.Run(new All(tensor, most));

    /// <summary>One element.</summary>
    public static double At(TensorBuffer tensor, long position) => tensor.DType.IsFloatingPoint() ? tensor.DType switch
    {
        DType.Float32 => tensor.AsSpan<float>()[(int)position],
        DType.Float64 => tensor.AsSpan<double>()[(int)position],
        DType.Float16 => (double)tensor.AsSpan<Half>()[(int)position],
        _ => Elements.ToDouble(tensor.AsSpan<BFloat16>()[(int)position]),
    } : tensor.Integer((int)position);

    /// <summary>An element's value; of a bool 0 or 1.</summary>
    public static double Of<T>(T element)
        where T : unmanaged
        => DType.Of<T>().IsFloatingPoint() ? Elements.ToDouble(element) : DrawElements.ToInteger(element);

    sealed record All(TensorBuffer Tensor, int Most) : IElementWork<double[]>
    {
        public double[] Run<T>()
            where T : unmanaged
        {
            Span<T> elements = Tensor.AsSpan<T>()[..Math.Min(Most, Tensor.Count)];
            double[] values = new double[elements.Length];
            for (int i = 0; i < values.Length; i++) { values[i] = Elements64.Of(elements[i]); }
            return values;
        }
    }
}
