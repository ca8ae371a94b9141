namespace TorchInit;

/// <summary><c>target.copy_(source.index_select(dim, index))</c>, for example rows in the order of a permutation; no draw.</summary>
/// <param name="Target">The tensor or view to fill: the source's sizes, with the number of indices at <paramref name="Dim"/>.</param>
/// <param name="Source">A tensor of the plan or a view of one, with the same dtype.</param>
/// <param name="Index">An int64 tensor of the plan or a view of one: 0 to the source's size at <paramref name="Dim"/> − 1, or negative,
/// from its end.</param>
/// <param name="Dim">The dimension that is indexed.</param>
public sealed record IndexStep(StepTarget Target, StepTarget Source, StepTarget Index, int Dim) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Source?.Tensor!, Index?.Tensor!];            // InitPlan refuses null

    /// <inheritdoc/>
    public override string ToString() => $"index({Target}, {Source}, {Index}, dim={Dim})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((IndexStep)base.Renamed(name)) with { Source = Source.Renamed(name), Index = Index.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        TargetView<T> view = context.View<T>(Source);
        T[] source = view.ReadLogical();
        RowIndex rows = RowIndex.Of(this, context.View<long>(Index).ReadLogical(), view.Shape, Dim);
        T[] elements = new T[target.Count];
        rows.Visit((at, place, count) => source.AsSpan(place, count).CopyTo(elements.AsSpan(at)));
        target.WriteLogical(elements);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.IsOf(this, Index, DType.Int64, tensors);
        long[] whole = ViewLayout.OfSource(Source, [.. tensors(Source.Tensor).Shape]).Shape;
        RowIndex.Check(this, shape, whole, StepChecks.Count(Index, tensors), Dim);
        StepChecks.SameOrOne(this, Source, StepChecks.Count(Source, tensors), tensors);
    }
}
