namespace TorchInit;

/// <summary><c>tensor.fill_(value)</c>: no draw.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="Value">Rounded once to the dtype; 16-bit types by way of float32.</param>
public sealed record FillStep(StepTarget Target, double Value) : InitStep(Target)
{
    internal override ElementFill? FillBy(FillRules rules) => new(ConstantFill.Instance, Value);

    /// <inheritdoc/>
    public override string ToString() => $"fill_({Target}, {PythonFloat.Repr(Value)})";
}
