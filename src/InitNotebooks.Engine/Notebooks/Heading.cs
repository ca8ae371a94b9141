using System.Globalization;
using System.Net;
using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InitNotebooks.Engine;

/// <summary>A heading of a notebook's text, for the page's title and list of contents.</summary>
/// <param name="Cell">The cell it is in.</param>
/// <param name="Level">1 to 6.</param>
/// <param name="Text">The text, without its marks.</param>
/// <param name="Id">The id of an anchor before its cell.</param>
sealed record Heading(int Cell, int Level, string Text, string Id)
{
    const int Deepest = 3;

    public static IEnumerable<Heading> Of(Notebook notebook)
        => from cell in notebook.Cells.Index()
           where cell.Item.Kind == "markdown"
           from heading in Markdown.Parse(cell.Item.Source).OfType<HeadingBlock>().Index()
           where heading.Item.Level <= Deepest
           select new Heading(cell.Index, heading.Item.Level, Plain(heading.Item), $"section-{cell.Index}-{heading.Index}");

    /// <summary>The list of contents, folded; empty for fewer than two headings.</summary>
    public static string Contents(IReadOnlyList<Heading> headings)
    {
        if (headings.Count < 2) { return ""; }
        StringBuilder list = new("<nav><details><summary>Contents</summary><ul>\n");
        foreach (Heading heading in headings)
        {
            list.Append(CultureInfo.InvariantCulture, $"<li style=\"margin-left:{heading.Level - 1}rem\">");
            list.Append("<a href=\"#").Append(heading.Id).Append("\">");
            list.Append(WebUtility.HtmlEncode(heading.Text)).Append("</a></li>\n");
        }
        return list.Append("</ul></details></nav>\n").ToString();
    }

    /// <summary>The anchors of a cell's headings.</summary>
    public static string Anchors(IEnumerable<Heading> headings, int cell)
        => string.Concat(headings.Where(heading => heading.Cell == cell).Select(heading => $"<a id=\"{heading.Id}\"></a>"));

    static string Plain(HeadingBlock heading) => string.Concat(heading.Inline?.Descendants().Select(part => part switch
    {
        LiteralInline text => $"{text.Content}",
        CodeInline code => code.Content,
        _ => "",
    }) ?? []);
}
