namespace TorchInit;

/// <summary>uniform_ on a GPU.</summary>
sealed class CudaUniformRule(Gpu gpu) : CudaRule(gpu)
{
    /// <summary>Measured.</summary>
    public override double Cost(DType dtype, TorchProfile profile) => dtype switch { DType.Float64 => 1.1, DType.Float32 => 0.3, _ => 0.5 };

    public override void Check<T>(double a, double b, TorchProfile profile) => UniformBounds.Check<T>(a, b, profile);

    protected override void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
    {
        if (typeof(T) == typeof(double))
        {
            at.Fill(Elements.Cast<T, double>(part), new CudaUniformFloat64(a, b, generator.Profile), generator.Width);
            return;
        }
        at.Fill(part, new CudaUniform<T>(a, b, generator.Profile), generator.Width);
    }
}
