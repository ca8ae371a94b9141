namespace TorchInit;

/// <summary><c>init.dirac_(tensor, groups)</c>: a convolution weight that passes its input through; no draw.</summary>
/// <param name="Target">A target of 3, 4 or 5 dimensions.</param>
/// <param name="Groups">Divides the first size.</param>
public sealed record DiracStep(StepTarget Target, long Groups) : InitStep(Target)
{
    internal override bool HoldsCopy => true;

    /// <inheritdoc/>
    public override string ToString() => $"dirac_({Target}, {Groups})";

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] elements = new T[target.Count];
        Init.Dirac<T>(elements, target.Shape, Groups);
        target.WriteLogical(elements);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => Init.CheckDirac(shape, Groups);
}
