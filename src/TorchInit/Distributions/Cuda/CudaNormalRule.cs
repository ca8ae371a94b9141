namespace TorchInit;

/// <summary>normal_ on a GPU.</summary>
sealed class CudaNormalRule(Gpu gpu) : CudaRule(gpu)
{
    /// <summary>Measured.</summary>
    public override double Cost(DType dtype, TorchProfile profile) => dtype switch { DType.Float64 => 3.6, DType.Float32 => 0.8, _ => 0.9 };

    public override void Check<T>(double a, double b, TorchProfile profile) => NormalFill.Check<T>(b, profile);

    protected override void Draw<T>(Span<T> part, CudaPart at, double a, double b, Generator generator)
    {
        if (typeof(T) == typeof(double))
        {
            at.Fill(Elements.Cast<T, double>(part), new CudaNormalFloat64(a, b), generator.Width);
            return;
        }
        at.Fill(part, new CudaNormal<T>(a, b), generator.Width);
    }
}
