namespace TorchInit;

/// <summary><c>tensor.geometric_(p)</c>: ⌈ln u / ln(1 − p)⌉ for every element, in memory order.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="P">The probability of success, above 0 and below 1.</param>
public sealed record GeometricStep(StepTarget Target, double P) : InitStep(Target)
{
    internal override bool CanWait => false;

    internal override ElementFill? FillBy(FillRules rules) => rules.Draw("geometric_", GeometricRule.Instance, P);

    /// <inheritdoc/>
    public override string ToString() => $"geometric_({Target}, {PythonFloat.Repr(P)})";
}
