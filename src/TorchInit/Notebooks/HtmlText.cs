using System.Globalization;
using System.Net;

namespace TorchInit;

/// <summary>The small HTML by which the library's types are shown. It sets no colours, so a dark page stays dark.</summary>
static class HtmlText
{
    /// <summary>The most rows of a table that are shown; the rest are counted.</summary>
    public const int MostRows = 200;

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A heading above the rest.</summary>
    public static string Head(string bold, string rest)
        => $"<div><b>{Text(bold)}</b> <span style=\"opacity:.75\">{Text(rest)}</span></div>";

    /// <summary>A table that scrolls if it is too wide.</summary>
    /// <param name="columns">Names; a name that begins with <c>#</c> marks a column of numbers, aligned right.</param>
    /// <param name="rows">Cells as HTML.</param>
    /// <param name="count">The number of rows.</param>
    public static string Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, long count)
    {
        string Side(int column) => columns[column].StartsWith('#') ? "right" : "left";
        string Cells(string tag, IEnumerable<string> cells)
            => string.Concat(cells.Select((cell, column) => $"<{tag} style=\"text-align:{Side(column)}\">{cell}</{tag}>"));
        string head = Cells("th", columns.Select(name => Text(name.TrimStart('#'))));
        string body = string.Concat(rows.Take(MostRows).Select(row => $"<tr>{Cells("td", row)}</tr>\n"));
        string more = count > MostRows ? $"<div>… and {Count(count - MostRows)} more</div>" : "";
        return $"<div style=\"overflow-x:auto\"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>{more}";
    }
}
