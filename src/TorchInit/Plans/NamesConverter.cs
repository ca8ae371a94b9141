using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchInit;

/// <summary>The members of an enum as words in lower case with underscores; an error lists them.</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <param name="also">A second spelling that is read, and never written; null if there is none.</param>
sealed class NamesConverter<T>(Func<T, string>? also = null) : JsonConverter<T>
    where T : struct, Enum
{
    static readonly Dictionary<string, T> s_members = Enum.GetValues<T>().ToDictionary(Name, StringComparer.OrdinalIgnoreCase);

    readonly Dictionary<string, T> _others = also is null ? [] : Enum.GetValues<T>().ToDictionary(also, StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null && (s_members.TryGetValue(text, out T member) || _others.TryGetValue(text, out member)) ? member
            : throw new JsonException($"{(text is null ? "a value that is no text" : $"'{text}'")} where allowed are "
                + $"{string.Join(", ", s_members.Keys)}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Name(value));

    static string Name(T member) => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());
}
