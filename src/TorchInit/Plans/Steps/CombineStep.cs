namespace TorchInit;

/// <summary>Combines a tensor with another, element by element, in place: <c>target.mul_(other)</c>, rounded to the dtype.</summary>
/// <param name="Target">The tensor or view to change, the left operand.</param>
/// <param name="Operation">Any operation except Rsub and Pow.</param>
/// <param name="Other">The right operand: a tensor of the plan or a view of one, with the same dtype and as many elements, or one element;
/// a stride of 0 repeats elements.</param>
public sealed record CombineStep(StepTarget Target, ScalarOperation Operation, StepTarget Other) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor, Other?.Tensor!];            // InitPlan refuses null

    // Dividing integers by 0 throws.
    internal override bool CanWait => Operation is not (ScalarOperation.FloorDivide or ScalarOperation.Remainder);

    /// <inheritdoc/>
    public override string ToString() => $"{ElementMath.NameOf(Operation)}_({Target}, {Other})";

    internal override InitStep Renamed(Func<string, string> name) => ((CombineStep)base.Renamed(name)) with { Other = Other.Renamed(name) };

    internal override void CheckDType<T>(TorchProfile profile)
    {
        if (Operation == ScalarOperation.FloorDivide) { ElementMath.CheckFloorDivide<T>(); }
    }

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] left = target.ReadLogical();
        T[] right = context.View<T>(Other).ReadLogical();
        bool isWhole = !DType.Of<T>().IsFloatingPoint();
        for (int i = 0; i < left.Length; i++)
        {
            T other = right[right.Length == 1 ? 0 : i];
            if (isWhole) { WholeMath.CheckDivisor(Operation, DrawElements.ToInteger(other), context.Generator.Profile); }
            left[i] = isWhole ? WholeMath.Of(Operation, left[i], other) : Of(left[i], other);
        }
        if (context.Generator.Profile.Gpu is not null) { CudaNaN.Unify<T>(left); }
        target.WriteLogical(left);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.IsDefined(this, Operation);
        long count = StepChecks.Count(Other, tensors);
        bool fits = (count == TensorShape.CountOrThrow(shape) || count == 1) && tensors(Other.Tensor).DType == tensors(Target.Tensor).DType;
        if (!fits || Operation is ScalarOperation.Rsub or ScalarOperation.Pow)
        {
            throw new ArgumentException($"{this} does not fit the target shape {TensorShape.Text(shape)}; allowed: Mul, Div, Add, Sub, "
                + "FloorDivide or Remainder with as many elements of the same dtype, or one.", nameof(shape));
        }
    }

    T Of<T>(T left, T right)
        where T : unmanaged
        => Operation switch
        {
            ScalarOperation.Mul => ElementMath.Multiply(left, right),
            ScalarOperation.Add => ElementMath.Add(left, right),
            ScalarOperation.Sub => ElementMath.Subtract(left, right),
            ScalarOperation.FloorDivide => ElementMath.FloorDivide(left, right),
            ScalarOperation.Remainder => ElementMath.Remainder(left, right),
            _ => ElementMath.Divide(left, right),
        };
}
