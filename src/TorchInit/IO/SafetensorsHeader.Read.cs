using System.Text.Json;

namespace TorchInit;

static partial class SafetensorsHeader
{
    // An object of objects with arrays is 3 deep; anything deeper is refused by the reader, in no stack of ours.
    const int Depth = 4;

    static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = Depth });
        List<SafetensorsEntry> entries = [];
        Dictionary<string, string>? metadata = null;
        HashSet<string> names = new(StringComparer.Ordinal);
        reader.Read();                                            // the '{' that Parse saw
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name)) { throw new InvalidDataException($"tensor {Show(name)} is there twice; allowed: each name once."); }
            reader.Read();
            if (name == MetadataKey) { metadata = ReadMetadata(ref reader); }
            else { entries.Add(ReadEntry(ref reader, name)); }
        }
        reader.Read();                                            // throws when anything but white space follows the object
        return (entries, metadata ?? []);
    }

    static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) { throw new InvalidDataException($"{MetadataKey} is {Found(reader)}; allowed: an object of strings."); }
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) { throw new InvalidDataException($"{MetadataKey}: {Show(key)} is {Found(reader)}; allowed: a string."); }
            if (!metadata.TryAdd(key, reader.GetString()!)) { throw new InvalidDataException($"{MetadataKey}: {Show(key)} is there twice; allowed: each key once."); }
        }
        return metadata;
    }

    static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) { throw Wrong(name, $"is {Found(reader)}", "an object with dtype, shape and data_offsets"); }
        DType? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            bool twice = key switch { "dtype" => dtype is not null, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false };
            if (twice) { throw Wrong(name, $"has {key} twice", "once"); }
            switch (key)
            {
                case "dtype": dtype = ReadDType(ref reader, name); break;
                case "shape": shape = ReadSizes(ref reader, name, key); break;
                case "data_offsets": offsets = ReadSizes(ref reader, name, key); break;
                default: throw Wrong(name, $"has the key {Show(key)}", "dtype, shape, data_offsets");
            }
        }
        return Consistent(name, dtype ?? throw Wrong(name, "has no dtype", SafetensorsEntry.AllowedDTypes),
            shape ?? throw Wrong(name, "has no shape", "an array of sizes"), offsets ?? throw Wrong(name, "has no data_offsets", "[begin, end]"));
    }

    static DType ReadDType(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.String) { throw Wrong(name, $"dtype is {Found(reader)}", SafetensorsEntry.AllowedDTypes); }
        string text = reader.GetString()!;
        return SafetensorsEntry.DTypeOf(text) ?? throw Wrong(name, $"dtype is {Show(text)}", SafetensorsEntry.AllowedDTypes);
    }

    static long[] ReadSizes(ref Utf8JsonReader reader, string name, string key)
    {
        const string allowed = "an array of integers from 0 to 9223372036854775807";
        if (reader.TokenType != JsonTokenType.StartArray) { throw Wrong(name, $"{key} is {Found(reader)}", allowed); }
        List<long> sizes = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long size) || size < 0) { throw Wrong(name, $"{key} holds {Found(reader)}", allowed); }
            sizes.Add(size);
        }
        return [.. sizes];
    }

    static SafetensorsEntry Consistent(string name, DType dtype, long[] shape, long[] offsets)
    {
        if (offsets is not [long begin, long end]) { throw Wrong(name, $"data_offsets has {offsets.Length} numbers", "2, [begin, end]"); }
        if (begin > end) { throw Wrong(name, $"data_offsets is [{begin}, {end}]", "begin at or before end"); }
        Int128 count = shape.Contains(0) ? 0 : 1;
        foreach (long size in shape)
        {
            count *= size;
            if (count > Array.MaxLength) { throw Wrong(name, $"shape has more than {Array.MaxLength} elements: {Show(TensorShape.Text(shape))}", $"up to {Array.MaxLength}"); }
        }
        long bytes = (long)count * dtype.ByteSize();
        return end - begin == bytes
            ? new(name, dtype, shape, begin, end)
            : throw Wrong(name, $"data_offsets [{begin}, {end}] are {end - begin} bytes", $"{bytes}, for {SafetensorsEntry.NameOf(dtype)} of shape {Show(TensorShape.Text(shape))}");
    }

    static InvalidDataException Wrong(string name, string problem, string allowed) => new($"tensor {Show(name)}: {problem}; allowed: {allowed}.");

    static string Found(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"the string {Show(reader.GetString()!)}",
        JsonTokenType.Number => $"the number {System.Text.Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 100)])}",
        _ => reader.TokenType.ToString().ToLowerInvariant(),
    };
}
