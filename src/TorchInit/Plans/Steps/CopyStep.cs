namespace TorchInit;

/// <summary><c>target.copy_(source)</c>: deep copies of a prototype layer are such steps; no draw.</summary>
/// <param name="Target">What is filled.</param>
/// <param name="Source">A tensor of the plan with as many elements and the same dtype.</param>
public sealed record CopyStep(StepTarget Target, string Source) : InitStep(Target)
{
    internal override IEnumerable<string> Sources => [Source];

    /// <inheritdoc/>
    public override string ToString() => $"copy_({Target}, {Source})";

    internal override InitStep WithPrefix(string prefix) => ((CopyStep)base.WithPrefix(prefix)) with { Source = prefix + Source };

    internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal) => 0;

    internal override void Run<T>(TargetView<T> target, StepContext context) => target.WriteLogical(context.Tensors(Source).AsSpan<T>());

    internal override void Check(ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors)
    {
        ParameterSpec source = tensors(Source);
        if (source.Count != TensorShape.CountOrThrow(shape) || source.DType != tensors(Target.Tensor).DType)
        {
            throw new ArgumentException($"source {source} does not fit the target of {TensorShape.Text(shape)}; allowed: as many elements of the same dtype.", nameof(shape));
        }
    }
}
