namespace TorchInit;

/// <summary>Reads the size that a Lazy* class learns from the shape of its first input.</summary>
static class LazyInput
{
    /// <summary>LazyLinear: the last size.</summary>
    public static long Last(ReadOnlySpan<long> shape) => shape.Length > 0 ? shape[^1] : throw TooShort(shape, "1 dimension or more");

    /// <summary>LazyConv*: the channels, with or without a batch before them.</summary>
    public static long Channels(ReadOnlySpan<long> shape, string name, int spatialDimensions)
        => shape.Length == spatialDimensions + 2 ? shape[1]
        : shape.Length == spatialDimensions + 1 ? shape[0]
        : throw TorchArgumentException.RuntimeError("input", shape.ToArray(),
        $"{spatialDimensions + 1} or {spatialDimensions + 2} dimensions",
            $"Expected {spatialDimensions + 1}D (unbatched) or {spatialDimensions + 2}D (batched) input to {name},"
                + $" but got input of size: {Size(shape)}");

    /// <summary>LazyBatchNorm* and LazyInstanceNorm*: the second size, even where that is not the channel dimension.</summary>
    public static long Second(ReadOnlySpan<long> shape) => shape.Length > 1 ? shape[1] : throw TooShort(shape, "2 dimensions or more");

    /// <summary>A shape as Python prints it.</summary>
    public static string Size(ReadOnlySpan<long> shape) => $"torch.Size([{TensorShape.Listed(shape)}])";

    static TorchArgumentException TooShort(ReadOnlySpan<long> shape, string allowed)
        => new("input", shape.ToArray(), allowed, "IndexError", "tuple index out of range");
}
