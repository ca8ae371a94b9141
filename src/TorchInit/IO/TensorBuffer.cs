using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>A tensor in memory: dtype, shape, and its elements in one row-major array.</summary>
[DebuggerDisplay("{ToString(),nq}")]
[TypeFormatterSource(typeof(TensorForms))]
public sealed partial class TensorBuffer
{
    readonly Array? _elements;
    readonly IStoredBytes? _stored;
    readonly WeakReference<Array>? _loaded;

    TensorBuffer(DType dtype, long[] shape, Array elements)
        => (DType, Shape, Count, _elements) = (dtype, shape, elements.Length, elements);

    TensorBuffer(DType dtype, long[] shape, int count, IStoredBytes stored)
        => (DType, Shape, Count, _stored, _loaded) = (dtype, shape, count, stored, new(null!));

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>The sizes; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements: the product of <see cref="Shape"/>.</summary>
    public int Count { get; }

    /// <summary>A tensor of zeros.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="shape">Sizes of 0 or more, with a product of at most <see cref="Array.MaxLength"/>.</param>
    /// <exception cref="ArgumentException">A size is negative, or the product is too large; nothing is allocated.</exception>
    public static TensorBuffer Zeros(DType dtype, ReadOnlySpan<long> shape)
    {
        int count = checked((int)TensorShape.CountOrThrow(shape, Array.MaxLength));
        return new(dtype, shape.ToArray(), NewArray(dtype, count, isZero: true));
    }

    /// <summary>A tensor in uninitialised memory, for a caller that writes every element before any is read.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="shape">Sizes of 0 or more, with a product of at most <see cref="Array.MaxLength"/>.</param>
    internal static TensorBuffer Uninitialised(DType dtype, ReadOnlySpan<long> shape)
    {
        int count = checked((int)TensorShape.CountOrThrow(shape, Array.MaxLength));
        return new(dtype, shape.ToArray(), NewArray(dtype, count, isZero: false));
    }

    static Array NewArray(DType dtype, int count, bool isZero)
    {
        Array elements = dtype switch
        {
            DType.Float32 => Of<float>(),
            DType.Float64 => Of<double>(),
            DType.Float16 => Of<Half>(),
            DType.BFloat16 => Of<BFloat16>(),
            DType.Int64 => Of<long>(),
            DType.Int32 => Of<int>(),
            DType.Int16 => Of<short>(),
            DType.Int8 => Of<sbyte>(),
            DType.UInt8 => Of<byte>(),
            DType.Bool => Of<bool>(),
            _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "allowed: the members of DType."),
        };
        HugePages.Advise(elements, (long)count * dtype.ByteSize());
        return elements;

