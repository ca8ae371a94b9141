using System.Text.Json.Nodes;

namespace InitNotebooks.Engine;

/// <summary>A notebook's JSON as it was read.</summary>
sealed record NotebookSource(JsonObject Root, JsonLayout Layout);

/// <summary>The layout of a JSON text, which a program that changes one value should keep.</summary>
/// <param name="IndentCharacter">A space or a tab.</param>
/// <param name="IndentSize">How many per level; 0 for a single line.</param>
/// <param name="NewLine">\n or \r\n.</param>
/// <param name="End">What follows the last bracket.</param>
readonly record struct JsonLayout(char IndentCharacter, int IndentSize, string NewLine, string End)
{
    const int MostIndent = 16;

    /// <summary>The layout that Jupyter writes.</summary>
    public static JsonLayout Jupyter { get; } = new(' ', 1, "\n", "\n");

    /// <summary>The layout of <paramref name="json"/>, which is valid, judged by its second line and its end.</summary>
    public static JsonLayout Of(string json)
    {
        string newLine = json.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string end = json[json.AsSpan().TrimEnd().Length..];
        int first = json.IndexOf('\n', StringComparison.Ordinal);
        if (first < 0 || first >= json.Length - end.Length) { return new(' ', 0, newLine, end); }
        ReadOnlySpan<char> line = json.AsSpan(first + 1);
        ReadOnlySpan<char> indent = line[..^line.TrimStart(" \t").Length];
        char character = indent.Contains('\t') ? '\t' : ' ';
        return new(character, Math.Clamp(indent.Count(character), 1, MostIndent), newLine, end);
    }
}
