namespace TorchInit;

/// <summary>Inputs per output and outputs per input: the n of every variance-scaling scheme.</summary>
/// <param name="In">size(1) · receptive field.</param>
/// <param name="Out">size(0) · receptive field.</param>
public readonly record struct Fan(long In, long Out)
{
    /// <summary>The fans of a weight, as <c>torch.nn.init._calculate_fan_in_and_fan_out</c> computes them: (size(1)·R, size(0)·R), R = the
    /// product of the sizes from the third on.</summary>
    /// <param name="shape">(out, in, *kernel), or (in, out/groups, *kernel) for a transposed convolution: 2 sizes or more.</param>
    /// <exception cref="TorchArgumentException"><paramref name="shape"/> has fewer than 2 sizes (ValueError), or a negative one
    /// (RuntimeError).</exception>
    public static Fan Of(ReadOnlySpan<long> shape)
    {
        if (shape.Length < 2)
        {
            throw TorchArgumentException.ValueError(nameof(shape), shape.ToArray(), "2 sizes or more",
                "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
        }
        TensorShape.ThrowIfNegative(shape);
        long receptiveField = TensorShape.CountOrThrow(shape[2..]);
        // The fan of a tensor with elements fits into long; that of a tensor without may not, and torch's integers are unbounded.
        return new(Saturated(shape[1], receptiveField), Saturated(shape[0], receptiveField));
    }

    static long Saturated(long size, long receptiveField) => (long)Int128.Min((Int128)size * receptiveField, long.MaxValue);

    /// <summary>The fan chosen by <paramref name="mode"/>.</summary>
    /// <param name="mode">In or out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mode"/> is not a member of <see cref="FanMode"/>.</exception>
    public long Select(FanMode mode) => mode switch
    {
        FanMode.FanIn => In,
        FanMode.FanOut => Out,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "allowed: the members of FanMode."),
    };
}
