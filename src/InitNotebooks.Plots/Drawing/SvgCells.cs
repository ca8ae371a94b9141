using System.Text;

namespace InitNotebooks;

/// <summary>Draws a table of colours with its scale in a still picture.</summary>
static class SvgCells
{
    const int Shades = 64;

    public static void Draw(StringBuilder svg, CellsMark cells, Frame frame)
    {
        int columns = cells.Rows[0].Length;
        double width = (frame.Right - frame.Left) / columns, height = (frame.Bottom - frame.Top) / cells.Rows.Length;
        // One path per shade, with neighbours of the same shade joined: a map of 64 × 64 stays small.
        Dictionary<int, StringBuilder> paths = [];
        foreach ((int row, double[] places) in cells.Rows.Index())
        {
            for (int first = 0, next; first < columns; first = next)
            {
                int shade = Shade(cells, places[first]);
                for (next = first + 1; next < columns && Shade(cells, places[next]) == shade; next++) { }
                if (!paths.TryGetValue(shade, out StringBuilder? path)) { paths.Add(shade, path = new()); }
                path.Append('M').Append(Svg.Number(frame.Left + first * width)).Append(' ').Append(Svg.Number(frame.Top + row * height));
                path.Append('h').Append(Svg.Number((next - first) * width)).Append('v').Append(Svg.Number(height)).Append('H')
                    .Append(Svg.Number(frame.Left + first * width)).Append('z');
            }
        }
        foreach ((int shade, StringBuilder path) in paths.OrderBy(entry => entry.Key))
        {
            Svg.Add(svg, $"""<path d="{path}" fill="{Palette.Scale(shade / (double)Shades, cells.Diverging)}"/>""");
        }
        Svg.Add(svg, $"""
            <rect x="{Svg.Number(frame.Left)}" y="{Svg.Number(frame.Top)}" width="{Svg.Number(frame.Right - frame.Left)}" height="{Svg.Number(frame.Bottom - frame.Top)}" fill="none" stroke="{Palette.Reference}"/>
            """);
        Texts(svg, cells, frame, width, height);
        Scale(svg, cells, frame);
    }

    static int Shade(CellsMark cells, double place) => (int)Math.Round(Math.Clamp(cells.Share(place), 0, 1) * Shades);

    static void Texts(StringBuilder svg, CellsMark cells, Frame frame, double width, double height)
    {
        if (cells.Texts is null) { return; }
        double size = Math.Min(Margins.FontSize, (width - 4) / (0.56 * Math.Max(1, cells.Texts.Max(row => row.Max(text => text.Length)))));
        foreach ((int row, string[] texts) in cells.Texts.Index())
        {
            foreach ((int column, string text) in texts.Index())
            {
                Svg.Add(svg, $"""
                    <text x="{Svg.Number(frame.Left + (column + 0.5) * width)}" y="{Svg.Number(frame.Top + (row + 0.5) * height + size * 0.35)}" text-anchor="middle" font-size="{Svg.Number(size)}"
                      fill="{Palette.TextOn(cells.Share(cells.Rows[row][column]), cells.Diverging)}">{Svg.Text(text)}</text>
                    """);
            }
        }
    }

    /// <summary>The scale beside the table: all colours from low to high, and what they mean.</summary>
    static void Scale(StringBuilder svg, CellsMark cells, Frame frame)
    {
        const int Steps = 32, Wide = 14;
        double left = frame.Right + 14, step = (frame.Bottom - frame.Top) / Steps;
        for (int at = 0; at < Steps; at++)
        {
            string color = Palette.Scale((at + 0.5) / Steps, cells.Diverging);
            Svg.Add(svg,
                $"""<rect x="{Svg.Number(left)}" y="{Svg.Number(frame.Bottom - (at + 1) * step)}" width="{Wide}" height="{Svg.Number(step + 0.5)}" fill="{color}"/>""");
        }
        Svg.Add(svg,
            $"""<rect x="{Svg.Number(left)}" y="{Svg.Number(frame.Top)}" width="{Wide}" height="{Svg.Number(frame.Bottom - frame.Top)}" fill="none" stroke="{Palette.Reference}"/>""");
        foreach ((double at, string text) in cells.Scale)
        {
            Svg.Add(svg,
                $"""<text x="{Svg.Number(left + Wide + 5)}" y="{Svg.Number(frame.Bottom - cells.Share(at) * (frame.Bottom - frame.Top) + 4)}">{Svg.Text(text)}</text>""");
        }
        if (cells.Name.Length > 0)
        {
            Svg.Add(svg,
            $"""<text x="{Svg.Number(Margins.Width - 8)}" y="{Svg.Number(frame.Top - 8)}" text-anchor="end">{Svg.Text(cells.Name)}</text>""");
        }
    }
}
