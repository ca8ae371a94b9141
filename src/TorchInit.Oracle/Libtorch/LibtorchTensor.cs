namespace TorchInit.Oracle;

/// <summary>A tensor to fill: its dtype, sizes, and strides in elements.</summary>
sealed record LibtorchTensor(string DType, long[] Sizes, long[] Strides)
{
    const long MostBytes = 1L << 30;

    /// <summary>A row-major tensor, or a view of one with its two sizes swapped.</summary>
    /// <exception cref="NotAskedException">The tensor is too large, or a transposed one does not have two sizes.</exception>
    public static LibtorchTensor Of(string dtype, long[] sizes, bool transposed)
    {
        if (sizes.Any(size => size < 0)) { throw new NotAskedException("a size is negative"); }
        long[] strides = new long[sizes.Length];
        long stride = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride = Math.Min(stride * Math.Max(sizes[i], 1), MostBytes);
        }
        LibtorchTensor tensor = new(dtype, sizes, strides);
        if (stride * tensor.ElementBytes > MostBytes) { throw new NotAskedException($"the tensor has more than {MostBytes} bytes"); }
        if (!transposed) { return tensor; }
        if (sizes.Length != 2) { throw new NotAskedException("only a tensor with two sizes can be transposed"); }
        return tensor with { Sizes = [sizes[1], sizes[0]], Strides = [strides[1], strides[0]] };
    }

    public int ElementBytes => DType switch { "float64" => 8, "float32" => 4, _ => 2 };

    /// <summary>Torch's number for the dtype.</summary>
    public int TypeCode => DType switch { "float16" => 5, "float32" => 6, "float64" => 7, _ => 15 };

    public int Count => (int)Sizes.Aggregate(1L, (product, size) => product * size);

    public int Bytes => Count * ElementBytes;

    /// <summary>The elements in row-major order.</summary>
    public byte[] RowMajor(ReadOnlySpan<byte> memory)
    {
        if (Sizes.Length != 2 || Strides[0] >= Strides[1]) { return memory.ToArray(); }
        byte[] ordered = new byte[memory.Length];
        (int rows, int columns, int size) = ((int)Sizes[0], (int)Sizes[1], ElementBytes);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                long at = (i * Strides[0]) + (j * Strides[1]);
                memory.Slice((int)at * size, size).CopyTo(ordered.AsSpan(((i * columns) + j) * size, size));
            }
        }
        return ordered;
    }
}

/// <summary>A call that kernels alone cannot answer; the message is the reason.</summary>
sealed class NotAskedException(string why) : Exception(why);
