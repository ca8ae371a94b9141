using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TorchInit;

/// <summary>
/// NumPy's .npy, read only: little-endian float16, float32, float64 and int64, in C or Fortran order, versions 1 to 3. The header is matched, never evaluated; arrays of objects
/// are pickles and refused. Source: numpy/lib/format.py.
/// </summary>
public static partial class Npy
{
    const int MostHeaderBytes = 65536;

    /// <summary>Reads one array.</summary>
    /// <param name="stream">At the magic bytes; read to the end of the array.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is no .npy file, is cut short, or has a header or dtype that is not read.</exception>
    public static TensorBuffer Load(Stream stream, string name = "the .npy file")
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> start = stackalloc byte[8];
        Read(stream, start, name);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8)) { throw new InvalidDataException($"{name} does not begin with NumPy's magic bytes; allowed: .npy of versions 1 to 3."); }
        if (start[6] is < 1 or > 3) { throw new InvalidDataException($"{name} is .npy of version {start[6]}; allowed: 1 to 3."); }
        Span<byte> size = stackalloc byte[start[6] == 1 ? 2 : 4];
        Read(stream, size, name);
        uint length = size.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MostHeaderBytes) { throw new InvalidDataException($"{name} has a header of {length} bytes; allowed: at most {MostHeaderBytes}."); }
        byte[] header = new byte[length];
        Read(stream, header, name);
        (DType dtype, bool fortran, long[] shape) = Parse(Encoding.UTF8.GetString(header), name);
        return Elements(stream, dtype, fortran, shape, name);
    }

    [GeneratedRegex(@"^\{\s*'descr':\s*'(?<descr>[^']{1,16})',\s*'fortran_order':\s*(?<fortran>True|False),\s*'shape':\s*\((?<shape>[0-9, ]{0,512})\),?\s*\}\s*$")]
    private static partial Regex Header();

    static (DType DType, bool Fortran, long[] Shape) Parse(string header, string name)
    {
        Match match = Header().Match(header);
        if (!match.Success) { throw new InvalidDataException($"{name} has a header that is not read: {(header.Length > 80 ? header[..80] + "…" : header).TrimEnd()}; allowed: 'descr', 'fortran_order' and 'shape', as numpy.save writes them."); }
        DType dtype = match.Groups["descr"].Value switch
        {
            "<f2" => DType.Float16,
            "<f4" => DType.Float32,
            "<f8" => DType.Float64,
            "<i8" => DType.Int64,
            string other => throw new InvalidDataException($"{name} has dtype '{other}'; allowed: '<f2', '<f4', '<f8', '<i8'."),
        };
        List<long> shape = [];
        foreach (string text in match.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long wanted)) { throw new InvalidDataException($"{name} has size '{text}'; allowed: 0 to 2^63 − 1."); }
            shape.Add(wanted);
        }
        return (dtype, match.Groups["fortran"].Value == "True", [.. shape]);
    }

    static TensorBuffer Elements(Stream stream, DType dtype, bool fortran, long[] shape, string name)
    {
        Int128 count = 1;
        foreach (long size in shape) { count = size == 0 ? 0 : Int128.Min(count * size, long.MaxValue); }
        Int128 bytes = count * dtype.ByteSize();
        if (bytes > Array.MaxLength || (stream.CanSeek && bytes > stream.Length - stream.Position))
        {
            throw new InvalidDataException($"{name} of {TensorShape.Text(shape)} needs {bytes} bytes; {(stream.CanSeek ? $"{stream.Length - stream.Position} are there" : $"allowed: at most {Array.MaxLength}")}.");
        }
        TensorBuffer tensor = TensorBuffer.Zeros(dtype, shape);
        Read(stream, tensor.Bytes(0, tensor.Count), name);
        return fortran && shape.Length > 1 ? RowMajor(tensor, shape, dtype.ByteSize()) : tensor;
    }

    static TensorBuffer RowMajor(TensorBuffer columns, long[] shape, int width)
    {
        TensorBuffer rows = TensorBuffer.Zeros(columns.DType, shape);
        ReadOnlySpan<byte> from = columns.Bytes(0, columns.Count);
        Span<byte> to = rows.Bytes(0, rows.Count);
        long[] index = new long[shape.Length];
        for (int at = 0; at < rows.Count; at++)
        {
            long position = 0;
            for (int dim = shape.Length - 1; dim >= 0; dim--) { position = position * shape[dim] + index[dim]; }
            from.Slice((int)position * width, width).CopyTo(to[(at * width)..]);
            for (int dim = shape.Length - 1; dim >= 0 && ++index[dim] == shape[dim]; dim--) { index[dim] = 0; }
        }
        return rows;
    }

    static void Read(Stream stream, Span<byte> bytes, string name)
    {
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length) { throw new InvalidDataException($"{name} is cut short: {bytes.Length} bytes are wanted, {read} are left."); }
    }
}
