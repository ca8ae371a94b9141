namespace TorchInit;

/// <summary><c>tensor.fill_(value)</c>: no draw.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="Value">Rounded once to the dtype; 16-bit types by way of float32.</param>
public sealed record FillStep(StepTarget Target, double Value) : InitStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"fill_({Target}, {PythonFloat.Repr(Value)})";

    internal override void CheckDType<T>(TorchProfile profile) => _ = Constant.Of<T>(Value, profile);

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T value = Constant.Of<T>(Value, context.Generator.Profile);
        if (target.IsContiguous)
        {
            target.Contiguous.Fill(value);
            return;
        }
        T[] elements = new T[target.Count];
        elements.AsSpan().Fill(value);
        target.WriteLogical(elements);
    }
}
