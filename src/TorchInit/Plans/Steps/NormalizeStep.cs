namespace TorchInit;

/// <summary><c>F.normalize(v, dim=0, eps)</c> in place: v / max(‖v‖₂, ε), as spectral_norm does to its first u and v; no draw.</summary>
/// <param name="Target">A vector.</param>
/// <param name="Epsilon">The smallest divisor, above 0.</param>
public sealed record NormalizeStep(StepTarget Target, double Epsilon) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor];

    /// <inheritdoc/>
    public override string ToString() => $"normalize_({Target}, eps={PythonFloat.Repr(Epsilon)})";

    internal override void CheckDType<T>(TorchProfile profile)
    {
        if (typeof(T) == typeof(Half) && !profile.HasHalfMath && !double.IsNaN(Epsilon))    // NaN is compared with nothing
        {
            throw TorchArgumentException.RuntimeError("dtype", "float16", "float32, float64, bfloat16 (float16 since torch 2.1)",
                "\"clamp_min_cpu\" not implemented for 'Half'");
        }
        _ = ConstantValue.Of<T>(Epsilon, profile);
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] vector = target.ReadLogical();
        SliceNorm.Normalize<T>(vector, Epsilon, context.Generator.Profile);
        target.WriteLogical(vector);
    }
}
