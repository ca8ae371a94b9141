using System.Globalization;

namespace InitNotebooks;

/// <summary>Colours that are told apart in print and by the colour-blind.</summary>
static class Palette
{
    static readonly string[] s_colors = ["#4063d8", "#d1495b", "#2a9d8f", "#edae49", "#6c4ab6", "#66a182", "#8d6a9f", "#00798c", "#bc5090", "#7a7a7a"];

    public static string Of(int index) => s_colors[index % s_colors.Length];

    /// <summary>A colour for a share of 0 to 1: white to blue, or red by white to blue.</summary>
    public static string Scale(double share, bool diverging)
    {
        share = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0.5;
        (double r, double g, double b) = !diverging ? Mix((255, 255, 255), (33, 74, 160), share)
            : share < 0.5 ? Mix((190, 40, 60), (250, 250, 250), share * 2)
            : Mix((250, 250, 250), (40, 80, 180), share * 2 - 1);
        return string.Create(CultureInfo.InvariantCulture, $"#{(int)r:x2}{(int)g:x2}{(int)b:x2}");
    }

    static (double, double, double) Mix((double R, double G, double B) from, (double R, double G, double B) to, double share)
        => (from.R + (to.R - from.R) * share, from.G + (to.G - from.G) * share, from.B + (to.B - from.B) * share);
}
