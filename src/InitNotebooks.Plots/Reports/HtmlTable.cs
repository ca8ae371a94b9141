using System.Net;

namespace InitNotebooks;

/// <summary>A table that scrolls by itself on a narrow screen.</summary>
static class HtmlTable
{
    public static string Of(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
        => $"<div class=\"table\"><table><thead><tr>{Cells("th", head)}</tr></thead><tbody>{string.Concat(rows.Select(row => $"<tr>{Cells("td", row)}</tr>\n"))}</tbody></table></div>";

    static string Cells(string tag, IEnumerable<string> cells) => string.Concat(cells.Select(cell => $"<{tag}>{WebUtility.HtmlEncode(cell)}</{tag}>"));
}
