using System.Numerics;

namespace TorchInit;

/// <summary>Compares two tensors element by element into a bool tensor; no draw.</summary>
/// <param name="Target">The bool tensor or view to fill.</param>
/// <param name="Operation">The comparison.</param>
/// <param name="Left">A tensor or view with as many elements.</param>
/// <param name="Right">Another with the same dtype.</param>
public sealed record CompareTensorsStep(StepTarget Target, Comparison Operation, StepTarget Left, StepTarget Right) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Left?.Tensor!, Right?.Tensor!];

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"copy_({Target}, {Operation.ToString().ToLowerInvariant()}({Left}, {Right}))";

    internal override InitStep Renamed(Func<string, string> name)
        => ((CompareTensorsStep)base.Renamed(name)) with { Left = Left.Renamed(name), Right = Right.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
        => target.WriteLogical((T[])(object)context.DTypeOf(Left).Run(new Answers(this, context)));

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.IsDefined(this, Operation);
        StepChecks.SameCount(this, Left, "left", shape, tensors);
        StepChecks.SameCount(this, Right, "right", shape, tensors);
        StepChecks.IsOf(this, Target, DType.Bool, tensors);
        if (tensors(Left.Tensor).DType != tensors(Right.Tensor).DType)
        {
            throw new ArgumentException($"{Left} and {Right} of {this} have different dtypes; allowed: one dtype.", nameof(tensors));
        }
    }

    sealed record Answers(CompareTensorsStep Step, StepContext Context) : IElementWork<bool[]>
    {
        public bool[] Run<T>()
            where T : unmanaged
            => DType.Of<T>().IsFloatingPoint() ? Of<T, double>(Elements.ToDouble) : Of<T, long>(DrawElements.ToInteger);

        bool[] Of<T, TNumber>(Func<T, TNumber> value)
            where T : unmanaged
            where TNumber : IComparisonOperators<TNumber, TNumber, bool>
            => [.. Context.View<T>(Step.Left).ReadLogical().Zip(Context.View<T>(Step.Right).ReadLogical(),
                (x, y) => Step.Operation.Holds(value(x), value(y)))];
    }
}
