using System.Globalization;

namespace InitNotebooks;

/// <summary>The only set of colours: Okabe and Ito's, which colour-blind readers can tell apart, and two scales that keep their order in
/// print.</summary>
static class Palette
{
    /// <summary>Text, and marks that carry no data of their own.</summary>
    public const string Ink = "#1f2328";

    public const string Paper = "#ffffff";

    public const string Grid = "#e1e4e8";

    /// <summary>The expected values, next to those drawn.</summary>
    public const string Reference = "#57606a";

    static readonly string[] s_colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#595959"];

    static readonly (double R, double G, double B) s_white = (255, 255, 255), s_blue = (8, 69, 148), s_red = (178, 24, 43);

    public static string Of(int index) => s_colors[index % s_colors.Length];

    /// <summary>A colour for a share from 0 to 1: white to blue, or red through white to blue.</summary>
    public static string Scale(double share, bool diverging)
    {
        (double r, double g, double b) = Mixed(share, diverging);
        return string.Create(CultureInfo.InvariantCulture, $"#{(int)r:x2}{(int)g:x2}{(int)b:x2}");
    }

    /// <summary>White or ink, whichever is more readable on the colour of a share.</summary>
    public static string TextOn(double share, bool diverging)
    {
        (double r, double g, double b) = Mixed(share, diverging);
        return 0.299 * r + 0.587 * g + 0.114 * b < 140 ? Paper : Ink;
    }

    /// <summary>The scale in Plotly's form: pairs of share and colour.</summary>
    public static object[] PlotlyScale(bool diverging)
        => [.. new[] { 0.0, 0.25, 0.5, 0.75, 1 }.Select(share => new object[] { share, Scale(share, diverging) })];

    static (double R, double G, double B) Mixed(double share, bool diverging)
    {
        share = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0.5;
        return !diverging ? Mix(s_white, s_blue, share)
            : share < 0.5 ? Mix(s_red, s_white, share * 2)
            : Mix(s_white, s_blue, share * 2 - 1);
    }

    static (double, double, double) Mix((double R, double G, double B) from, (double R, double G, double B) to, double share)
        => (from.R + (to.R - from.R) * share, from.G + (to.G - from.G) * share, from.B + (to.B - from.B) * share);
}
