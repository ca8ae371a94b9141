namespace TorchInit;

/// <summary><c>target.copy_(source)</c>, as in deep copies of a prototype layer; no draw.</summary>
/// <param name="Target">The tensor or view to fill.</param>
/// <param name="Source">A tensor of the plan or a view of one, with as many elements and the same dtype.</param>
public sealed record CopyStep(StepTarget Target, StepTarget Source) : InitStep(Target)
{
    internal override IEnumerable<string> Reads => [Source?.Tensor!];            // InitPlan refuses null

    internal override StepTarget? Copied => Source;

    internal override bool CanWait => true;

    /// <inheritdoc/>
    public override string ToString() => $"copy_({Target}, {Source})";

    internal override InitStep Renamed(Func<string, string> name) => ((CopyStep)base.Renamed(name)) with { Source = Source.Renamed(name) };

    internal override void Run<T>(TargetView<T> target, StepContext context)
    {
        TargetView<T> source = context.View<T>(Source);
        if (source.IsContiguous && target.IsContiguous) { source.Contiguous.CopyTo(target.Contiguous); }
        else { target.WriteLogical(source.ReadLogical()); }
    }

    internal override void Check(ReadOnlySpan<long> shape, TorchProfile profile, Func<string, ParameterSpec> tensors)
    {
        if (StepChecks.Count(Source, tensors) != TensorShape.CountOrThrow(shape)
            || tensors(Source.Tensor).DType != tensors(Target.Tensor).DType)
        {
            throw new ArgumentException($"source {Source} does not fit the target shape {TensorShape.Text(shape)}; allowed: as many "
                + "elements of the same dtype.", nameof(shape));
        }
    }
}
