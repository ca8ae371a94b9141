using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TorchInit;

/// <summary>The header of a .npy: matched, never evaluated.</summary>
/// <param name="Descr">NumPy's spelling of the element type, for example <c>&lt;f4</c>.</param>
/// <param name="IsFortran">Whether the first index is the fastest.</param>
/// <param name="Shape">Sizes of 0 or more.</param>
readonly partial record struct NpyHeader(string Descr, bool IsFortran, long[] Shape)
{
    const int MostBytes = 65536;
    const int MostShown = 80;

    /// <summary>The dtype that the elements are read as; null for other types.</summary>
    public DType? DType
        => Descr switch
        {
            "<f2" => TorchInit.DType.Float16,
            "<f4" => TorchInit.DType.Float32,
            "<f8" => TorchInit.DType.Float64,
            "<i8" => TorchInit.DType.Int64,
            "<i4" => TorchInit.DType.Int32,
            "<i2" => TorchInit.DType.Int16,
            "|i1" => TorchInit.DType.Int8,
            "|u1" => TorchInit.DType.UInt8,
            "|b1" => TorchInit.DType.Bool,
            _ => null
        };

    /// <summary>The element type's name in the safetensors format; NumPy's own spelling if that format has no such type.</summary>
    public string FormatName => Descr switch
    {
        "<u2" => "U16",
        "<u4" => "U32",
        "<u8" => "U64",
        "<c8" => "C64",
        _ => Descr,
    };

    /// <summary>The bytes of one element of any plain type; null for objects, which are pickles, and for invalid types.</summary>
    public int? Width
    {
        get
        {
            if (Plain().Match(Descr) is not { Success: true } match
                || !int.TryParse(match.Groups["size"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int size))
            {
                return null;
            }
            return match.Groups["kind"].Value != "U" ? size : size <= int.MaxValue / 4 ? 4 * size : null;
        }
    }

    /// <summary>The size of all elements in bytes.</summary>
    public Int128 Bytes(int width)
    {
        Int128 bytes = width;
        foreach (long size in Shape) { bytes = size == 0 ? 0 : Int128.Min(bytes * size, long.MaxValue); }
        return Shape.Contains(0) ? 0 : bytes;
    }

    /// <summary>Reads the magic bytes and the header.</summary>
    /// <exception cref="InvalidDataException">The stream is not a .npy file, is truncated, or has an unsupported header.</exception>
    public static NpyHeader Read(Stream stream, string name, out int bytes)
    {
        Span<byte> start = stackalloc byte[8];
        Npy.Read(stream, start, name);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
        {
            throw new InvalidDataException($"{name} does not begin with NumPy's magic bytes; allowed: .npy of versions 1 to 3.");
        }
        if (start[6] is < 1 or > 3) { throw new InvalidDataException($"{name} is .npy of version {start[6]}; allowed: 1 to 3."); }
        Span<byte> size = stackalloc byte[start[6] == 1 ? 2 : 4];
        Npy.Read(stream, size, name);
        uint length = size.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MostBytes) { throw new InvalidDataException($"{name} has a header of {length} bytes; allowed: at most {MostBytes}."); }
        byte[] header = new byte[length];
        Npy.Read(stream, header, name);
        bytes = start.Length + size.Length + header.Length;
        return Parse(Encoding.UTF8.GetString(header), name);
    }

    static NpyHeader Parse(string header, string name)
    {
        Match match = Whole().Match(header);
        if (!match.Success)
        {
            string shown = (header.Length > MostShown ? header[..MostShown] + "…" : header).TrimEnd();
            throw new InvalidDataException($"{name} has an unsupported header: {shown}; allowed: 'descr', 'fortran_order' and "
                + $"'shape', as written by numpy.save.");
        }
        List<long> shape = [];
        int most = Limits.Current.Dimensions;
        foreach (string text in match.Groups["shape"].Value.Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long wanted))
            {
                throw new InvalidDataException($"{name} has size '{text}'; allowed: 0 to 2^63 − 1.");
            }
            if (shape.Count == most)
            {
                throw new InvalidDataException($"{name} has more than {most} dimensions; "
                    + $"{Limits.Allowed(most, nameof(Limits.Dimensions))}.");
            }
            shape.Add(wanted);
        }
        return new(match.Groups["descr"].Value, match.Groups["fortran"].Value == "True", [.. shape]);
    }

    [GeneratedRegex(@"^\{\s*'descr':\s*'(?<descr>[^']{1,16})',\s*'fortran_order':\s*(?<fortran>True|False),\s*'shape':\s*\((?<shape>[0-9, ]{0,4096})\),?\s*\}\s*$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[<>|=](?<kind>[bBiufcSVUmM])(?<size>[0-9]{1,9})(\[[0-9]{0,4}[A-Za-zμ]{1,2}\])?$")]
    private static partial Regex Plain();
}
