using System.Net;
using ColorCode;

namespace InitNotebooks.Engine;

/// <summary>A code cell as HTML with a class for each word; the page's style gives them colours.</summary>
static class CodeColours
{
    const int MostLetters = 20_000;         // the highlighter's patterns are made for handwritten code

    static readonly Dictionary<string, ILanguage> s_languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csharp"] = Languages.CSharp,
        ["python"] = Languages.Python,
        ["fsharp"] = Languages.FSharp,
        ["html"] = Languages.Html,
        ["javascript"] = Languages.JavaScript,
        ["sql"] = Languages.Sql,
    };

    public static string Html(NotebookCell cell)
    {
        string language = MagicLine.Parse(cell.CodeToRun.Split('\n', 2)[0]) is { } line && s_languages.ContainsKey(line.Name) ? line.Name
            : cell.Language;
        if (cell.Source.Length > MostLetters || !s_languages.TryGetValue(language, out ILanguage? known))
        {
            return $"<pre><code>{WebUtility.HtmlEncode(cell.Source)}</code></pre>";
        }
        string html = new HtmlClassFormatter().GetHtmlString(cell.Source, known);
        int start = html.IndexOf("<pre>", StringComparison.Ordinal), end = html.LastIndexOf("</pre>", StringComparison.Ordinal);
        return $"<pre><code>{html[(start + "<pre>".Length)..end].Trim('\r', '\n').ReplaceLineEndings("\n")}</code></pre>";
    }
}
