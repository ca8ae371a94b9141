namespace TorchInit;

/// <summary><c>torch.where(condition, target, other)</c>, in place: where the condition is false the other's element is taken.</summary>
/// <param name="Target">What is changed.</param>
/// <param name="Condition">A tensor of bools, or a view of it, with as many elements.</param>
/// <param name="Other">A tensor or view of the target's dtype, with as many elements.</param>
public sealed record WhereStep(StepTarget Target, StepTarget Condition, StepTarget Other) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor, Condition?.Tensor!, Other?.Tensor!];

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"where_({Target}, {Condition}, {Other})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((WhereStep)base.Renamed(name)) with { Condition = Condition.Renamed(name), Other = Other.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] elements = target.ReadLogical();
        bool[] condition = context.Source<bool>(Condition).ReadLogical();
        T[] other = context.Source<T>(Other).ReadLogical();
        for (int i = 0; i < elements.Length; i++)
        {
            if (!condition[i]) { elements[i] = other[i]; }
        }
        target.WriteLogical(elements);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        SourceView.Check(Condition, shape, tensors, sameType: true, DType.Bool);
        SourceView.Check(Other, shape, tensors, sameType: true, tensors(Target.Tensor).DType);
    }
}
