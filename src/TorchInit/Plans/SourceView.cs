namespace TorchInit;

/// <summary>The operand that a step reads beside its target: a view, whose elements may be repeated by a stride of 0.</summary>
static class SourceView
{
    /// <exception cref="ArgumentException">The source has another number of elements than the target, or another dtype.</exception>
    public static void Check(StepTarget source, ReadOnlySpan<long> shape, Func<string, ParameterSpec> tensors, bool sameType,
        DType? type = null)
    {
        ParameterSpec spec = tensors(source.Tensor);
        long count = ViewLayout.OfSource(source, [.. spec.Shape]).Count;
        if (count != TensorShape.CountOrThrow(shape) || (sameType && spec.DType != type))
        {
            throw new ArgumentException($"source {source} does not fit the target of {TensorShape.Text(shape)}; allowed: as many "
                + $"elements{(sameType ? " of the same dtype" : "")}.", nameof(shape));
        }
    }
}
