using System.Text.Json.Nodes;

namespace InitNotebooks.Kernel;

/// <summary>A message of the wire protocol, without its signature.</summary>
sealed class JupyterMessage
{
    public IReadOnlyList<byte[]> Identities { get; init; } = [];

    public JsonObject Header { get; init; } = [];

    public JsonObject Parent { get; init; } = [];

    public JsonObject Content { get; init; } = [];

    public string Type => Text(Header, "msg_type");

    public string Id => Text(Header, "msg_id");

    /// <summary>A text in the content; empty if it is missing or not a text.</summary>
    public string Text(string name) => Text(Content, name);

    public bool Flag(string name, bool otherwise) => Content[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag
        : otherwise;

    public int Number(string name, int otherwise) => Content[name] is JsonValue value && value.TryGetValue(out int number) ? number
        : otherwise;

    public static string Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text
        : "";
}
