namespace TorchInit;

/// <summary><c>tensor.cauchy_(median, sigma)</c>: median + sigma·tan(π·(u − ½)) for every element, in memory order.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Median">The median.</param>
/// <param name="Sigma">Half the distance between the quartiles.</param>
public sealed record CauchyStep(StepTarget Target, double Median, double Sigma) : InitStep(Target)
{
    internal override bool CanWait => false;

    internal override ElementFill? FillBy(FillRules rules) => rules.Draw("cauchy_", CauchyRule.Instance, Median, Sigma);

    /// <inheritdoc/>
    public override string ToString() => $"cauchy_({Target}, {PythonFloat.Repr(Median)}, {PythonFloat.Repr(Sigma)})";
}
