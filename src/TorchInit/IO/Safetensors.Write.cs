using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TorchInit;

public static partial class Safetensors
{
    static void Write(Stream stream, byte[] header, StateDict tensors)
    {
        stream.Write(header);
        foreach ((_, TensorBuffer? tensor, OpaqueTensor? opaque) in tensors.Saved)
        {
            tensor?.VisitBytes(stream.Write);
            opaque?.VisitBytes(stream.Write);
        }
    }

    /// <summary>The length and the header, padded with spaces so that the data starts at a multiple of 8.</summary>
    static byte[] Header(StateDict tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return Header(tensors.Saved.Select(saved => saved.Tensor is { } tensor ? Described(saved.Name, tensor.DType, tensor.Shape)
            : (saved.Name, saved.Opaque!.DType, saved.Opaque.Shape, saved.Opaque.ByteCount)), metadata);
    }

    internal static byte[] Header(IEnumerable<(string Name, DType DType, IReadOnlyList<long> Shape)> tensors, IReadOnlyDictionary<string,
        string>? metadata)
        => Header(tensors.Select(tensor => Described(tensor.Name, tensor.DType, tensor.Shape)), metadata);

    static (string Name, string Type, IReadOnlyList<long> Shape, long Bytes) Described(string name, DType dtype, IReadOnlyList<long> shape)
        => (name, SafetensorsType.Of(dtype).Name, shape, FitOrThrow(name, (Int128)TensorShape.CountOrThrow([.. shape]) * dtype.ByteSize()));

    static long FitOrThrow(string name, Int128 bytes) => bytes <= long.MaxValue ? (long)bytes
        : throw new ArgumentException($"The file has {bytes} bytes of elements up to the end of tensor {SafetensorsHeader.Show(name)};"
            + $" allowed: up to {long.MaxValue}.", nameof(bytes));

    static byte[] Header(IEnumerable<(string Name, string Type, IReadOnlyList<long> Shape, long Bytes)> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        ThrowIfBigEndian();
        ArrayBufferWriter<byte> json = new();
        // Relaxed: tensor names are written as they are, without escapes for '+' or 'é'; a header is not HTML.
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteJson(writer, tensors, metadata);
        }
        int padded = (json.WrittenCount + 7) & ~7;
        if (padded > SafetensorsHeader.MaxLength)
        {
            throw new ArgumentException($"The header has {padded} bytes; allowed: up to {SafetensorsHeader.MaxLength}.", nameof(tensors));
        }
        byte[] header = new byte[sizeof(ulong) + padded];
        header.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)padded);
        json.WrittenSpan.CopyTo(header.AsSpan(sizeof(ulong)));
        return header;
    }

    static void WriteJson(Utf8JsonWriter writer, IEnumerable<(string Name, string Type, IReadOnlyList<long> Shape, long Bytes)> tensors,
        IReadOnlyDictionary<string, string>? metadata)
    {
        writer.WriteStartObject();
        if (metadata is not null) { WriteMetadata(writer, metadata); }
        long at = 0;
        foreach ((string name, string type, IReadOnlyList<long> shape, long bytes) in tensors)
        {
            if (!SafetensorsType.IsName(type))
            {
                throw new ArgumentException($"tensor {SafetensorsHeader.Show(name)} has dtype {type}; allowed: {SafetensorsType.Allowed}.",
                    nameof(tensors));
            }
            if (name == SafetensorsHeader.MetadataKey)
            {
                throw new ArgumentException($"A tensor is called '{name}'; allowed: any other name; the format reserves this one "
                    + $"for metadata.", nameof(tensors));
            }
            ThrowIfNoText(name, nameof(tensors));
            long end = FitOrThrow(name, (Int128)at + bytes);
            writer.WriteStartObject(name);
            writer.WriteString("dtype", type);
            WriteNumbers(writer, "shape", shape);
            WriteNumbers(writer, "data_offsets", [at, end]);
            writer.WriteEndObject();
            at = end;
        }
        writer.WriteEndObject();
    }

    static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> metadata)
    {
        writer.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach ((string key, string text) in metadata)
        {
            if (text is null) { throw new ArgumentException($"metadata '{key}' is null; allowed: a string.", nameof(metadata)); }
            ThrowIfNoText(key, nameof(metadata));
            ThrowIfNoText(text, nameof(metadata));
            writer.WriteString(key, text);
        }
        writer.WriteEndObject();
    }

    static void WriteNumbers(Utf8JsonWriter writer, string key, IReadOnlyList<long> numbers)
    {
        writer.WriteStartArray(key);
        foreach (long number in numbers) { writer.WriteNumberValue(number); }
        writer.WriteEndArray();
    }

    // The JSON writer would write U+FFFD for a lone surrogate, and two names could become equal.
    static void ThrowIfNoText(string text, string argument)
    {
        int at = UnicodeText.LoneSurrogate(text);
        if (at >= 0)
        {
            throw new ArgumentException($"{SafetensorsHeader.Show(text)} has a lone surrogate at {at}; allowed: Unicode text.", argument);
        }
    }
}
