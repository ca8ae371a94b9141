namespace TorchInit;

/// <summary>Combines a tensor with a number, in place and with torch's roundings: <c>tensor * 0.02</c>, <c>tensor.div_(3)</c>, <c>1 -
/// tensor</c>.</summary>
/// <param name="Target">The tensor or view to change.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Value">Python's number; each operation rounds it as torch does (16-bit <see cref="DType"/>s differ between torch
/// versions).</param>
public sealed record ScalarStep(StepTarget Target, ScalarOperation Operation, double Value) : MapStep(Target)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ElementMath.NameOf(Operation)}_({Target}, {PythonFloat.Repr(Value)})";

    /// <summary>Whether the power is neither a root nor a product, so that torch's vector function decides its last bits.</summary>
    internal bool IsVectorPower => Operation == ScalarOperation.Pow && Value is not (3 or -2 or -0.5);

    internal override void CheckDType<T>(TorchProfile profile)
    {
        bool isWhole = double.IsInteger(Value) && Operation != ScalarOperation.Div
            && (Operation != ScalarOperation.Pow || Value >= 0);
        if (DType.Of<T>() is DType.Bool || !isWhole) { base.CheckDType<T>(profile); }
        if (Operation == ScalarOperation.FloorDivide) { ElementMath.CheckFloorDivide<T>(); }
        if (Operation == ScalarOperation.Pow && Value == -0.5) { UnaryStep.CheckRsqrt<T>(profile, ofHalf: false); }
    }

    internal override bool CanWait => Operation is not (ScalarOperation.FloorDivide or ScalarOperation.Remainder);

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
        => StepChecks.IsDefined(this, Operation);

    internal override void Map<T>(Span<T> elements, TorchProfile profile)
    {
        if (!DType.Of<T>().IsFloatingPoint())
        {
            WholeMath.CheckDivisor(Operation, (long)Value, profile);
            foreach (ref T x in elements) { x = WholeMath.Of(Operation, x, (long)Value); }
            return;
        }
        switch (Operation)
        {
            case ScalarOperation.Mul: foreach (ref T x in elements) { x = ScalarMath.Multiply(x, Value, profile); } break;
            case ScalarOperation.Div: foreach (ref T x in elements) { x = ScalarMath.Divide(x, Value, profile); } break;
            case ScalarOperation.Add: foreach (ref T x in elements) { x = ScalarMath.Add(x, Value, profile); } break;
            case ScalarOperation.Sub: foreach (ref T x in elements) { x = ScalarMath.Subtract(x, Value, profile); } break;
            case ScalarOperation.Rsub: foreach (ref T x in elements) { x = ScalarMath.SubtractFrom(Value, x, profile); } break;
            case ScalarOperation.FloorDivide: foreach (ref T x in elements) { x = ScalarMath.FloorDivide(x, Value, profile); } break;
            case ScalarOperation.Remainder: foreach (ref T x in elements) { x = ScalarMath.Remainder(x, Value); } break;
            default: foreach (ref T x in elements) { x = ScalarMath.Power(x, Value, profile); } break;
        }
    }
}
