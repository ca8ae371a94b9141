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
    public override string ToString() => $"{ElementMath.NameOf(Operation)}_({Target}, {PythonFloat.Repr(Value)})";

    /// <summary>Whether the power is not a root or a product: its last bits are a vector function's.</summary>
    internal bool IsVectorPower => Operation == ScalarOperation.Pow && Value is not (3 or -2 or -0.5);

    internal override void CheckDType<T>(TorchProfile profile)
    {
        bool isWhole = double.IsInteger(Value) && Operation != ScalarOperation.Div
            && (Operation != ScalarOperation.Pow || Value >= 0);
        if (DType.Of<T>() is DType.Bool || !isWhole) { base.CheckDType<T>(profile); }
        if (Operation == ScalarOperation.FloorDivide) { ElementMath.CheckFloorDivide<T>(); }
        if (Operation == ScalarOperation.Pow && Value == -0.5) { UnaryStep.CheckRsqrt<T>(ofHalf: false); }
    }

    internal override bool CanWait => Operation is not (ScalarOperation.FloorDivide or ScalarOperation.Remainder);

    internal override void Map<T>(Span<T> elements, TorchProfile profile)
    {
        if (!DType.Of<T>().IsFloatingPoint())
        {
            foreach (ref T x in elements) { x = WholeMath.Of(Operation, x, (long)Value); }
            return;
        }
        switch (Operation)
        {
            case ScalarOperation.Mul: foreach (ref T x in elements) { x = ScalarMath.Multiply(x, Value, profile); } break;
            case ScalarOperation.Div: foreach (ref T x in elements) { x = ScalarMath.Divide(x, Value, profile); } break;
            case ScalarOperation.Add: foreach (ref T x in elements) { x = ScalarMath.Add(x, Value); } break;
            case ScalarOperation.Sub: foreach (ref T x in elements) { x = ScalarMath.Subtract(x, Value); } break;
            case ScalarOperation.Rsub: foreach (ref T x in elements) { x = ScalarMath.SubtractFrom(Value, x); } break;
            case ScalarOperation.FloorDivide: foreach (ref T x in elements) { x = ScalarMath.FloorDivide(x, Value); } break;
            case ScalarOperation.Remainder: foreach (ref T x in elements) { x = ScalarMath.Remainder(x, Value); } break;
            default: foreach (ref T x in elements) { x = ScalarMath.Power(x, Value); } break;
        }
    }
}
