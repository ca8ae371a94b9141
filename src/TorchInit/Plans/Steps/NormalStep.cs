namespace TorchInit;

/// <summary><c>tensor.normal_(mean, std)</c>: a draw from N(mean, std²) for every element, in memory order.</summary>
/// <param name="Target">The tensor or view to fill; 16 or more contiguous elements are drawn in blocks, others one by one.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Std">The standard deviation, 0 or more.</param>
public sealed record NormalStep(StepTarget Target, double Mean, double Std) : InitStep(Target)
{
    internal override ElementFill? FillBy(FillRules rules) => new(rules.Normal, Mean, Std);

    /// <inheritdoc/>
    public override string ToString() => $"normal_({Target}, {PythonFloat.Repr(Mean)}, {PythonFloat.Repr(Std)})";
}
