namespace TorchInit;

/// <summary>
/// Reads NumPy's .npy: little-endian float16, float32, float64, int64, int32, int16, int8, uint8 and bool, in C or Fortran order, versions
/// 1 to 3. The header is matched, never evaluated; object arrays are pickles and are refused. Source: numpy/lib/format.py.
/// </summary>
public static class Npy
{
    const string AllowedTypes = "'<f2', '<f4', '<f8', '<i8', '<i4', '<i2', '|i1', '|u1', '|b1'";
    const int FirstRun = 1 << 20;

    /// <summary>Reads one array.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a .npy file, is truncated, or has an unsupported header or
    /// dtype.</exception>
    public static TensorBuffer Load(string path) => InputFile.Read(path, FileFormat.Npy, stream => Load(stream, path));

    /// <summary>Reads one array. Memory is allocated as the elements arrive, so a false header costs nothing.</summary>
    /// <param name="stream">At the magic bytes; read to the end of the array.</param>
    /// <param name="name">Its name in error messages.</param>
    /// <exception cref="InvalidDataException">The stream is not a .npy file, is truncated, or has an unsupported header or
    /// dtype.</exception>
    public static TensorBuffer Load(Stream stream, string name = "the .npy file")
    {
        ArgumentNullException.ThrowIfNull(stream);
        NpyHeader header = NpyHeader.Read(stream, name, out _);
        StateDict read = new();
        read.AddRead(name,
            Elements(stream, header, Type(header, name, AllowedTypes), stream.CanSeek ? stream.Length - stream.Position : null, name));
        return read.Count == 1 ? read[name]
            : throw new InvalidDataException($"{name} has dtype bool and bytes other than 0 and 1; allowed: 0 and 1.");
    }

    /// <summary>Reads one array of an archive, <paramref name="length"/> bytes including its header, into the state dict; an array of
    /// another plain type is kept unread.</summary>
    internal static void Load(Stream stream, long length, string name, string tensor, StateDict tensors)
    {
        NpyHeader header = NpyHeader.Read(stream, name, out int bytes);
        long left = length - bytes;
        if (header.DType is not null || header.Width is not { } width)
        {
            tensors.AddRead(tensor,
                Elements(stream, header, Type(header, name, $"{AllowedTypes}; other numbers, strings and bytes are kept unread"), left,
                name));
            return;
        }
        byte[] elements = new byte[Count(header, width, left, name)];
        Read(stream, elements, name);
        tensors.Add(new OpaqueTensor(tensor, header.FormatName, header.Shape,
            [header.IsFortran ? RowMajor(elements, new byte[elements.Length], header.Shape, width) : elements]));
    }

    static DType Type(NpyHeader header, string name, string allowed)
        => header.DType ?? throw new InvalidDataException($"{name} has dtype '{header.Descr}'; allowed: {allowed}.");

    /// <summary>The size of the elements in bytes, checked against the bytes that are left if that is known.</summary>
    static int Count(NpyHeader header, int width, long? left, string name)
    {
        Int128 bytes = header.Bytes(width);
        return bytes <= Array.MaxLength && !(bytes > left)
            ? (int)bytes
            : throw new InvalidDataException($"{name} of {TensorShape.Text(header.Shape)} needs {bytes} bytes; "
                + $"{(left is { } there ? $"{there} are left" : $"allowed: at most {Array.MaxLength}")}.");
    }

    static TensorBuffer Elements(Stream stream, NpyHeader header, DType dtype, long? left, string name)
    {
        int bytes = Count(header, dtype.ByteSize(), left, name);
        List<byte[]> runs = left is null ? Runs(stream, bytes, name) : [];
        TensorBuffer tensor = TensorBuffer.Zeros(dtype, header.Shape);
        Span<byte> elements = tensor.Bytes(0, tensor.Count);
        if (left is not null) { Read(stream, elements, name); }
        foreach (byte[] run in runs)
        {
            run.CopyTo(elements);
            elements = elements[run.Length..];
        }
        if (!header.IsFortran || header.Shape.Length < 2) { return tensor; }
        TensorBuffer rows = TensorBuffer.Zeros(dtype, header.Shape);
        RowMajor(tensor.Bytes(0, tensor.Count), rows.Bytes(0, rows.Count), header.Shape, dtype.ByteSize());
        return rows;
    }

    /// <summary>Reads a stream of unknown length in runs, each as long as all before it.</summary>
    static List<byte[]> Runs(Stream stream, int bytes, string name)
    {
        List<byte[]> runs = [];
        for (int done = 0; done < bytes; done += runs[^1].Length)
        {
            runs.Add(new byte[Math.Min(Math.Max(done, FirstRun), bytes - done)]);
            Read(stream, runs[^1], name);
        }
        return runs;
    }

    static byte[] RowMajor(byte[] columns, byte[] rows, long[] shape, int width)
    {
        RowMajor(columns.AsSpan(), rows, shape, width);
        return rows;
    }

    static void RowMajor(ReadOnlySpan<byte> columns, Span<byte> rows, long[] shape, int width)
    {
        long[] sizes = [.. shape.Where(size => size != 1)];      // the stride of a dimension of size 1 does not matter
        long[] strides = new long[sizes.Length];
        long stride = width;
        for (int dim = 0; dim < sizes.Length; dim++) { (strides[dim], stride) = (stride, stride * sizes[dim]); }
        long[] index = new long[sizes.Length];
        long position = 0;
        for (int at = 0; at < rows.Length; at += width)
        {
            columns.Slice((int)position, width).CopyTo(rows[at..]);
            for (int dim = sizes.Length - 1; dim >= 0; dim--)
            {
                position += strides[dim];
                if (++index[dim] < sizes[dim]) { break; }
                position -= sizes[dim] * strides[dim];
                index[dim] = 0;
            }
        }
    }

    internal static void Read(Stream stream, Span<byte> bytes, string name)
    {
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new InvalidDataException($"{name} is truncated: {bytes.Length} bytes are needed, {read} are left. "
                + Safetensors.CutShort);
        }
    }
}
