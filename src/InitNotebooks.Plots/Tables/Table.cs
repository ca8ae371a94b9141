using System.Globalization;
using System.Net;

namespace InitNotebooks;

/// <summary>A table in a notebook: HTML if the front end renders it, aligned text elsewhere. Numbers are
/// right-aligned.</summary>
/// <param name="Headers">One header per column.</param>
[TypeFormatterSource(typeof(TableFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record Table(params IReadOnlyList<string> Headers)
{
    readonly List<IReadOnlyList<object?>> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One per column. Whole numbers are written in groups of three, others with up to four digits, strings as they
    /// are.</param>
    /// <returns>The table, for the next row.</returns>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public Table Add(params IReadOnlyList<object?> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count != Headers.Count)
        {
            throw new ArgumentException($"cells has {cells.Count}; allowed: one for each of the {Headers.Count} columns.", nameof(cells));
        }
        _rows.Add(cells);
        return this;
    }

    /// <summary>Adds a row for each item.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">The items, in the order of the rows.</param>
    /// <param name="cells">The cells for an item.</param>
    /// <returns>The table.</returns>
    public Table AddAll<T>(IEnumerable<T> items, Func<T, IReadOnlyList<object?>> cells)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(cells);
        foreach (T item in items) { Add(cells(item)); }
        return this;
    }

    /// <summary>An HTML table that scrolls if it is too wide.</summary>
    public string Html
    {
        get
        {
            string head = string.Concat(Headers.Select((header,
                column) => $"<th style=\"text-align:{Side(column)}\">{WebUtility.HtmlEncode(header)}</th>"));
            string body = string.Concat(_rows.Select(row => $"<tr>{string.Concat(row.Select((cell, column) => $"<td style=\"text-align:{Side(column)}\">{WebUtility.HtmlEncode(Written(cell))}</td>"))}</tr>\n"));
            return $"<div style=\"overflow-x:auto\"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>";
        }
    }

    /// <summary>The columns aligned by spaces, each as wide as its widest cell.</summary>
    public override string ToString()
    {
        string[][] all = [[.. Headers], .. _rows.Select(row => (string[])[.. row.Select(Written)])];
        int[] widths = [.. Headers.Select((_, column) => all.Max(row => row[column].Length))];
        return string.Join('\n',
            all.Select(row => string.Join("   ",
            row.Select((cell, column) => IsNumeric(column) ? cell.PadLeft(widths[column])
            : cell.PadRight(widths[column]))).TrimEnd()));
    }

    string Side(int column) => IsNumeric(column) ? "right" : "left";

    bool IsNumeric(int column) => _rows.Count > 0 && _rows.All(row => row[column] is null or IConvertible and not string and not bool);

    static string Written(object? cell) => cell switch
    {
        null => "",
        double or float or decimal => Convert.ToDouble(cell, CultureInfo.InvariantCulture) is var number && double.IsFinite(number)
            ? number.ToString("G4", CultureInfo.InvariantCulture) : $"{cell}",
        IConvertible and not string and not bool and not char and not Enum
            => Convert.ToDecimal(cell, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
        _ => $"{cell}",
    };
}
