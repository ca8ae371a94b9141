namespace TorchInit;

/// <summary>Arithmetic on shapes: products that cannot overflow silently, and torch's way of printing them.</summary>
static class TensorShape
{
    /// <summary>The product of the sizes; 1 for a scalar.</summary>
    /// <exception cref="ArgumentException">A size is negative (torch's RuntimeError), or the product exceeds
    /// <paramref name="most"/>.</exception>
    public static long CountOrThrow(ReadOnlySpan<long> shape, long most = long.MaxValue)
    {
        ThrowIfNegative(shape);
        if (shape.Contains(0)) { return 0; }
        Int128 count = 1;
        foreach (long size in shape)
        {
            count *= size;
            if (count > long.MaxValue)
            {
                throw TorchArgumentException.RuntimeError(nameof(shape), shape.ToArray(), $"at most {long.MaxValue} elements",
                    $"Storage size calculation overflowed with sizes=[{Listed(shape)}]");
            }
            if (count > most) { throw new ArgumentException($"shape {Text(shape)} has more than {most} elements.", nameof(shape)); }
        }
        return (long)count;
    }

    /// <summary>Refuses what is no shape.</summary>
    /// <exception cref="TorchArgumentException">A size is negative (RuntimeError).</exception>
    public static void ThrowIfNegative(ReadOnlySpan<long> shape)
    {
        foreach (long size in shape)
        {
            if (size < 0)
            {
                throw TorchArgumentException.RuntimeError(nameof(shape), shape.ToArray(), "sizes of 0 or more",
                    $"Trying to create tensor with negative dimension {size}: [{Listed(shape)}]");
            }
        }
    }

    /// <summary>Python's <c>number % divisor == 0</c>, also for the two numbers whose quotient overflows.</summary>
    public static bool IsMultiple(long number, long divisor) => divisor == -1 || number % divisor == 0;

    /// <summary>The strides of a row-major tensor.</summary>
    public static long[] RowMajor(ReadOnlySpan<long> shape)
    {
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(shape[i], 1);
        }
        return strides;
    }

    /// <summary>The sizes with commas between them: <c>2, 3</c>.</summary>
    public static string Listed(ReadOnlySpan<long> shape) => string.Join(", ", shape.ToArray().Select(size => $"{size}"));

    /// <summary>The shape as Python writes a tuple: <c>(4,)</c>, <c>(2, 3)</c>, <c>()</c>.</summary>
    public static string Text(ReadOnlySpan<long> shape)
        => shape.Length == 1 ? $"({shape[0]},)" : $"({Listed(shape)})";
}
