using System.Text;

namespace InitNotebooks;

/// <summary>Lines, numbers and names along the axes of a still picture.</summary>
static class SvgAxes
{
    const int MostNames = 40;

    public static void Draw(StringBuilder svg, Figure figure, Frame frame)
    {
        if (figure.Marks is [BitsMark, ..]) { return; }
        bool slanted = Margins.IsSlanted(figure, frame.Right - frame.Left);
        foreach ((double at, string name) in figure.XNames is { } columns ? Named(columns)
            : Ticks.Written(frame.XLow, frame.XHigh, figure.LogarithmicX))
        {
            string x = Svg.Number(frame.X(at));
            Svg.Add(svg,
                $"""<text x="{x}" y="{Svg.Number(frame.Bottom + 17)}" {(slanted ? Slant(x, frame.Bottom + 14) : "text-anchor=\"middle\"")}>{Svg.Text(name)}</text>""");
        }
        foreach ((double at, string name) in figure.YNames is { } rows ? Named(rows)
            : Ticks.Written(frame.YLow, frame.YHigh, figure.LogarithmicY))
        {
            string y = Svg.Number(frame.Y(at));
            if (figure.YNames is null)
            {
                Svg.Add(svg,
                $"""<line x1="{Svg.Number(frame.Left)}" x2="{Svg.Number(frame.Right)}" y1="{y}" y2="{y}" stroke="{Palette.Grid}" class="grid"/>""");
            }
            Svg.Add(svg,
                $"""<text x="{Svg.Number(frame.Left - 6)}" y="{Svg.Number(frame.Y(at) + 4)}" text-anchor="end">{Svg.Text(name)}</text>""");
        }
        double below = Margins.Of(figure).Bottom;
        if (figure.X.Length > 0)
        {
            Svg.Add(svg,
            $"""<text x="{Svg.Number((frame.Left + frame.Right) / 2)}" y="{Svg.Number(frame.Bottom + below - 6)}" text-anchor="middle">{Svg.Text(figure.X)}</text>""");
        }
        if (figure.Y.Length > 0 && figure.YNames is null)
        {
            Svg.Add(svg,
                $"""<text transform="translate(16 {Svg.Number((frame.Top + frame.Bottom) / 2)}) rotate(-90)" text-anchor="middle">{Svg.Text(figure.Y)}</text>""");
        }
    }

    static string Slant(string x, double y)
        => FormattableString.Invariant($"transform=\"rotate(-36 {x} {Svg.Number(y)})\" text-anchor=\"end\"");

    /// <summary>All names, or as many as fit.</summary>
    static IEnumerable<(double, string)> Named(IReadOnlyList<string> names)
    {
        int step = (names.Count + MostNames - 1) / MostNames;
        return names.Index().Where(name => name.Index % step == 0).Select(name => ((double)name.Index, Margins.Shortened(name.Item)));
    }
}
