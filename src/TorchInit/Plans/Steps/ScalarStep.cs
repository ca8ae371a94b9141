namespace TorchInit;

/// <summary>A tensor and a number: <c>tensor * 0.02</c>, <c>tensor.div_(3)</c>, <c>1 - tensor</c>, in place and with torch's
/// roundings.</summary>
/// <param name="Target">What is changed.</param>
/// <param name="Operation">What is done.</param>
/// <param name="Value">The number, as Python has it; each operation rounds it as torch does (<see cref="DType"/>s of 16 bits differ by
/// era).</param>
public sealed record ScalarStep(StepTarget Target, ScalarOperation Operation, double Value) : MapStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Operation.ToString().ToLowerInvariant()}_({Target}, {PythonFloat.Repr(Value)})";

    internal override void Map<T>(Span<T> elements, TorchProfile profile)
    {
        switch (Operation)
        {
            case ScalarOperation.Mul: foreach (ref T x in elements) { x = ScalarMath.Multiply(x, Value, profile); } break;
            case ScalarOperation.Div: foreach (ref T x in elements) { x = ScalarMath.Divide(x, Value, profile); } break;
            case ScalarOperation.Add: foreach (ref T x in elements) { x = ScalarMath.Add(x, Value); } break;
            case ScalarOperation.Sub: foreach (ref T x in elements) { x = ScalarMath.Subtract(x, Value); } break;
            default: foreach (ref T x in elements) { x = ScalarMath.SubtractFrom(Value, x); } break;
        }
    }
}
