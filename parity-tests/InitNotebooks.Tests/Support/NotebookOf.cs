using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests;

/// <summary>Notebooks made of cells, and what their cells gave.</summary>
static class NotebookOf
{
    public static Notebook Cells(params string[] sources)
    {
        Notebook notebook = new();
        foreach ((int at, string source) in sources.Index())
        {
            notebook.Cells.Add(new() { Kind = "code", Source = source, Id = $"cell-{at}" });
        }
        return notebook;
    }

    /// <summary>What it wrote to one stream.</summary>
    public static string Stream(NotebookCell cell, string name)
        => string.Concat(from output in cell.Outputs
                         where output?["name"]?.GetValue<string>() == name
                         select InteractiveOutputs.Text(output["text"]!));

    /// <summary>What it showed, in one form.</summary>
    public static IReadOnlyList<string> Shown(NotebookCell cell, string mimeType = "text/plain")
        => [.. cell.Outputs.Select(output => output?["data"]?[mimeType]).OfType<JsonNode>().Select(InteractiveOutputs.Text)];

    /// <summary>The message of its error; null where there was none.</summary>
    public static string? Error(NotebookCell cell)
        => cell.Outputs.FirstOrDefault(output => output?["output_type"]?.GetValue<string>() == "error")?["evalue"]?.GetValue<string>();
}
