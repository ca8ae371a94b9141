namespace TorchInit;

/// <summary>Whether each element of one tensor is greater than another's, less, or equal, into a tensor of bools.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="Operation">Which question.</param>
/// <param name="Left">A tensor or view with as many elements.</param>
/// <param name="Right">Another of the same dtype.</param>
public sealed record CompareTensorsStep(StepTarget Target, Comparison Operation, StepTarget Left, StepTarget Right) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Left?.Tensor!, Right?.Tensor!];

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"copy_({Target}, {Operation.ToString().ToLowerInvariant()}({Left}, {Right}))";

    internal override InitStep Renamed(Func<string, string> name)
        => ((CompareTensorsStep)base.Renamed(name)) with { Left = Left.Renamed(name), Right = Right.Renamed(name) };

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
        StepChecks.SameCount(this, Left, "left", shape, tensors);
        StepChecks.SameCount(this, Right, "right", shape, tensors);
        StepChecks.IsOf(this, Target, DType.Bool, tensors);
        if (tensors(Left.Tensor).DType != tensors(Right.Tensor).DType)
        {
            throw new ArgumentException($"{Left} and {Right} of {this} are of two dtypes; allowed: one.", nameof(tensors));
        }
    }

    bool[] Of<T>(StepContext context, Func<T, double> value)
        where T : unmanaged
        => [.. context.View<T>(Left).ReadLogical().Zip(context.View<T>(Right).ReadLogical(), (x, y) => Of(value(x), value(y)))];

    bool[] Of<T>(StepContext context, Func<T, long> value)
        where T : unmanaged
        => [.. context.View<T>(Left).ReadLogical().Zip(context.View<T>(Right).ReadLogical(), (x, y) => Of(value(x), value(y)))];

    bool Of<TNumber>(TNumber x, TNumber y)
        where TNumber : System.Numerics.IComparisonOperators<TNumber, TNumber, bool>
        => Operation switch
        {
            Comparison.Gt => x > y,
            Comparison.Ge => x >= y,
            Comparison.Lt => x < y,
            Comparison.Le => x <= y,
            Comparison.Eq => x == y,
            _ => x != y,
        };
}
