using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>A tensor at rest: element type, shape, and its elements row-major in one array.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[TypeFormatterSource(typeof(TensorForms))]
public sealed class TensorBuffer
{
    readonly Array _elements;

    TensorBuffer(DType dtype, long[] shape, Array elements) => (DType, Shape, _elements) = (dtype, shape, elements);

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>The sizes; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>How many elements: the product of <see cref="Shape"/>.</summary>
    public int Count => _elements.Length;

    /// <summary>A tensor of zeros.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="shape">Sizes of 0 or more, with a product of at most <see cref="Array.MaxLength"/>.</param>
    /// <exception cref="ArgumentException">A size is negative, or the product is too large; nothing is allocated.</exception>
    public static TensorBuffer Zeros(DType dtype, ReadOnlySpan<long> shape)
    {
        int count = checked((int)TensorShape.CountOrThrow(shape, Array.MaxLength));
        Array elements = dtype switch
        {
            DType.Float32 => new float[count],
            DType.Float64 => new double[count],
            DType.Float16 => new Half[count],
            DType.BFloat16 => new BFloat16[count],
            DType.Int64 => new long[count],
            DType.Int32 => new int[count],
            DType.Int16 => new short[count],
            DType.Int8 => new sbyte[count],
            DType.UInt8 => new byte[count],
            DType.Bool => new bool[count],
            _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "allowed: the members of DType."),
        };
        HugePages.Advise(elements, (long)count * dtype.ByteSize());
        return new(dtype, shape.ToArray(), elements);
    }

    /// <summary>A tensor round an array, which it keeps and does not copy.</summary>
    /// <typeparam name="T">The .NET type of a <see cref="DType"/>: <see cref="float"/>, <see cref="BFloat16"/>, <see cref="long"/>,
    /// <see cref="bool"/>, ….</typeparam>
    /// <param name="elements">Row-major.</param>
    /// <param name="shape">Sizes whose product is the length of <paramref name="elements"/>.</param>
    /// <exception cref="ArgumentException">The product is another.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public static TensorBuffer Of<T>(T[] elements, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(elements);
        long count = TensorShape.CountOrThrow(shape, Array.MaxLength);
        return count == elements.Length
            ? new(DType.Of<T>(), shape.ToArray(), elements)
            : throw new ArgumentException($"shape {TensorShape.Text(shape)} has {count} elements; the array has {elements.Length}.",
                nameof(shape));
    }

    /// <summary>The elements themselves: what is written there is in the tensor.</summary>
    /// <typeparam name="T">The .NET type of <see cref="DType"/>.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the type of <see cref="DType"/>.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged
        => _elements.GetType() == typeof(T[]) ? (T[])_elements            // .NET takes a byte[] for an sbyte[]
            : throw new InvalidOperationException($"The tensor's dtype is {DType.TorchName()}; elements of type {typeof(T).Name} were "
                + $"asked for.");

    /// <summary>An element of an integer type or bool.</summary>
    internal long Integer(int at) => DType switch
    {
        DType.Int64 => AsSpan<long>()[at],
        DType.Int32 => AsSpan<int>()[at],
        DType.Int16 => AsSpan<short>()[at],
        DType.Int8 => AsSpan<sbyte>()[at],
        DType.UInt8 => AsSpan<byte>()[at],
        _ => AsSpan<bool>()[at] ? 1 : 0,
    };

    /// <summary>The bytes of a run of elements, little-endian as in memory and in safetensors.</summary>
    /// <param name="start">The first element, from 0.</param>
    /// <param name="count">How many; their bytes must fit a span (2 GiB).</param>
    /// <exception cref="ArgumentOutOfRangeException">The run is not inside the tensor.</exception>
    public Span<byte> Bytes(int start, int count) => DType switch
    {
        DType.Float32 => MemoryMarshal.AsBytes(AsSpan<float>().Slice(start, count)),
        DType.Float64 => MemoryMarshal.AsBytes(AsSpan<double>().Slice(start, count)),
        DType.Float16 => MemoryMarshal.AsBytes(AsSpan<Half>().Slice(start, count)),
        DType.BFloat16 => MemoryMarshal.AsBytes(AsSpan<BFloat16>().Slice(start, count)),
        DType.Int64 => MemoryMarshal.AsBytes(AsSpan<long>().Slice(start, count)),
        DType.Int32 => MemoryMarshal.AsBytes(AsSpan<int>().Slice(start, count)),
        DType.Int16 => MemoryMarshal.AsBytes(AsSpan<short>().Slice(start, count)),
        DType.Int8 => MemoryMarshal.AsBytes(AsSpan<sbyte>().Slice(start, count)),
        DType.UInt8 => AsSpan<byte>().Slice(start, count),
        _ => MemoryMarshal.AsBytes(AsSpan<bool>().Slice(start, count)),
    };

    /// <summary>The bytes in runs of at most 64 MiB, in order: for hashing and writing tensors of any size.</summary>
    /// <param name="visit">Called once a run; not called for a tensor without elements.</param>
    public void VisitBytes(ReadOnlySpanVisitor visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        int step = (64 << 20) / DType.ByteSize();
        for (int start = 0; start < Count; start += step) { visit(Bytes(start, Math.Min(step, Count - start))); }
    }

    /// <summary>As <c>print(tensor)</c> of torch shows it, by torch's default options: <see cref="TensorText.Of"/>.</summary>
    public override string ToString() => TensorText.Of(this);

    /// <summary>Takes a run of bytes.</summary>
    /// <param name="bytes">Valid during the call only.</param>
    public delegate void ReadOnlySpanVisitor(ReadOnlySpan<byte> bytes);
}
