using Spectre.Console;
using Spectre.Console.Rendering;

namespace TorchInit.Cli;

/// <summary>A table of texts that stays readable in any terminal: where it is too wide, each row becomes a paragraph.</summary>
/// <param name="columns">The titles; numbers are right-aligned.</param>
sealed class TextTable(params (string Title, bool IsNumber)[] columns)
{
    readonly List<string[]> _rows = [];

    /// <summary>Adds a row with one text for each column.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(PlainText.Of)]);

    /// <summary>Writes the table, or its rows one below the other.</summary>
    public void Write(IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach ((string title, bool isNumber) in columns)
        {
            TableColumn column = new(Markup.Escape(title));
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }
        foreach (string[] row in _rows) { table.AddRow(row.Select(cell => new Text(cell))); }
        int width = ((IRenderable)table).Measure(RenderOptions.Create(console), int.MaxValue >> 4).Max;
        if (width <= console.Profile.Width) { console.Write(table); }
        else { _rows.ForEach(row => Paragraph(console, row)); }
    }

    /// <summary>The first cell, and below it the others that are not empty, each with its title.</summary>
    void Paragraph(IAnsiConsole console, string[] row)
    {
        console.WriteLine(row[0].Length > 0 ? row[0] : columns[0].Title);
        string others = string.Join("; ", Enumerable.Range(1, row.Length - 1).Where(at => row[at].Length > 0)
            .Select(at => $"{columns[at].Title} {row[at]}"));
        if (others.Length > 0) { console.Write(new Padder(new Text(others), new Padding(2, 0, 0, 0))); }
    }
}
