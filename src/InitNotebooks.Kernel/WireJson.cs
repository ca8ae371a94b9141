using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InitNotebooks.Kernel;

/// <summary>Reads a message part completely, so that nothing in it can throw later: JsonNode reads lazily.</summary>
static class WireJson
{
    static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// Returns the object; empty for other JSON. Invalid Unicode, in bytes or as an escape, becomes U+FFFD: a front end may send half
    /// an emoji.
    /// </summary>
    /// <exception cref="JsonException">The bytes are not JSON, are nested too deeply, or repeat a name.</exception>
    public static JsonObject Read(byte[] bytes)
        => JsonNode.Parse(WithoutLoneSurrogates(Encoding.UTF8.GetString(bytes)), documentOptions: s_strict) as JsonObject ?? [];

    static string WithoutLoneSurrogates(string json)
    {
        if (!json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase)) { return json; }
        StringBuilder text = new(json.Length);
        for (int at = 0; at < json.Length;)
        {
            if (json[at] != '\\')
            {
                text.Append(json[at++]);
                continue;
            }
            bool pair = char.IsHighSurrogate(Escaped(json, at)) && char.IsLowSurrogate(Escaped(json, at + 6));
            int length = pair ? 12 : Escaped(json, at) != '\0' ? 6 : Math.Min(2, json.Length - at);
            text.Append(!pair && char.IsSurrogate(Escaped(json, at)) ? "\ufffd" : json.AsSpan(at, length));
            at += length;
        }
        return text.ToString();
    }

    /// <summary>The character that <c>\uXXXX</c> stands for; NUL if there is no such escape.</summary>
    static char Escaped(string json, int at)
        => at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
            && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit : '\0';
}
