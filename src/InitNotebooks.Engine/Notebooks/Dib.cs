using System.Text;
using System.Text.RegularExpressions;

namespace InitNotebooks.Engine;

/// <summary>.dib, both ways: cells as text, each after a line <c>#!language</c>. It keeps no outputs.</summary>
public static partial class Dib
{
    /// <summary>The notebook that the text holds.</summary>
    /// <param name="text">Untrusted text; any text is a notebook, at worst of one C# cell.</param>
    public static Notebook Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Notebook notebook = new();
        (string language, List<string> lines) = ("csharp", []);
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (Language().Match(line) is not { Success: true } match)
            {
                lines.Add(line);
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
            if (source.Length == 0 || language == "meta") { return; }
            bool markdown = language == "markdown";
            notebook.Cells.Add(new() { Kind = markdown ? "markdown" : "code", Language = markdown || language is "c#" ? "csharp" : language, Source = source, Id = $"cell-{notebook.Cells.Count + 1}" });
        }
    }

    /// <summary>The text that <see cref="Read"/> reads; raw cells are Markdown's there.</summary>
    /// <param name="notebook">Any notebook.</param>
    public static string Write(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        StringBuilder text = new();
        foreach (NotebookCell cell in notebook.Cells) { text.Append("#!").Append(cell.IsCode ? cell.Language : "markdown").Append("\n\n").Append(cell.Source.Trim('\n')).Append("\n\n"); }
        return text.ToString();
    }

    // Kernels of .NET Interactive that begin a cell; other #! lines are the cell's own.
    [GeneratedRegex(@"^#!(?<name>csharp|c#|markdown|html|meta|fsharp|pwsh|javascript|js|sql|kql|mermaid|http|python|pythonkernel|value)\s*$")]
    private static partial Regex Language();
}
