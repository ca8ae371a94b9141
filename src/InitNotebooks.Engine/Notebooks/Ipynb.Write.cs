using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

public static partial class Ipynb
{
    // The nbformat from which on cells have ids.
    const int MinorWithIds = 5;

    /// <summary>Writes the text that <see cref="Read"/> reads: lists of lines, indented by one space, with a final newline, as Jupyter
    /// does.</summary>
    /// <param name="notebook">Any notebook. One that was read keeps its unknown fields, the order of keys, and its
    /// layout.</param>
    public static string Write(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        (JsonObject? read, JsonLayout layout) = notebook.Source is { } source ? (source.Root, source.Layout) : (null, JsonLayout.Jupyter);
        int minor = read is null ? MinorWithIds : Number(read["nbformat_minor"]) ?? MinorWithIds;
        JsonObject root = Copy(read, "cells", "metadata");
        root["cells"] = new JsonArray([.. notebook.Cells.Select(cell => WriteCell(cell, minor >= MinorWithIds))]);
        root["metadata"] = notebook.Metadata.DeepClone();
        root.TryAdd("nbformat", 4);
        root.TryAdd("nbformat_minor", minor);
        JsonSerializerOptions options = new()
        {
            WriteIndented = layout.IndentSize > 0,
            IndentCharacter = layout.IndentCharacter,
            IndentSize = Math.Max(layout.IndentSize, 1),
            NewLine = layout.NewLine,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MostDepth + 16,
        };
        return root.ToJsonString(options) + layout.End;
    }

    static JsonObject WriteCell(NotebookCell cell, bool hasId)
    {
        JsonObject json = Copy(cell.Json, "metadata", "outputs");
        json["cell_type"] = cell.Kind;
        if (cell.IsCode) { json["execution_count"] = cell.ExecutionCount; }
        if (hasId) { json["id"] = cell.Id; }
        json["metadata"] = Metadata(cell);
        if (cell.IsCode) { json["outputs"] = cell.Outputs.DeepClone(); }
        else if (Member(cell.Json, "outputs") is { } kept) { json["outputs"] = kept.DeepClone(); }
        // A source that was read stays as written: a list of lines or one string, with its line ends.
        if (cell.Json is null || Text(cell.Json["source"]).ReplaceLineEndings("\n") != cell.Source) { json["source"] = Lines(cell.Source); }
        return json;
    }

    /// <summary>The cell's metadata; if nothing there gives the language of a cell that is not C#, this adds it, as Polyglot Notebooks
    /// does.</summary>
    static JsonNode Metadata(NotebookCell cell)
    {
        JsonNode metadata = cell.Metadata.DeepClone();
        if (cell is { IsCode: true, Json: null } && cell.Language != "csharp" && !cell.Metadata.ContainsKey("polyglot_notebook"))
        {
            metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = cell.Language };
        }
        return metadata;
    }

    /// <summary>The members in their order; those set later keep their place.</summary>
    static JsonObject Copy(JsonObject? read, params ReadOnlySpan<string> set)
    {
        JsonObject copy = [];
        foreach ((string name, JsonNode? value) in read ?? []) { copy[name] = set.Contains(name) ? null : value?.DeepClone(); }
        return copy;
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
}
