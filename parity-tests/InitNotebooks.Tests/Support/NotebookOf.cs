using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests;

/// <summary>Notebooks made of cells, and what their cells gave.</summary>
static class NotebookOf
{
    public static Notebook Cells(params string[] sources)
    {
        Notebook notebook = new();
        foreach (string source in sources) { notebook.Cells.Add(new() { Kind = "code", Source = source, Id = $"cell-{notebook.Cells.Count}" }); }
        return notebook;
    }

    /// <summary>What it wrote to one stream.</summary>
    public static string Stream(NotebookCell cell, string name)
        => string.Concat(cell.Outputs.Where(output => output?["name"]?.GetValue<string>() == name).Select(output => InteractiveOutputs.Text(output!["text"]!)));

    /// <summary>What it showed, in one form.</summary>
    public static IReadOnlyList<string> Shown(NotebookCell cell, string mimeType = "text/plain")
        => [.. cell.Outputs.Select(output => output?["data"]?[mimeType]).OfType<JsonNode>().Select(InteractiveOutputs.Text)];

    /// <summary>The message of its error; null where there was none.</summary>
    public static string? Error(NotebookCell cell)
        => cell.Outputs.FirstOrDefault(output => output?["output_type"]?.GetValue<string>() == "error")?["evalue"]?.GetValue<string>();
}
