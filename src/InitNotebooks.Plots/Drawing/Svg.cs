using System.Globalization;
using System.Net;
using System.Text;

namespace InitNotebooks;

/// <summary>A figure as a still picture: what GitHub and every other reader without plotly.js shows.</summary>
static class Svg
{
    public const int Width = 760;

    const double Left = 70, Right = 20, Top = 44, Bottom = 52;

    public static string Draw(Figure figure)
    {
        Frame frame = Frame.Of(figure, Left, Width - Right - (figure.Marks.Count(mark => mark is LineMark or BarMark) > 1 ? 170 : 0), Top, figure.Height - Bottom);
        StringBuilder svg = new();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {figure.Height}" width="{Width}" height="{figure.Height}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2328">""");
        Add(svg, $"""<rect width="{Width}" height="{figure.Height}" fill="#ffffff"/><text x="{Left}" y="24" font-size="15" font-weight="600">{Text(figure.Title)}</text>""");
        Axes(svg, figure, frame);
        foreach ((int index, Mark mark) in figure.Marks.Index()) { SvgMarks.Draw(svg, mark, frame, Palette.Of(index)); }
        Legend(svg, figure);
        return svg.Append("</svg>").ToString();
    }

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static void Add(StringBuilder svg, FormattableString line) => svg.Append(FormattableString.Invariant(line)).Append('\n');

    static void Axes(StringBuilder svg, Figure figure, Frame frame)
    {
        foreach ((double at, string name) in figure.XNames is { } columns ? Named(columns, columns.All(name => name.Length <= 2) ? 40 : 12) : Numbered(frame.XLow, frame.XHigh, logarithmic: false))
        {
            Add(svg, $"""<text x="{Number(frame.X(at))}" y="{frame.Bottom + 16}" text-anchor="middle" font-size="{(figure.XNames is null ? 12 : 10)}">{Text(name)}</text>""");
        }
        foreach ((double at, string name) in figure.YNames is { } rows ? Named(rows, 30) : Numbered(frame.YLow, frame.YHigh, figure.LogarithmicY))
        {
            Add(svg, $"""<line x1="{frame.Left}" x2="{frame.Right}" y1="{Number(frame.Y(at))}" y2="{Number(frame.Y(at))}" stroke="#e6e8eb"/>""");
            Add(svg, $"""<text x="{frame.Left - 6}" y="{Number(frame.Y(at) + 4)}" text-anchor="end" font-size="{(figure.YNames is null ? 12 : 9)}">{Text(name)}</text>""");
        }
        Add(svg, $"""<text x="{Number((frame.Left + frame.Right) / 2)}" y="{figure.Height - 10}" text-anchor="middle">{Text(figure.X)}</text>""");
        if (figure.YNames is null) { Add(svg, $"""<text transform="translate(14 {Number((frame.Top + frame.Bottom) / 2)}) rotate(-90)" text-anchor="middle">{Text(figure.Y)}</text>"""); }
    }

    static void Legend(StringBuilder svg, Figure figure)
    {
        if (figure.Marks.Count(mark => mark is LineMark or BarMark) < 2) { return; }
        foreach ((int index, Mark mark) in figure.Marks.Index().Where(entry => entry.Item.Name.Length > 0))
        {
            double y = Top + 10 + 18 * index;
            Add(svg, $"""<rect x="{Width - 175}" y="{y - 9}" width="10" height="10" fill="{Palette.Of(index)}"/><text x="{Width - 160}" y="{y}" font-size="11">{Text(mark.Name)}</text>""");
        }
    }

    static IEnumerable<(double, string)> Numbered(double low, double high, bool logarithmic)
        => logarithmic ? Ticks.Of(low, high).Where(tick => tick == Math.Floor(tick)).Select(tick => (tick, string.Create(CultureInfo.InvariantCulture, $"1e{tick:0}")))
            : Ticks.Of(low, high).Select(tick => (tick, tick.ToString("G6", CultureInfo.InvariantCulture)));

    /// <summary>All names, or as many as there is room for.</summary>
    static IEnumerable<(double, string)> Named(IReadOnlyList<string> names, int most)
    {
        int step = (names.Count + most - 1) / most;
        return names.Index().Where(name => name.Index % step == 0).Select(name => ((double)name.Index, name.Item.Length > 22 ? name.Item[..21] + "…" : name.Item));
    }
}
