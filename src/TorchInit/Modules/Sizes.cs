namespace TorchInit;

/// <summary>One size for every dimension, or one size per dimension, as in torch's <c>kernel_size</c> and
/// <c>normalized_shape</c>.</summary>
public readonly struct Sizes
{
    readonly long[] _values;

    Sizes(long[] values, bool isScalar) => (_values, IsScalar) = (values, isScalar);

    /// <summary>Whether a single number was given, not a tuple.</summary>
    public bool IsScalar { get; }

    /// <summary>The sizes as given; a single number is one size.</summary>
    public ReadOnlySpan<long> Values => _values ?? [];

    /// <summary>One size for every dimension.</summary>
    /// <param name="value">The size.</param>
    public static implicit operator Sizes(long value) => FromInt64(value);

    /// <summary>One size per dimension.</summary>
    /// <param name="values">The sizes.</param>
    public static implicit operator Sizes(long[] values) => FromArray(values);

    /// <summary>Two sizes.</summary>
    /// <param name="values">The sizes.</param>
    public static implicit operator Sizes((long First, long Second) values) => new([values.First, values.Second], isScalar: false);

    /// <summary>Three sizes.</summary>
    /// <param name="values">The sizes.</param>
    public static implicit operator Sizes((long First, long Second, long Third) values)
        => new([values.First, values.Second, values.Third], isScalar: false);

    /// <summary>One size for every dimension.</summary>
    /// <param name="value">The size.</param>
    public static Sizes FromInt64(long value) => new([value], isScalar: true);

    /// <summary>One size per dimension.</summary>
    /// <param name="values">The sizes.</param>
    public static Sizes FromArray(long[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new([.. values], isScalar: false);
    }

    /// <summary>As Python code: <c>3</c>, <c>(3,)</c> or <c>(3, 5)</c>.</summary>
    public override string ToString() => IsScalar ? $"{_values[0]}" : TensorShape.Text(Values);

    /// <summary>A number is repeated for each dimension. Torch does not count the sizes of a tuple, so (2, 2) gives a Conv1d a weight of 4
    /// dimensions.</summary>
    internal long[] Expand(int dimensions) => IsScalar ? [.. Enumerable.Repeat(_values[0], dimensions)] : [.. Values];
}
