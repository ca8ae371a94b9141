namespace TorchInit.Syntax;

/// <summary>The sizes of <c>torch.empty</c>, which accepts only integers: a bool counts as one except in first position.</summary>
static class TorchSizes
{
    /// <summary>torch.empty((a, b, …)).</summary>
    /// <exception cref="TorchArgumentException">A size is not an integer (TypeError) or is negative, or the tensor has more than 2⁶³
    /// elements (RuntimeError).</exception>
    public static long[] Of(params IReadOnlyList<PythonArgument> sizes)
    {
        long[] shape = new long[sizes.Count];
        for (int at = 0; at < shape.Length; at++)
        {
            shape[at] = sizes[at].Integer is { } size && (at > 0 || sizes[at].Value is TorchInt) ? size
                : throw sizes[at].TypeError("an integer", null);
        }
        if (Array.FindIndex(shape, size => size < 0) is var wrong and >= 0)
        {
            throw TorchArgumentException.RuntimeError(sizes[wrong].Name, shape[wrong], "0 or more",
                $"Trying to create tensor with negative dimension {shape[wrong]}: [{TensorShape.Listed(shape)}]");
        }
        _ = TensorShape.CountOrThrow(shape);
        return shape;
    }

    /// <summary>torch.empty(x) for an integer, or a tuple or list of integers.</summary>
    public static Sizes OfOne(PythonArgument sizes)
        => sizes.Value is TorchTuple or TorchList ? Of([.. sizes.Items!.Select(item => sizes with { Value = item })])
        : (Sizes)Of([sizes])[0];
}
