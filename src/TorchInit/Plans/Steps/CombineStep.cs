namespace TorchInit;

/// <summary>A tensor and another, element by element, in place: <c>target.mul_(other)</c>, rounded to the dtype.</summary>
/// <param name="Target">What is changed, the left operand.</param>
/// <param name="Operation">Mul, Div, Add or Sub.</param>
/// <param name="Other">The right operand: a tensor of the plan or a view of it of the same dtype, with as many elements, or with
/// one.</param>
public sealed record CombineStep(StepTarget Target, ScalarOperation Operation, StepTarget Other) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor, Other?.Tensor!];            // InitPlan refuses null

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"{Operation.ToString().ToLowerInvariant()}_({Target}, {Other})";

    internal override InitStep Renamed(Func<string, string> name) => ((CombineStep)base.Renamed(name)) with { Other = Other.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] left = target.ReadLogical();
        T[] right = context.View<T>(Other).ReadLogical();
        for (int i = 0; i < left.Length; i++) { left[i] = Of(left[i], right[right.Length == 1 ? 0 : i]); }
        target.WriteLogical(left);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        ParameterSpec other = tensors(Other.Tensor);
        long count = ViewLayout.OfSource(Other, [.. other.Shape]).Count;
        bool fits = (count == TensorShape.CountOrThrow(shape) || count == 1) && other.DType == tensors(Target.Tensor).DType;
        if (!fits || Operation == ScalarOperation.Rsub)
        {
            throw new ArgumentException($"{this} does not fit the target of {TensorShape.Text(shape)}; allowed: Mul, Div, Add or Sub"
                + $" with as many"
                + " elements of the same dtype, or one.", nameof(shape));
        }
    }

    T Of<T>(T left, T right)
        where T : unmanaged
        => Operation switch
        {
            ScalarOperation.Mul => ElementMath.Multiply(left, right),
            ScalarOperation.Add => ElementMath.Add(left, right),
            ScalarOperation.Sub => ElementMath.Subtract(left, right),
            _ => ElementMath.Divide(left, right),
        };
}
