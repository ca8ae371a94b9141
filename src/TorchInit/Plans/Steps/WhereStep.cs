namespace TorchInit;

/// <summary><c>target[mask] = source</c>, <c>masked_fill_</c>, <c>torch.where</c>: replaces the elements that a mask selects; no
/// draw.</summary>
/// <param name="Target">The tensor or view to change.</param>
/// <param name="Mask">A bool tensor of the plan or a view of one, with as many elements.</param>
/// <param name="Source">A tensor of the plan or a view of one, with the same dtype and as many elements as the target, or one.</param>
public sealed record WhereStep(StepTarget Target, StepTarget Mask, StepTarget Source) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor, Mask?.Tensor!, Source?.Tensor!];            // InitPlan refuses null

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"where_({Target}, {Mask}, {Source})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((WhereStep)base.Renamed(name)) with { Mask = Mask.Renamed(name), Source = Source.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] elements = target.ReadLogical(), source = context.View<T>(Source).ReadLogical();
        bool[] mask = context.View<bool>(Mask).ReadLogical();
        for (int i = 0; i < elements.Length; i++)
        {
            if (mask[i]) { elements[i] = source[source.Length == 1 ? 0 : i]; }
        }
        target.WriteLogical(elements);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.SameCount(this, Mask, "mask", shape, tensors);
        StepChecks.IsOf(this, Mask, DType.Bool, tensors);
        StepChecks.SameOrOne(this, Source, TensorShape.CountOrThrow(shape), tensors);
    }
}
