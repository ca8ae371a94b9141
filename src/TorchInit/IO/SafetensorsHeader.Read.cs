using System.Text.Json;

namespace TorchInit;

static partial class SafetensorsHeader
{
    // A header is nested 3 deep. Unknown members, which the reference implementation skips, may be nested deeper, and are skipped without
    // recursion.
    const int Depth = 64;

    static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = Depth });
        List<SafetensorsEntry> entries = [];
        Dictionary<string, string>? metadata = null;
        HashSet<string> names = new(StringComparer.Ordinal);
        long[] sizes = new long[Limits.Current.Dimensions];
        reader.Read();                                            // the '{' that Parse saw
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name)) { throw new InvalidDataException($"tensor {Show(name)} occurs twice; allowed: each name once."); }
            reader.Read();
            if (name == MetadataKey) { metadata = ReadMetadata(ref reader); }
            else { entries.Add(ReadEntry(ref reader, name, sizes, entries.Count)); }
        }
        reader.Read();                                            // throws if anything but white space follows the object
        return (entries, metadata ?? []);
    }

    static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader reader)
    {
        // null counts as absent, as in the reference implementation
        if (reader.TokenType == JsonTokenType.Null) { return []; }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidDataException($"{MetadataKey} is {Found(reader)}; allowed: an object of strings.");
        }
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new InvalidDataException($"{MetadataKey}: {Show(key)} is {Found(reader)}; allowed: a string.");
            }
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw new InvalidDataException($"{MetadataKey}: {Show(key)} occurs twice; allowed: each key once.");
            }
        }
        return metadata;
    }

    static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name, long[] sizes, int place)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(name, $"is {Found(reader)}", "an object with dtype, shape and data_offsets");
        }
        SafetensorsType? type = null;
        long[]? shape = null;
        (long Begin, long End)? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dtype"u8))
            {
                type = type is null ? ReadType(ref reader, name) : throw Wrong(name, "has dtype twice", "once");
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                shape = shape is null ? ReadSizes(ref reader, name, "shape", sizes).ToArray()
                    : throw Wrong(name, "has shape twice", "once");
            }
            else if (reader.ValueTextEquals("data_offsets"u8))
            {
                offsets = offsets is null ? ReadOffsets(ref reader, name, sizes) : throw Wrong(name, "has data_offsets twice", "once");
            }
            else
            {
                // A member of a later version of the format; the reference implementation skips it too.
                reader.Read();
                reader.Skip();
            }
        }
        return Consistent(name, type ?? throw Wrong(name, "has no dtype", SafetensorsType.Allowed),
            shape ?? throw Wrong(name, "has no shape", "an array of sizes"),
                offsets ?? throw Wrong(name, "has no data_offsets", "[begin, end]"), place);
    }

    static SafetensorsType ReadType(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String && SafetensorsType.Of(reader) is { } type ? type
            : throw Wrong(name, $"dtype is {Found(reader)}", SafetensorsType.Allowed);
    }

    static (long Begin, long End) ReadOffsets(ref Utf8JsonReader reader, string name, long[] sizes)
    {
        ReadOnlySpan<long> offsets = ReadSizes(ref reader, name, "data_offsets", sizes);
        return offsets is [long begin, long end] ? (begin, end)
            : throw Wrong(name, $"data_offsets has {offsets.Length} numbers", "2, [begin, end]");
    }

    static ReadOnlySpan<long> ReadSizes(ref Utf8JsonReader reader, string name, string key, long[] sizes)
    {
        const string allowed = "an array of integers from 0 to 9223372036854775807";
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) { throw Wrong(name, $"{key} is {Found(reader)}", allowed); }
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long size) || reader.ValueSpan[0] == '-')
            {
                throw Wrong(name, $"{key} holds {Found(reader)}", allowed);
            }
            if (count == sizes.Length)
            {
                throw new InvalidDataException($"tensor {Show(name)}: {key} has more than {count} numbers; "
                    + $"{Limits.Allowed(count, nameof(Limits.Dimensions))}.");
            }
            sizes[count++] = size;
        }
        return sizes.AsSpan(0, count);
    }

    static SafetensorsEntry Consistent(string name, SafetensorsType type, long[] shape, (long Begin, long End) offsets, int place)
    {
        (long begin, long end) = offsets;
        if (begin > end) { throw Wrong(name, $"data_offsets is [{begin}, {end}]", "begin at or before end"); }
        // A tensor that is read becomes one array; one that is only kept may be as large as the file.
        long most = type.DType is null ? long.MaxValue : Array.MaxLength;
        Int128 count = shape.Contains(0) ? 0 : 1;
        foreach (long size in shape)
        {
            count *= size;
            if (count > most)
            {
                throw Wrong(name, $"shape has more than {most} elements: {Show(TensorShape.Text(shape))}", $"up to {most}");
            }
        }
        Int128 bits = count * type.Bits;
        return bits % 8 == 0 && end - begin == bits / 8
            ? new(name, type, shape, begin, end, place)
            : throw Wrong(name, $"data_offsets [{begin}, {end}] span {end - begin} bytes",
                $"{(bits % 8 == 0 ? $"{bits / 8}" : "whole bytes")}, for {type.Name} of shape {Show(TensorShape.Text(shape))}");
    }

    static InvalidDataException Wrong(string name, string problem, string allowed)
        => new($"tensor {Show(name)}: {problem}; allowed: {allowed}.");

    static string Found(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"the string {Show(reader.GetString()!)}",
        JsonTokenType.Number
            => $"the number {System.Text.Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 100)])}",
        _ => reader.TokenType.ToString().ToLowerInvariant(),
    };
}
