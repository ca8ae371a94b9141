using System.Text;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>
/// .dib, both ways: cells as text, each after a line <c>#!language</c>. It keeps no outputs. If a Markdown cell contains such a line,
/// a backslash is written before it, which Markdown does not show and <see cref="Read"/> removes.
/// </summary>
public static partial class Dib
{
    /// <summary>Reads a notebook.</summary>
    /// <param name="text">Untrusted text; any text is a notebook, if only of one C# cell.</param>
    public static Notebook Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Notebook notebook = new();
        (string language, List<string> lines) = ("csharp", []);
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Language().Match(line) is not { Success: true } match)
            {
                lines.Add(language == "markdown" && Escaped().IsMatch(line) ? line[1..] : line);
                continue;
            }
            End();
            language = match.Groups["name"].Value;
        }
        End();
        return notebook;

        void End()
        {
            string source = string.Join('\n', lines).Trim('\n');
            lines.Clear();
            if (language == "meta") { notebook.DibMeta = source; }
            if (source.Length == 0 || language == "meta") { return; }
            bool markdown = language == "markdown";
            notebook.Cells.Add(new()
            {
                Kind = markdown ? "markdown" : "code",
                Language = markdown || language is "c#" ? "csharp"
                : language,
                Source = source,
                Id = $"cell-{notebook.Cells.Count + 1}"
            });
        }
    }

    /// <summary>Writes the text that <see cref="Read"/> reads; raw cells become Markdown.</summary>
    /// <param name="notebook">Any notebook.</param>
    public static string Write(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        StringBuilder text = new();
        if (notebook.DibMeta is { Length: > 0 } meta) { Append("meta", meta); }
        foreach (NotebookCell cell in notebook.Cells)
        {
            string source = cell.Source.Trim('\n');
            if (!cell.IsCode)
            {
                Append("markdown", string.Join('\n', source.Split('\n').Select(line => Marker().IsMatch(line) ? $"\\{line}" : line)));
            }
            // A kernel connected under a name of its own begins no cell; it is selected within one.
            else if (Language().IsMatch($"#!{cell.Language}")) { Append(cell.Language, source); }
            else { Append("csharp", cell.CodeToRun.Trim('\n')); }
        }
        return text.ToString();

        void Append(string language, string source) => text.Append("#!").Append(language).Append("\n\n").Append(source).Append("\n\n");
    }

    // Kernels of .NET Interactive that begin a cell; other #! lines are the cell's own.
    const string Names = "csharp|c#|markdown|html|meta|fsharp|pwsh|javascript|js|sql|kql|mermaid|http|python|pythonkernel|value";

    [GeneratedRegex(@"^#!(?<name>" + Names + @")\s*$")]
    private static partial Regex Language();

    /// <summary>A line of text that would begin a cell, or one that is already escaped.</summary>
    [GeneratedRegex(@"^\\*#!(" + Names + @")\s*$")]
    private static partial Regex Marker();

    [GeneratedRegex(@"^\\+#!(" + Names + @")\s*$")]
    private static partial Regex Escaped();
}
