namespace InitNotebooks;

/// <summary>What a chart shows, before any form of drawing.</summary>
sealed record Figure(string Title, string X, string Y, IReadOnlyList<Mark> Marks)
{
    public bool LogarithmicY { get; init; }

    /// <summary>Names at 0, 1, 2, … instead of numbers.</summary>
    public IReadOnlyList<string>? XNames { get; init; }

    public IReadOnlyList<string>? YNames { get; init; }

    /// <summary>The first row on top, as a table is read.</summary>
    public bool YDownwards { get; init; }

    /// <summary>In pixels, at a width of <see cref="Svg.Width"/>.</summary>
    public int Height { get; init; } = 400;

    /// <summary>What the picture says in a line of text.</summary>
    public required string Summary { get; init; }
}
