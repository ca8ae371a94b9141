namespace TorchInit;

/// <summary><c>tensor.exponential_(lambd)</c>: −ln(1 − u) / lambda for every element, in memory order.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Lambda">The rate, above 0.</param>
public sealed record ExponentialStep(StepTarget Target, double Lambda) : InitStep(Target)
{
    internal override bool CanWait => false;

    internal override ElementFill? FillBy(FillRules rules) => rules.Draw("exponential_", ExponentialRule.Instance, Lambda);

    /// <inheritdoc/>
    public override string ToString() => $"exponential_({Target}, {PythonFloat.Repr(Lambda)})";
}
