namespace InitNotebooks;

/// <summary>How a line looks: each line of a chart has its own colour and its own pattern, and either is enough.</summary>
/// <param name="Color">The colour, in CSS.</param>
/// <param name="Dashes">Lengths of dashes and gaps in pixels; empty for a solid line.</param>
/// <param name="PlotlyDash">Plotly's name of the pattern.</param>
sealed record Stroke(string Color, string Dashes, string PlotlyDash)
{
    static readonly (string Dashes, string Name)[] s_patterns = [("", "solid"), ("9 4", "dash"), ("2 4", "dot"), ("9 4 2 4", "dashdot"),
        ("16 5", "longdash"), ("16 5 2 5", "longdashdot")];

    /// <summary>The stroke of a mark among the marks of its figure; expected values are dashed and grey.</summary>
    public static Stroke Of(Mark mark, int index)
    {
        if (mark is LineMark { Dashed: true } or BandMark) { return new(Palette.Reference, "6 4", "dash"); }
        (string dashes, string name) = s_patterns[index % s_patterns.Length];
        return new(Palette.Of(index), dashes, name);
    }

    /// <summary>The attributes of an SVG line.</summary>
    public string Svg => $"stroke=\"{Color}\"{(Dashes.Length == 0 ? "" : $" stroke-dasharray=\"{Dashes}\"")}";
}