        Array Of<T>()
            where T : unmanaged
            => isZero ? new T[count] : GC.AllocateUninitializedArray<T>(count);
    }

    /// <summary>A read-only tensor whose elements stay in a file and are read from there each time they are needed.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="shape">Sizes whose product is the number of stored elements.</param>
    /// <param name="stored">The elements, little-endian.</param>
    internal static TensorBuffer Stored(DType dtype, long[] shape, IStoredBytes stored)
    {
        int count = checked((int)TensorShape.CountOrThrow(shape, Array.MaxLength));
        return new(dtype, shape, count, stored);
    }

    /// <summary>A tensor around an array, which is not copied.</summary>
    /// <typeparam name="T">The .NET type of a <see cref="DType"/>: <see cref="float"/>, <see cref="BFloat16"/>, <see cref="long"/>,
    /// <see cref="bool"/>, ….</typeparam>
    /// <param name="elements">Row-major.</param>
    /// <param name="shape">Sizes whose product is the length of <paramref name="elements"/>.</param>
    /// <exception cref="ArgumentException">The product differs from that length.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not such a type.</exception>
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

    /// <summary>The elements; writing to the span changes the tensor.</summary>
    /// <typeparam name="T">The .NET type of <see cref="DType"/>.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the type of <see cref="DType"/>.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged
        => (_elements ?? Loaded()) is { } elements && elements.GetType() == typeof(T[])
            ? (T[])elements                                               // .NET lets a byte[] pass as an sbyte[]
            : throw new InvalidOperationException($"The tensor's dtype is {DType.TorchName()}; its elements cannot be read as "
                + $"{typeof(T).Name}.");

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
    /// <param name="count">The number of elements; their bytes must fit into a span (2 GiB).</param>
    /// <exception cref="ArgumentOutOfRangeException">The run is not inside the tensor.</exception>
    public Span<byte> Bytes(int start, int count)
    {
        if (start < 0 || count < 0 || start > Count - count)
        {
            throw new ArgumentOutOfRangeException(start < 0 || start > Count ? nameof(start) : nameof(count),
                $"start is {start} and count is {count}; allowed: a run inside the tensor's {Count} elements.");
        }
        return _stored is not null ? Part(start, count) : BytesOf(start, count);
    }

    Span<byte> BytesOf(int start, int count) => DType switch
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

    /// <summary>Copies the bytes of a run of elements; from a stored tensor, only that run is read.</summary>
    /// <param name="start">The first element, from 0.</param>
    /// <param name="bytes">The destination, as long as the run.</param>
    internal void Read(int start, Span<byte> bytes)
    {
        if (_stored is null) { Bytes(start, bytes.Length / DType.ByteSize()).CopyTo(bytes); }
        else { _stored.Read((long)start * DType.ByteSize(), bytes); }
    }

    /// <summary>The tensor itself, or a copy of a stored one in memory, for a caller that needs many elements one by one.</summary>
    internal TensorBuffer InMemory() => _stored is null ? this : new(DType, [.. Shape], Loaded());

    byte[] Part(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, Count, nameof(count));
        byte[] part = GC.AllocateUninitializedArray<byte>(checked(count * DType.ByteSize()));
        Read(start, part);
        return part;
    }

    /// <summary>All elements of a stored tensor, kept as long as a caller holds them.</summary>
    Array Loaded()
    {
        if (_loaded!.TryGetTarget(out Array? known)) { return known; }
        TensorBuffer loaded = new(DType, [.. Shape], NewArray(DType, Count, isZero: false));
        foreach ((int start, int count) in Runs(Count, DType.ByteSize())) { Read(start, loaded.Bytes(start, count)); }
        _loaded.SetTarget(loaded._elements!);
        return loaded._elements!;
    }

    /// <summary>Visits the bytes in runs of at most 64 MiB, in order: for hashing and writing tensors of any size.</summary>
    /// <param name="visit">Called once per run; not called for a tensor without elements.</param>
    public void VisitBytes(ReadOnlySpanVisitor visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        foreach ((int start, int count) in Runs(Count, DType.ByteSize())) { visit(Bytes(start, count)); }
    }

    /// <summary>The runs that cover a tensor, in order: its bytes may not fit into one span.</summary>
    /// <param name="count">The number of elements.</param>
    /// <param name="size">The bytes of one.</param>
    /// <param name="mostBytes">The most bytes of a run, <paramref name="size"/> or more.</param>
    internal static IEnumerable<(int Start, int Count)> Runs(int count, int size, int mostBytes = 64 << 20)
    {
        int step = mostBytes / size;
        for (long start = 0; start < count; start += step) { yield return ((int)start, (int)Math.Min(step, count - start)); }
    }

    /// <summary>As torch's <c>print(tensor)</c> shows it with default options: <see cref="TensorText.Of"/>.</summary>
    public override string ToString() => TensorText.Of(this);

    /// <summary>Receives a run of bytes.</summary>
    /// <param name="bytes">Valid only during the call.</param>
    public delegate void ReadOnlySpanVisitor(ReadOnlySpan<byte> bytes);
}
