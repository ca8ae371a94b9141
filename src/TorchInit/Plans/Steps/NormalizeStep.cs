using System.Globalization;

namespace TorchInit;

/// <summary><c>F.normalize(v, dim=0, eps)</c> in place: v / max(‖v‖₂, ε), as spectral_norm does with its first u and v; no draw.</summary>
/// <param name="Target">A vector.</param>
/// <param name="Epsilon">Smallest divisor, above 0.</param>
public sealed record NormalizeStep(StepTarget Target, double Epsilon) : InitStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"normalize_({Target}, eps={Epsilon:R})");

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal) => 0;

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] vector = target.ReadLogical();
        SliceNorm.Normalize<T>(vector, Epsilon);
        target.WriteLogical(vector);
    }
}
