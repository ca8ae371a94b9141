using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>nbformat 4, both ways. Unknown content is written back where it was; cells without an id, or with another's,
/// get one.</summary>
public static partial class Ipynb
{
    const int MostDepth = 128;

    /// <summary>Reads a notebook.</summary>
    /// <param name="json">Untrusted text.</param>
    /// <exception cref="InvalidDataException">The text is not JSON, repeats a key, or is not a notebook of nbformat 4.</exception>
    public static Notebook Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            JsonNode? node = JsonNode.Parse(json, documentOptions: new() { MaxDepth = MostDepth, AllowDuplicateProperties = false });
            JsonObject root = node as JsonObject ?? throw new InvalidDataException("A notebook is a JSON object.");
            if (Number(root["nbformat"]) != 4) { throw new InvalidDataException($"nbformat is {Shown(root["nbformat"])}; allowed: 4."); }
            // An escaped lone surrogate is valid JSON, but not text that could be written again.
            if (json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase)) { _ = root.ToJsonString(); }
            JsonArray cells = root["cells"] as JsonArray ?? throw new InvalidDataException("A notebook has cells.");
            Notebook notebook = new()
            {
                Metadata = root["metadata"]?.DeepClone() as JsonObject ?? Notebook.NewMetadata(),
                Source = new(root, JsonLayout.Of(json))
            };
            string[] ids = Ids(cells);
            foreach (JsonNode? cell in cells)
            {
                notebook.Cells.Add(ReadCell(cell as JsonObject ?? throw new InvalidDataException("A cell is a JSON object."),
                    ids[notebook.Cells.Count]));
            }
            return notebook;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"This is not a notebook: {error.Message}", error);
        }
    }

    /// <summary>Text in nbformat: one string, or a list of lines; anything else is shown as its JSON.</summary>
    internal static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => String(line) ?? line?.ToJsonString())),
        _ => String(node) ?? node.ToJsonString(),
    };

    /// <summary>The node's string; null for any other node.</summary>
    internal static string? String(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>An object's member of that name; null if it is not an object, or has no such member.</summary>
    internal static JsonNode? Member(JsonNode? node, string name) => node is JsonObject members
        && members.TryGetPropertyValue(name, out JsonNode? value) ? value : null;

    internal static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    static string Shown(JsonNode? node)
    {
        string text = node?.ToJsonString() ?? "missing";
        return text.Length <= 100 ? text : $"{text[..100]}…";
    }

    /// <summary>Each cell's own id, if no earlier cell has it; the others get an unused one.</summary>
    static string[] Ids(JsonArray cells)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        string?[] ids = [.. cells.Select(cell => String(Member(cell, "id")) is { } id && Id().IsMatch(id) && taken.Add(id) ? id : null)];
        for (int at = 0; at < ids.Length; at++)
        {
            for (int attempt = 0; ids[at] is null; attempt++)
            {
                string id = attempt == 0 ? $"cell-{at + 1}" : $"cell-{at + 1}-{attempt + 1}";
                if (taken.Add(id)) { ids[at] = id; }
            }
        }
        return ids!;
    }

    static NotebookCell ReadCell(JsonObject cell, string id)
    {
        string kind = String(cell["cell_type"]) ?? "";
        if (kind is not ("code" or "markdown" or "raw"))
        {
            throw new InvalidDataException($"cell_type is {Shown(cell["cell_type"])}; allowed: code, markdown, raw.");
        }
        JsonObject metadata = cell["metadata"]?.DeepClone() as JsonObject ?? [];
        return new()
        {
            Kind = kind,
            Id = id,
            Source = Text(cell["source"]).ReplaceLineEndings("\n"),
            Metadata = metadata,
            Language = String(Member(Member(metadata, "polyglot_notebook"),
                "kernelName")) ?? String(Member(Member(metadata, "dotnet_interactive"), "language")) ?? "csharp",
            Outputs = cell["outputs"]?.DeepClone() as JsonArray ?? [],
            ExecutionCount = Number(cell["execution_count"]),
            Json = cell,
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Id();
}
