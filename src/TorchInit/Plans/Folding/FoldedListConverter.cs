using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TorchInit;

/// <summary>
/// A plan's tensors or steps in JSON, one item per line. Where layers repeat, a block stands for them: <c>{"repeat": 48, "as": "i",
/// "items": [{"name": "h.{i}.weight", …}]}</c>. Blocks can be nested. Lists without blocks are read the same way.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="what">What the items are called in an error message.</param>
/// <param name="renamed">Gives an item with every name replaced.</param>
/// <param name="limit">The most items allowed in all, and the name of that limit.</param>
sealed class FoldedListConverter<T>(string what, Func<T, Func<string, string>, T> renamed, Func<(int Most, string Limit)> limit)
    : JsonConverter<IReadOnlyList<T>>
    where T : class
{
    const string Repeat = "repeat", As = "as", Items = "items";

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        PlanUnfold<T> unfold = new(what, renamed, limit());
        unfold.Add(Parts(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)), 0));
        return unfold.Items;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        JsonTypeInfo<T> type = (JsonTypeInfo<T>)PlanJson.LineOptions.GetTypeInfo(typeof(T));
        Write(writer, new PlanFold<T>(value, item => JsonSerializer.Serialize(item, type), renamed).Fold(), type, 0);
    }

    static void Write(Utf8JsonWriter writer, IReadOnlyList<FoldedPart<T>> parts, JsonTypeInfo<T> type, int depth)
    {
        writer.WriteStartArray();
        foreach (FoldedPart<T> part in parts)
        {
            if (part.Item is { } item)
            {
                // The writer starts no new line before a raw value; the space before a value is not one of its own bytes.
                string line = Environment.NewLine + new string(' ', 2 * writer.CurrentDepth) + JsonSerializer.Serialize(item, type);
                writer.WriteRawValue(line, skipInputValidation: true);
                continue;
            }
            writer.WriteStartObject();
            writer.WriteNumber(Repeat, part.Count);
            writer.WriteString(As, IndexForm.Indices.AsSpan(depth, 1));
            writer.WritePropertyName(Items);
            Write(writer, part.Parts, type, depth + 1);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    List<FoldedPart<T>> Parts(ref Utf8JsonReader reader, JsonTypeInfo<T> type, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartArray) { throw new JsonException($"expected a list of {what}"); }
        List<FoldedPart<T>> parts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            FoldedPart<T> part = IsBlock(reader) ? Block(ref reader, type, depth)
                : new(1, JsonSerializer.Deserialize(ref reader, type), []);
            parts.Add(part.Item is not null || part.Parts.Count > 0 ? part
                : throw new JsonException($"one of the {what} is null, or a block's list has no items"));
        }
        return parts;
    }

    /// <summary>The first name decides: no tensor or step has a property named like one of a block's.</summary>
    static bool IsBlock(Utf8JsonReader ahead)
        => ahead.TokenType == JsonTokenType.StartObject && ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName
            && (ahead.ValueTextEquals(Repeat) || ahead.ValueTextEquals(As) || ahead.ValueTextEquals(Items));

    FoldedPart<T> Block(ref Utf8JsonReader reader, JsonTypeInfo<T> type, int depth)
    {
        if (depth == IndexForm.Indices.Length)
        {
            throw new JsonException($"a block is nested in {depth} others; allowed: {IndexForm.Indices.Length - 1}");
        }
        long? count = null;
        string? index = null;
        List<FoldedPart<T>>? parts = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case Repeat when count is null && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number):
                    count = number;
                    break;
                case As when index is null && reader.TokenType == JsonTokenType.String: index = reader.GetString(); break;
                case Items when parts is null: parts = Parts(ref reader, type, depth + 1); break;
                default: throw new JsonException($"property '{name}' of a block is invalid; allowed, once each: {Repeat}, {As}, {Items}");
            }
        }
        if (count is not { } times || index is null || parts is null)
        {
            throw new JsonException($"a block needs {Repeat}, {As} and {Items}");
        }
        if (times < 1) { throw new JsonException($"{Repeat} of a block is {times}; allowed: 1 or more"); }
        if (index != IndexForm.Indices[depth..(depth + 1)])
        {
            throw new JsonException($"'{As}' of a block nested in {depth} others is '{index}'; allowed: '{IndexForm.Indices[depth]}'");
        }
        return new(times, null, parts);
    }
}
