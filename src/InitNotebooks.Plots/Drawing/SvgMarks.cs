using System.Text;

namespace InitNotebooks;

/// <summary>How each mark is drawn in a still picture.</summary>
static class SvgMarks
{
    const int MostCells = 4096;

    public static void Draw(StringBuilder svg, Mark mark, Frame frame, string color)
    {
        switch (mark)
        {
            case BarMark bars: Bars(svg, bars, frame, color); break;
            case LineMark { Points: true } points: Points(svg, points, frame, color); break;
            case LineMark line: Line(svg, line, frame, color); break;
            case SpreadMark spread: Spread(svg, spread, frame, color); break;
            case CellsMark cells: Cells(svg, cells, frame); break;
            case SpanMark span: Span(svg, span, frame); break;
        }
    }

    static void Bars(StringBuilder svg, BarMark bars, Frame frame, string color)
    {
        StringBuilder path = new();
        foreach ((double center, double height) in bars.Centers.Zip(bars.Heights))
        {
            double x = frame.X(center - bars.Width / 2), width = frame.X(center + bars.Width / 2) - x, y = frame.YOf(height), zero = frame.YOf(0);
            path.Append(FormattableString.Invariant($"M{Svg.Number(x)} {Svg.Number(zero)}V{Svg.Number(y)}h{Svg.Number(width * 0.96)}V{Svg.Number(zero)}z"));
        }
        Svg.Add(svg, $"""<path d="{path}" fill="{color}" fill-opacity="0.75"/>""");
    }

    static void Line(StringBuilder svg, LineMark line, Frame frame, string color)
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
            path.Append(drawing ? 'L' : 'M').Append(Svg.Number(frame.X(x))).Append(' ').Append(Svg.Number(at));
            drawing = true;
        }
        Svg.Add(svg, $"""<path d="{path}" fill="none" stroke="{color}" stroke-width="2"{(line.Dashed ? " stroke-dasharray=\"6 4\"" : "")}/>""");
    }

    static void Points(StringBuilder svg, LineMark points, Frame frame, string color)
    {
        StringBuilder path = new();
        foreach ((double x, double y) in points.Xs.Zip(points.Ys)) { path.Append('M').Append(Svg.Number(frame.X(x))).Append(' ').Append(Svg.Number(frame.YOf(y))).Append("h0"); }
        Svg.Add(svg, $"""<path d="{path}" stroke="{color}" stroke-width="4" stroke-linecap="round"/>""");
    }

    /// <summary>A lens as wide as the sample is dense, with its quartiles.</summary>
    static void Spread(StringBuilder svg, SpreadMark spread, Frame frame, string color)
    {
        const int Slices = 40;
        double low = spread.Sample[0], high = spread.Sample[^1], step = (high - low) / Slices;
        double[] counts = [.. Enumerable.Range(0, Slices).Select(slice => (double)spread.Sample.Count(value => step > 0 && Math.Min(Slices - 1, (int)((value - low) / step)) == slice))];
        double most = Math.Max(1, counts.Max());
        IEnumerable<string> right = counts.Select((count, slice) => $"{Svg.Number(frame.X(spread.Place + 0.4 * count / most))} {Svg.Number(frame.YOf(low + (slice + 0.5) * step))}");
        IEnumerable<string> left = counts.Select((count, slice) => $"{Svg.Number(frame.X(spread.Place - 0.4 * count / most))} {Svg.Number(frame.YOf(low + (slice + 0.5) * step))}").Reverse();
        Svg.Add(svg, $"""<path d="M{string.Join('L', right.Concat(left))}z" fill="{color}" fill-opacity="0.55" stroke="{color}"/>""");
        double[] quartiles = [.. new[] { 0.25, 0.5, 0.75 }.Select(share => spread.Sample[(int)(share * (spread.Sample.Length - 1))])];
        foreach (double quartile in quartiles)
        {
            Svg.Add(svg, $"""<line x1="{Svg.Number(frame.X(spread.Place - 0.12))}" x2="{Svg.Number(frame.X(spread.Place + 0.12))}" y1="{Svg.Number(frame.YOf(quartile))}" y2="{Svg.Number(frame.YOf(quartile))}" stroke="#1f2328" stroke-width="1.5"/>""");
        }
    }

    static void Cells(StringBuilder svg, CellsMark cells, Frame frame)
    {
        int columns = cells.Rows[0].Length;
        double width = (frame.Right - frame.Left) / columns, height = (frame.Bottom - frame.Top) / cells.Rows.Length;
        // One path a colour: a map of 64 × 64 has few.
        var byColor = from row in cells.Rows.Index() from cell in row.Item.Index() group (row.Index, Column: cell.Index) by Palette.Scale((cell.Item - cells.Low) / (cells.High - cells.Low), cells.Diverging);
        if (cells.Rows.Length * columns > MostCells) { byColor = byColor.Take(MostCells); }
        foreach (var color in byColor)
        {
            StringBuilder path = new();
            foreach ((int row, int column) in color) { path.Append('M').Append(Svg.Number(frame.Left + column * width)).Append(' ').Append(Svg.Number(frame.Top + row * height)).Append('h').Append(Svg.Number(width)).Append('v').Append(Svg.Number(height)).Append('h').Append(Svg.Number(-width)).Append('z'); }
            Svg.Add(svg, $"""<path d="{path}" fill="{color.Key}"/>""");
        }
    }

    static void Span(StringBuilder svg, SpanMark span, Frame frame)
    {
        double x = frame.X(span.From), width = Math.Max(1.5, frame.X(span.To) - x), y = frame.Y(span.Lane - 0.35), height = Math.Abs(frame.Y(span.Lane + 0.35) - y);
        Svg.Add(svg, $"""<rect x="{Svg.Number(x)}" y="{Svg.Number(Math.Min(y, frame.Y(span.Lane + 0.35)))}" width="{Svg.Number(width)}" height="{Svg.Number(height)}" fill="{Palette.Of(0)}" fill-opacity="{(span.Faint ? "0.35" : "0.9")}"/>""");
    }
}
