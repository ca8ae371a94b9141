namespace TorchInit;

/// <summary><c>tensor.fill_(value)</c>; no draw.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Value">Rounded once to the dtype; for 16-bit types via float32.</param>
public sealed record FillStep(StepTarget Target, double Value) : InitStep(Target)
{
    internal override ElementFill? FillBy(FillRules rules) => new(ConstantFill.Instance, Value);

    /// <inheritdoc/>
    public override string ToString() => $"fill_({Target}, {PythonFloat.Repr(Value)})";
}
