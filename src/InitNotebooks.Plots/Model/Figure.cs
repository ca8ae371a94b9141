namespace InitNotebooks;

/// <summary>What a chart shows, before any form of drawing.</summary>
sealed record Figure(string Title, string X, string Y, IReadOnlyList<Mark> Marks)
{
    /// <summary>The note under the title: how many values, what a cell stands for.</summary>
    public string Note { get; init; } = "";

    public bool LogarithmicX { get; init; }

    public bool LogarithmicY { get; init; }

    /// <summary>Names at 0, 1, 2, … in place of numbers.</summary>
    public IReadOnlyList<string>? XNames { get; init; }

    public IReadOnlyList<string>? YNames { get; init; }

    /// <summary>Puts the first row on top, as in a table.</summary>
    public bool YDownwards { get; init; }

    /// <summary>The height of the part inside the axes, in pixels, at a width of <see cref="Margins.Width"/> for the whole.</summary>
    public int Height { get; init; } = 300;

    /// <summary>What the picture shows, in a line of text.</summary>
    public required string Summary { get; init; }

    /// <summary>The marks that a legend names; none if there is only one.</summary>
    public IReadOnlyList<(Mark Mark, int Index)> Legend
    {
        get
        {
            (Mark, int)[] named = [.. Marks.Index().Where(mark => mark.Item is LineMark or BarMark or BandMark
                && mark.Item.Name.Length > 0).Select(mark => (mark.Item, mark.Index))];
            return named.Length > 1 ? named : [];
        }
    }
}
