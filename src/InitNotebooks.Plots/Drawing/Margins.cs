namespace InitNotebooks;

/// <summary>Room around the axes of a still picture, from the text that must fit there.</summary>
sealed record Margins(double Left, double Right, double Top, double Bottom, double Legend)
{
    /// <summary>The width of the whole picture, in pixels: shrunk to a phone's 390, its letters are still 8 pixels high.</summary>
    public const int Width = 640;

    public const double FontSize = 13;

    /// <summary>The average width of a letter.</summary>
    public const double Letter = FontSize * 0.56;

    const int LongestName = 30;

    /// <summary>Cosine and sine of the slant of names, 36°.</summary>
    const double Flat = 0.81, Steep = 0.59;

    public static Margins Of(Figure figure)
    {
        bool bits = figure.Marks is [BitsMark, ..];
        double left = bits ? 16
            : figure.YNames is { } rows ? 14 + Letter * rows.Max(name => Shortened(name).Length)
            : figure.Y.Length > 0 ? 76 : 52;
        double right = figure.Marks.Any(mark => mark is CellsMark) ? 96 : 18;
        if (figure.XNames is { Count: > 0 } names && IsSlanted(figure, Width - left - right))
        {
            // The first name ends under its place, this share of the way along the axis, and begins to the left of it.
            double share = 0.4 / (names.Count - 0.2);
            left = Math.Max(left, (8 + Flat * Letter * Shortened(names[0]).Length - share * (Width - right)) / (1 - share));
        }
        double top = 34 + (figure.Note.Length > 0 ? 18 : 0);
        double named = 22;
        if (IsSlanted(figure, Width - left - right)) { named = 16 + Steep * Letter * figure.XNames!.Max(name => Shortened(name).Length); }
        double below = (bits ? 8 : named) + (figure.X.Length > 0 ? 22 : 4);
        return new(left, right, top, below, figure.Legend.Count == 0 ? 0 : 8 + 18 * Rows(figure).Count);
    }

    /// <summary>Whether names are slanted, because they would touch side by side.</summary>
    public static bool IsSlanted(Figure figure, double width)
        => figure.XNames is { Count: > 0 } names && names.Max(name => Shortened(name).Length) * Letter + 8 > width / names.Count
            && names.Max(name => name.Length) > 2;

    public static string Shortened(string name) => name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name;

    /// <summary>The legend's entries, as many per row as fit.</summary>
    public static IReadOnlyList<IReadOnlyList<(Mark Mark, int Index, double X)>> Rows(Figure figure)
    {
        const double Sample = 34, Between = 22;
        List<List<(Mark, int, double)>> rows = [[]];
        double x = 0;
        foreach ((Mark mark, int index) in figure.Legend)
        {
            double width = Sample + mark.Name.Length * Letter + Between;
            if (x > 0 && x + width > Width - 30)
            {
                rows.Add([]);
                x = 0;
            }
            rows[^1].Add((mark, index, x));
            x += width;
        }
        return rows;
    }
}
