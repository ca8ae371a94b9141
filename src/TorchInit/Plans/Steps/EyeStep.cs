namespace TorchInit;

/// <summary><c>init.eye_(tensor)</c>: ones on the diagonal, zeros elsewhere; no draw.</summary>
/// <param name="Target">A matrix.</param>
public sealed record EyeStep(StepTarget Target) : InitStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"eye_({Target})";

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal) => 0;

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] elements = new T[target.Count];
        Init.Eye<T>(elements, target.Shape);
        target.WriteLogical(elements);
    }

    internal override void Check(ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors) => Init.CheckEye(shape);
}
