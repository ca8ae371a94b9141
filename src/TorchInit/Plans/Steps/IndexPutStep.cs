namespace TorchInit;

/// <summary><c>target[index] = source</c> along a dimension, for example to zero the rows of a permutation; no draw.</summary>
/// <param name="Target">The tensor or view to change.</param>
/// <param name="Index">An int64 tensor of the plan or a view of one: 0 to the target's size at <paramref name="Dim"/> − 1, or negative,
/// from its end. If an index occurs twice, the last wins.</param>
/// <param name="Source">A tensor of the plan or a view of one, with the same dtype: one element, or the target's sizes with the number of
/// indices at <paramref name="Dim"/>.</param>
/// <param name="Dim">The dimension that is indexed.</param>
public sealed record IndexPutStep(StepTarget Target, StepTarget Index, StepTarget Source, int Dim) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Target.Tensor, Index?.Tensor!, Source?.Tensor!];            // InitPlan refuses null

    /// <inheritdoc/>
    public override string ToString() => $"index_put_({Target}, {Index}, {Source}, dim={Dim})";

    internal override InitStep Renamed(Func<string, string> name)
        => ((IndexPutStep)base.Renamed(name)) with { Index = Index.Renamed(name), Source = Source.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        T[] elements = target.ReadLogical(), source = context.View<T>(Source).ReadLogical();
        RowIndex rows = RowIndex.Of(this, context.View<long>(Index).ReadLogical(), target.Shape, Dim);
        bool isOne = source.Length == 1;
        rows.Visit((at, place, count) =>
        {
            if (isOne) { elements.AsSpan(place, count).Fill(source[0]); }
            else { source.AsSpan(at, count).CopyTo(elements.AsSpan(place)); }
        });
        target.WriteLogical(elements);
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        StepChecks.IsOf(this, Index, DType.Int64, tensors);
        long rows = StepChecks.Count(Index, tensors);
        long[] indexed = shape.ToArray();
        if (Dim >= 0 && Dim < indexed.Length) { indexed[Dim] = rows; }
        RowIndex.Check(this, indexed, shape, rows, Dim);
        StepChecks.SameOrOne(this, Source, TensorShape.CountOrThrow(indexed), tensors);
    }
}
