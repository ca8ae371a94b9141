namespace TorchInit;

/// <summary><c>tensor.log_normal_(mean, std)</c>: exp of a normal for every element, in memory order.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="Mean">Of the logarithm.</param>
/// <param name="Std">Of the logarithm, above 0.</param>
public sealed record LogNormalStep(StepTarget Target, double Mean, double Std) : InitStep(Target)
{
    internal override bool CanWait => false;

    internal override ElementFill? FillBy(FillRules rules) => rules.Draw("log_normal_", LogNormalRule.Instance, Mean, Std);

    /// <inheritdoc/>
    public override string ToString() => $"log_normal_({Target}, {PythonFloat.Repr(Mean)}, {PythonFloat.Repr(Std)})";
}
