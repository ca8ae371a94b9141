using System.Text;

namespace InitNotebooks;

/// <summary>The legend under the axes: each mark as it is drawn, and its name.</summary>
static class SvgLegend
{
    public static void Draw(StringBuilder svg, Figure figure, double top)
    {
        if (figure.Legend.Count == 0) { return; }
        foreach ((int row, var entries) in Margins.Rows(figure).Index())
        {
            double y = top + 14 + 18 * row;
            foreach ((Mark mark, int index, double place) in entries)
            {
                double x = 16 + place;
                Svg.Add(svg,
                    $"""{Sample(mark, Stroke.Of(mark, index), x, y - 4)}<text x="{Svg.Number(x + 32)}" y="{Svg.Number(y)}">{Svg.Text(mark.Name)}</text>""");
            }
        }
    }

    static string Sample(Mark mark, Stroke stroke, double x, double y) => FormattableString.Invariant(mark switch
    {
        BarMark => $"""<rect x="{Svg.Number(x)}" y="{Svg.Number(y - 5)}" width="24" height="10" fill="{stroke.Color}" fill-opacity="0.75"/>""",
        BandMark
            => $"""<rect x="{Svg.Number(x)}" y="{Svg.Number(y - 5)}" width="24" height="10" fill="{stroke.Color}" fill-opacity="0.3"/>""",
        LineMark { Points: true } => $"""<circle cx="{Svg.Number(x + 12)}" cy="{Svg.Number(y)}" r="3" fill="{stroke.Color}"/>""",
        _ => $"""<line x1="{Svg.Number(x)}" x2="{Svg.Number(x + 26)}" y1="{Svg.Number(y)}" y2="{Svg.Number(y)}" {stroke.Svg} stroke-width="2"/>""",
    });
}
