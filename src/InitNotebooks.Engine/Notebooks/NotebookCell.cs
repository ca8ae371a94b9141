using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>A cell of a notebook.</summary>
public sealed class NotebookCell
{
    /// <summary><c>code</c>, <c>markdown</c> or <c>raw</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The language of a code cell: <c>csharp</c>, or the name of a connected kernel.</summary>
    public string Language { get; init; } = "csharp";

    /// <summary>The text; lines end in \n.</summary>
    public required string Source { get; init; }

    /// <summary>Unique in the notebook: 1 to 64 letters, digits, - and _.</summary>
    public required string Id { get; init; }

    /// <summary>What front ends store with the cell.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>What the cell wrote and showed, in nbformat.</summary>
    public JsonArray Outputs { get; set; } = [];

    /// <summary>The number in brackets before it; null before it ran.</summary>
    public int? ExecutionCount { get; set; }

    /// <summary>The cell's JSON as read from .ipynb; null if it was not.</summary>
    internal JsonObject? Json { get; init; }

    /// <summary>Whether it can be run.</summary>
    public bool IsCode => Kind == "code";

    /// <summary>Whether its metadata has this tag.</summary>
    /// <param name="tag">For example <c>nocheck</c>.</param>
    public bool HasTag(string tag) => Metadata["tags"] is JsonArray tags && tags.Any(each => Ipynb.String(each) == tag);

    /// <summary>The source, with a line that selects its language if only the metadata did.</summary>
    public string CodeToRun => Language == "csharp" || Source.TrimStart().StartsWith("#!", StringComparison.Ordinal) ? Source
        : $"#!{Language}\n{Source}";
}
