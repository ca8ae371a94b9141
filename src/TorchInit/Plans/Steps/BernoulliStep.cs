namespace TorchInit;

/// <summary><c>tensor.bernoulli_(p)</c>: 1 with probability p, else 0, for every element, in memory order.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="P">The probability, 0 to 1.</param>
public sealed record BernoulliStep(StepTarget Target, double P) : InitStep(Target)
{
    internal override bool CanWait => false;

    internal override ElementFill? FillBy(FillRules rules) => rules.Draw("bernoulli_", BernoulliRule.Instance, P);

    /// <inheritdoc/>
    public override string ToString() => $"bernoulli_({Target}, {PythonFloat.Repr(P)})";
}
