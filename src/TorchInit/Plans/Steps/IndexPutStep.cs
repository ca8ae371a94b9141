namespace TorchInit;

/// <summary><c>target[index] = source</c> along a dimension: rows of a permutation that become 0, for example; no draw.</summary>
/// <param name="Target">What is changed.</param>
/// <param name="Index">A tensor of the plan or a view of it, of int64: 0 to the target's size at <paramref name="Dim"/>, or negative,
/// from its end. Of a place that stands twice the last counts.</param>
/// <param name="Source">A tensor of the plan or a view of it, of the same dtype: one element, or the target's sizes with the index's count
/// at <paramref name="Dim"/>.</param>
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
