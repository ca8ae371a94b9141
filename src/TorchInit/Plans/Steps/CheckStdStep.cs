namespace TorchInit;

/// <summary>torch.normal's check of its standard deviations: refuses one that is negative or NaN; changes and draws nothing.</summary>
/// <param name="Target">The standard deviations.</param>
public sealed record CheckStdStep(StepTarget Target) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor];

    internal override IEnumerable<string> Writes => [];

    /// <inheritdoc/>
    public override string ToString() => $"check_std({Target})";

    internal override void Run<T>(TargetView<T> target, StepContext context) => ElementMath.CheckStd<T>(target.ReadLogical());
}
