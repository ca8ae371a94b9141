using System.Globalization;
using System.Net;
using System.Text;

namespace InitNotebooks;

/// <summary>
/// A figure as a still picture: what GitHub and other readers without plotly.js show. It has its own light colours; a dark page
/// overrides the classes <c>paper</c>, <c>ink</c>, <c>note</c> and <c>grid</c>.
/// </summary>
static class Svg
{
    public static string Draw(Figure figure)
    {
        Margins margins = Margins.Of(figure);
        Frame frame = Frame.Of(figure, margins);
        double height = frame.Bottom + margins.Bottom + margins.Legend;
        StringBuilder svg = new();
        Add(svg, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Margins.Width} {Number(height)}" width="{Margins.Width}" style="max-width:100%;height:auto"
              role="img" font-family="system-ui, sans-serif" font-size="{Margins.FontSize}" fill="{Palette.Ink}" class="ink">
            """);
        Add(svg,
            $"""<title>{Text(figure.Title)}</title><rect width="{Margins.Width}" height="{Number(height)}" fill="{Palette.Paper}" class="paper"/>""");
        Add(svg, $"""<text x="10" y="22" font-size="{Fitting(figure.Title)}" font-weight="600">{Text(figure.Title)}</text>""");
        if (figure.Note.Length > 0)
        {
            Add(svg,
            $"""<text x="10" y="40" fill="{Palette.Reference}" class="note">{Text(figure.Note)}</text>""");
        }
        SvgAxes.Draw(svg, figure, frame);
        foreach ((int index, Mark mark) in figure.Marks.Index()) { SvgMarks.Draw(svg, mark, frame, Stroke.Of(mark, index)); }
        SvgLegend.Draw(svg, figure, frame.Bottom + margins.Bottom);
        return svg.Append("</svg>").ToString();
    }

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static void Add(StringBuilder svg, FormattableString line) => svg.Append(FormattableString.Invariant(line)).Append('\n');

    /// <summary>A long title is made smaller rather than cut.</summary>
    static string Fitting(string title) => Number(Math.Min(16, (Margins.Width - 20) / (0.57 * Math.Max(1, title.Length))));
}
