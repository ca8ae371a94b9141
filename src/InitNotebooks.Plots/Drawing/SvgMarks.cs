using System.Text;

namespace InitNotebooks;

/// <summary>Draws each mark in a still picture.</summary>
static class SvgMarks
{
    public static void Draw(StringBuilder svg, Mark mark, Frame frame, Stroke stroke)
    {
        switch (mark)
        {
            case BarMark bars: Bars(svg, bars, frame, stroke); break;
            case BandMark band: Band(svg, band, frame, stroke); break;
            case LineMark { Points: true } points: Points(svg, points, frame, stroke); break;
            case LineMark line: Line(svg, line, frame, stroke); break;
            case SpreadMark spread: Spread(svg, spread, frame, stroke); break;
            case CellsMark cells: SvgCells.Draw(svg, cells, frame); break;
            case BitsMark bits: SvgBits.Draw(svg, bits, frame); break;
            case SpanMark span: Span(svg, span, frame); break;
        }
    }

    static void Bars(StringBuilder svg, BarMark bars, Frame frame, Stroke stroke)
    {
        StringBuilder path = new();
        foreach ((double center, double height) in bars.Centers.Zip(bars.Heights))
        {
            double x = frame.X(center - bars.Width / 2), width = frame.X(center + bars.Width / 2) - x, y = frame.YOf(height),
                zero = frame.YOf(0);
            path.Append(FormattableString.Invariant($"M{Svg.Number(x)} {Svg.Number(zero)}V{Svg.Number(y)}h{Svg.Number(width * 0.96)}V{Svg.Number(zero)}z"));
        }
        Svg.Add(svg, $"""<path d="{path}" fill="{stroke.Color}" fill-opacity="0.75"/>""");
    }

    static void Band(StringBuilder svg, BandMark band, Frame frame, Stroke stroke)
    {
        string corners = string.Join('L',
            band.Corners.Select(corner => $"{Svg.Number(frame.XOf(corner.X))} {Svg.Number(frame.YOf(corner.Y))}"));
        Svg.Add(svg, $"""<path d="M{corners}z" fill="{stroke.Color}" fill-opacity="0.3"/>""");
    }

    static void Line(StringBuilder svg, LineMark line, Frame frame, Stroke stroke)
    {
        StringBuilder path = new();
        bool drawing = false;
        foreach ((double x, double y) in line.Xs.Zip(line.Ys))
        {
            double at = frame.YOf(y);
            if (!double.IsFinite(at))
            {
                drawing = false;
                continue;
            }
            path.Append(drawing ? 'L' : 'M').Append(Svg.Number(frame.XOf(x))).Append(' ').Append(Svg.Number(at));
            drawing = true;
        }
        Svg.Add(svg, $"""<path d="{path}" fill="none" {stroke.Svg} stroke-width="2"/>""");
    }

    static void Points(StringBuilder svg, LineMark points, Frame frame, Stroke stroke)
    {
        StringBuilder path = new();
        foreach ((double x,
            double y) in points.Xs.Zip(points.Ys))
        {
            path.Append('M').Append(Svg.Number(frame.XOf(x))).Append(' ')
                .Append(Svg.Number(frame.YOf(y))).Append("h0");
        }
        Svg.Add(svg, $"""<path d="{path}" stroke="{stroke.Color}" stroke-width="4" stroke-linecap="round"/>""");
    }

    /// <summary>A lens as wide as the sample is dense, with its quartiles.</summary>
    static void Spread(StringBuilder svg, SpreadMark spread, Frame frame, Stroke stroke)
    {
        const int Slices = 40;
        double low = spread.Sample[0], high = spread.Sample[^1], step = (high - low) / Slices;
        double[] counts = new double[Slices];
        foreach (double value in spread.Sample) { counts[step > 0 ? Math.Min(Slices - 1, (int)((value - low) / step)) : 0]++; }
        double most = Math.Max(1, counts.Max());
        string Corner(int slice, double side)
            => $"{Svg.Number(frame.X(spread.Place + side * 0.4 * counts[slice] / most))} "
                + $"{Svg.Number(frame.YOf(low + (slice + 0.5) * step))}";
        IEnumerable<string> corners = Enumerable.Range(0, Slices).Select(slice => Corner(slice, 1))
            .Concat(Enumerable.Range(0, Slices).Reverse().Select(slice => Corner(slice, -1)));
        Svg.Add(svg, $"""<path d="M{string.Join('L', corners)}z" fill="{stroke.Color}" fill-opacity="0.55" stroke="{stroke.Color}"/>""");
        foreach (double share in new[] { 0.25, 0.5, 0.75 })
        {
            string y = Svg.Number(frame.YOf(spread.Sample[(int)(share * (spread.Sample.Length - 1))]));
            Svg.Add(svg, $"""
                <line x1="{Svg.Number(frame.X(spread.Place - 0.12))}" x2="{Svg.Number(frame.X(spread.Place + 0.12))}" y1="{y}" y2="{y}" stroke="{Palette.Ink}" stroke-width="1.5"/>
                """);
        }
    }

    static void Span(StringBuilder svg, SpanMark span, Frame frame)
    {
        double x = frame.X(span.From), width = Math.Max(1.5, frame.X(span.To) - x), top = frame.Y(span.Lane - 0.35),
            bottom = frame.Y(span.Lane + 0.35);
        Svg.Add(svg, $"""
            <rect x="{Svg.Number(x)}" y="{Svg.Number(Math.Min(top, bottom))}" width="{Svg.Number(width)}" height="{Svg.Number(Math.Abs(bottom - top))}"
              fill="{Palette.Of(0)}" fill-opacity="{(span.Faint ? "0.15" : "0.9")}" stroke="{Palette.Of(0)}"{(span.Faint ? " stroke-dasharray=\"3 3\"" : "")}/>
            """);
    }
}
