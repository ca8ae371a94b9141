namespace TorchInit;

/// <summary>Whether each element of one tensor is greater than another's, less, or equal, into a tensor of bools.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="Operation">Which question.</param>
/// <param name="Left">A tensor or view with as many elements.</param>
/// <param name="Right">Another of the same dtype.</param>
public sealed record CompareStep(StepTarget Target, CompareOperation Operation, StepTarget Left, StepTarget Right) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Left?.Tensor!, Right?.Tensor!];

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"copy_({Target}, {Operation.ToString().ToLowerInvariant()}({Left}, {Right}))";

    internal override InitStep Renamed(Func<string, string> name)
        => ((CompareStep)base.Renamed(name)) with { Left = Left.Renamed(name), Right = Right.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        bool[] answers = context.DTypeOf(Left) switch
        {
            DType.Float32 => Of<float>(context, Elements.ToDouble),
            DType.Float64 => Of<double>(context, Elements.ToDouble),
            DType.Float16 => Of<Half>(context, Elements.ToDouble),
            DType.BFloat16 => Of<BFloat16>(context, Elements.ToDouble),
            DType.Int64 => Of<long>(context, DrawElements.ToInteger),
            DType.Int32 => Of<int>(context, DrawElements.ToInteger),
            DType.Int16 => Of<short>(context, DrawElements.ToInteger),
            DType.Int8 => Of<sbyte>(context, DrawElements.ToInteger),
            DType.UInt8 => Of<byte>(context, DrawElements.ToInteger),
            _ => Of<bool>(context, DrawElements.ToInteger),
        };
        target.WriteLogical([.. answers.Select(answer => DrawElements.FromInteger<T>(answer ? 1 : 0))]);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        SourceView.Check(Left, shape, tensors, sameType: false);
        SourceView.Check(Right, shape, tensors, sameType: true, tensors(Left.Tensor).DType);
        if (tensors(Target.Tensor).DType != DType.Bool)
        {
            throw new ArgumentException($"{this} answers with bools; allowed: a target of dtype bool.", nameof(tensors));
        }
    }

    bool[] Of<T>(StepContext context, Func<T, double> value)
        where T : unmanaged
        => [.. context.Source<T>(Left).ReadLogical().Zip(context.Source<T>(Right).ReadLogical(), (x, y) => Of(value(x), value(y)))];

    bool[] Of<T>(StepContext context, Func<T, long> value)
        where T : unmanaged
        => [.. context.Source<T>(Left).ReadLogical().Zip(context.Source<T>(Right).ReadLogical(), (x, y) => Of(value(x), value(y)))];

    bool Of<TNumber>(TNumber x, TNumber y)
        where TNumber : System.Numerics.IComparisonOperators<TNumber, TNumber, bool>
        => Operation switch
        {
            CompareOperation.Gt => x > y,
            CompareOperation.Ge => x >= y,
            CompareOperation.Lt => x < y,
            CompareOperation.Le => x <= y,
            CompareOperation.Eq => x == y,
            _ => x != y,
        };
}
