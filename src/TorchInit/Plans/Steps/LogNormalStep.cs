namespace TorchInit;

/// <summary><c>tensor.log_normal_(mean, std)</c>: exp of a normal draw for every element, in memory order.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Mean">Mean of the logarithm.</param>
/// <param name="Std">Standard deviation of the logarithm, above 0.</param>
public sealed record LogNormalStep(StepTarget Target, double Mean, double Std) : InitStep(Target)
{
    internal override bool CanWait => false;

    internal override ElementFill? FillBy(FillRules rules) => rules.Draw("log_normal_", LogNormalRule.Instance, Mean, Std);

    /// <inheritdoc/>
    public override string ToString() => $"log_normal_({Target}, {PythonFloat.Repr(Mean)}, {PythonFloat.Repr(Std)})";
}
