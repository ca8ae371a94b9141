namespace InitNotebooks;

/// <summary>A table that scrolls by itself on a narrow screen.</summary>
static class HtmlTable
{
    /// <summary>Columns whose head ends in <c>#</c> are numbers: right-aligned, without the sign.</summary>
    public static string Of(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
        => $"<div class=\"table\"><table><thead><tr>{Cells("th", head, head)}</tr></thead><tbody>{string.Concat(rows.Select(row => $"<tr>{Cells("td", head, row)}</tr>\n"))}</tbody></table></div>";

    static string Cells(string tag, IReadOnlyList<string> head, IReadOnlyList<string> cells)
        => string.Concat(cells.Select((cell, at)
            => $"<{tag}{(head[at].EndsWith('#') ? " class=\"number\"" : "")}>{HtmlReport.Encode(ReferenceEquals(head, cells) ? cell.TrimEnd('#') : cell)}</{tag}>"));
}
