using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>nbformat 4.5, both ways; older 4.x is read and gets cell ids.</summary>
public static partial class Ipynb
{
    static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The notebook that the text holds.</summary>
    /// <param name="json">Untrusted text.</param>
    /// <exception cref="InvalidDataException">It is no JSON, or no notebook of nbformat 4.</exception>
    public static Notebook Read(string json)
    {
        try
        {
            JsonObject root = JsonNode.Parse(json, documentOptions: new() { MaxDepth = 128 }) as JsonObject ?? throw new InvalidDataException("A notebook is a JSON object.");
            if (root["nbformat"]?.GetValue<int>() != 4) { throw new InvalidDataException($"nbformat is {root["nbformat"]?.ToJsonString() ?? "missing"}; allowed: 4."); }
            Notebook notebook = new() { Metadata = root["metadata"]?.DeepClone() as JsonObject ?? Notebook.NewMetadata() };
            HashSet<string> ids = new(StringComparer.Ordinal);
            foreach (JsonNode? cell in root["cells"] as JsonArray ?? throw new InvalidDataException("A notebook has cells."))
            {
                notebook.Cells.Add(ReadCell(cell as JsonObject ?? throw new InvalidDataException("A cell is a JSON object."), notebook.Cells.Count, ids));
            }
            return notebook;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"This is not a notebook: {error.Message}", error);
        }
    }

    /// <summary>The text that <see cref="Read"/> reads; lists of lines, one space of indentation, a line end at the end, as Jupyter writes it.</summary>
    /// <param name="notebook">Any notebook.</param>
    public static string Write(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        JsonObject root = new()
        {
            ["cells"] = new JsonArray([.. notebook.Cells.Select(WriteCell)]),
            ["metadata"] = notebook.Metadata.DeepClone(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return root.ToJsonString(s_options) + "\n";
    }

    /// <summary>A text of nbformat: one string, or a list of lines.</summary>
    internal static string Text(JsonNode? node) => node is JsonArray lines ? string.Concat(lines.Select(line => line?.GetValue<string>())) : node?.GetValue<string>() ?? "";

    static NotebookCell ReadCell(JsonObject cell, int index, HashSet<string> ids)
    {
        string kind = cell["cell_type"]?.GetValue<string>() ?? "";
        if (kind is not ("code" or "markdown" or "raw")) { throw new InvalidDataException($"cell_type is '{kind}'; allowed: code, markdown, raw."); }
        JsonObject metadata = cell["metadata"]?.DeepClone() as JsonObject ?? [];
        string id = cell["id"]?.GetValue<string>() ?? "";
        if (!Id().IsMatch(id) || !ids.Add(id))
        {
            id = $"cell-{index + 1}";
            ids.Add(id);
        }
        JsonArray outputs = cell["outputs"]?.DeepClone() as JsonArray ?? [];
        return new()
        {
            Kind = kind,
            Id = id,
            Source = Text(cell["source"]).ReplaceLineEndings("\n"),
            Metadata = metadata,
            Language = (metadata["polyglot_notebook"]?["kernelName"] ?? metadata["dotnet_interactive"]?["language"])?.GetValue<string>() ?? "csharp",
            Outputs = outputs,
            ExecutionCount = cell["execution_count"]?.GetValue<int>(),
        };
    }

    static JsonNode WriteCell(NotebookCell cell)
    {
        JsonObject json = new() { ["cell_type"] = cell.Kind };
        if (cell.IsCode) { json["execution_count"] = cell.ExecutionCount; }
        json["id"] = cell.Id;
        json["metadata"] = cell.Metadata.DeepClone();
        if (cell.IsCode) { json["outputs"] = cell.Outputs.DeepClone(); }
        json["source"] = Lines(cell.Source);
        return json;
    }

    internal static JsonArray Lines(string text)
    {
        JsonArray lines = [];
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) is var found and >= 0 ? found + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }
        return lines;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex Id();
}
