using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using InitNotebooks;

namespace TorchInit.Tests.Readme;

/// <summary>The README's picture: the four families' weights beside the law that PyTorch's defaults give them.</summary>
static partial class DefaultsPicture
{
    const int Width = 460, Height = 290;

    public static string Svg()
    {
        Chart[] charts =
        [
            Of("Linear(784, 128)", "weight"),
            Of("Embedding(10000, 16)", "weight"),
            Of("Conv2d(64, 64, 3)", "weight"),
            Of("LSTM(64, 128)", "weight_hh_l0"),
        ];
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {2 * Width} {2 * Height}\" width=\"{2 * Width}\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        foreach ((int place, Chart chart) in charts.Index())
        {
            string at = string.Create(CultureInfo.InvariantCulture,
                $"<svg x=\"{place % 2 * Width}\" y=\"{place / 2 * Height}\" width=\"{Width}\" height=\"{Height}\" $1 ");
            svg.Append(OuterTag().Replace(chart.Svg, at, 1)).Append('\n');
        }
        return svg.Append("</svg>").ToString();
    }

    static Chart Of(string expression, string tensor)
    {
        InitPlan plan = InitPlan.Of(expression);
        float[] weights = plan.Materialize(seed: 0)[tensor].AsSpan<float>().ToArray();
        return Plot.Histogram(weights, bins: 40, Density.Of(plan, tensor), $"{expression}.{tensor}, seed 0");
    }

    [GeneratedRegex("""<svg xmlns="[^"]*" (viewBox="[^"]*") width="\d+" style="[^"]*"\s*""")]
    private static partial Regex OuterTag();
}
