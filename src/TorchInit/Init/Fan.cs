namespace TorchInit;

/// <summary>Inputs per output and outputs per input: the n of every variance-scaling scheme.</summary>
/// <param name="In">size(1) · receptive field.</param>
/// <param name="Out">size(0) · receptive field.</param>
public readonly record struct Fan(long In, long Out)
{
    /// <summary>The fans of a weight, as <c>torch.nn.init._calculate_fan_in_and_fan_out</c> computes them: (size(1)·R, size(0)·R), R = the
    /// product of the sizes from the third on.</summary>
    /// <param name="shape">(out, in, *kernel), or (in, out/groups, *kernel) for a transposed convolution: 2 sizes or more.</param>
    /// <exception cref="TorchArgumentException"><paramref name="shape"/> has fewer than 2 sizes (ValueError), a negative one, or more than
    /// 2⁶³ − 1 elements (RuntimeError).</exception>
    /// <exception cref="ArgumentException">There are no elements, and a fan exceeds 2⁶³ − 1.</exception>
    public static Fan Of(ReadOnlySpan<long> shape) => Of(shape, long.MaxValue);

    /// <summary>The fans by which a fill computes. A tensor without elements may have larger ones than a long, as Python's integers are
    /// unbounded; nothing is drawn with them, and they are the largest long.</summary>
    internal static Fan OfFill(ReadOnlySpan<long> shape) => Of(shape, Int128.MaxValue);

    static Fan Of(ReadOnlySpan<long> shape, Int128 most)
    {
        if (shape.Length < 2)
        {
            throw TorchArgumentException.ValueError(nameof(shape), shape.ToArray(), "2 sizes or more",
                "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
        }
        TensorShape.CountOrThrow(shape);
        long receptiveField = TensorShape.CountOrThrow(shape[2..]);
        (Int128 fanIn, Int128 fanOut) = ((Int128)shape[1] * receptiveField, (Int128)shape[0] * receptiveField);
        Int128 larger = Int128.Max(fanIn, fanOut);
        if (larger > most)
        {
            throw new ArgumentException($"shape {TensorShape.Text(shape)} has a fan of {larger}; allowed: at most {most}.", nameof(shape));
        }
        return new((long)Int128.Min(fanIn, long.MaxValue), (long)Int128.Min(fanOut, long.MaxValue));
    }

    /// <summary>For example <c>Fan { In = 784, Out = 128 }</c>.</summary>
    public override string ToString() => $"Fan {{ In = {In}, Out = {Out} }}";

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
