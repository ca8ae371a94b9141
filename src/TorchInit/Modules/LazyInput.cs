namespace TorchInit;

/// <summary>Finds the size that a Lazy* class waits for in the shape of its first input.</summary>
delegate long LazyInput(ReadOnlySpan<long> shape);

static class LazyInputs
{
    /// <summary>LazyLinear: the last size.</summary>
    public static long Last(ReadOnlySpan<long> shape) => shape.Length > 0 ? shape[^1]
        : throw new TorchArgumentException("input", shape.ToArray(), "1 dimension or more", "IndexError", "tuple index out of range");

    /// <summary>LazyConv*: the channels, with or without a batch before them.</summary>
    public static LazyInput Channels(string name, int spatialDimensions) => shape =>
        shape.Length == spatialDimensions + 2 ? shape[1]
        : shape.Length == spatialDimensions + 1 ? shape[0]
        : throw TorchArgumentException.RuntimeError("input", shape.ToArray(), $"{spatialDimensions + 1} or {spatialDimensions + 2} dimensions",
            $"Expected {spatialDimensions + 1}D (unbatched) or {spatialDimensions + 2}D (batched) input to {name}, but got input of size: torch.Size([{string.Join(", ", shape.ToArray())}])");

    /// <summary>LazyBatchNorm* and LazyInstanceNorm*: the second size; with one spatial dimension it may be missing.</summary>
    public static LazyInput Features(int spatialDimensions) => shape =>
        shape.Length == spatialDimensions + 2 || (spatialDimensions == 1 && shape.Length == 2) ? shape[1]
        : shape.Length < 2 ? throw new TorchArgumentException("input", shape.ToArray(), $"{spatialDimensions + 2} dimensions", "IndexError", "tuple index out of range")
        : throw TorchArgumentException.ValueError("input", shape.ToArray(), $"{spatialDimensions + 2} dimensions",
            $"expected {(spatialDimensions == 1 ? "2D or 3D" : $"{spatialDimensions + 2}D")} input (got {shape.Length}D input)");
}
