using System.Globalization;
using System.Text;

namespace TorchInit;

/// <summary>Summary statistics of a tensor and a small histogram.</summary>
/// <param name="Mean">The mean of the finite values, as the other statistics; NaN if there are none.</param>
/// <param name="Std">The standard deviation with divisor n.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="NotFinite">The number of values that are NaN or infinite.</param>
/// <param name="Bars">The number of values in each of equal intervals from <paramref name="Min"/> to <paramref name="Max"/>.</param>
sealed record Spread(double Mean, double Std, double Min, double Max, long NotFinite, int[] Bars)
{
    const int Bins = 24, BarWidth = 4, Height = 24;

    public static Spread Of(TensorBuffer tensor) => tensor.DType switch
    {
        DType.Float32 => Of(tensor.Count, at => tensor.AsSpan<float>()[at]),
        DType.Float64 => Of(tensor.Count, at => tensor.AsSpan<double>()[at]),
        DType.Float16 => Of(tensor.Count, at => (double)tensor.AsSpan<Half>()[at]),
        DType.BFloat16 => Of(tensor.Count, at => (float)tensor.AsSpan<BFloat16>()[at]),
        _ => Of(tensor.Count, at => tensor.Integer(at)),
    };

    /// <summary>Bars in the colour of the text; empty if all values are equal.</summary>
    public string Svg
    {
        get
        {
            if (!(Max > Min)) { return ""; }
            StringBuilder svg = new();
            svg.Append(CultureInfo.InvariantCulture,
                $"<svg width=\"{Bins * BarWidth}\" height=\"{Height}\" role=\"img\" fill=\"currentColor\" "
                    + $"style=\"opacity:.6;vertical-align:middle\">");
            svg.Append(CultureInfo.InvariantCulture, $"<title>{HtmlText.Number(Min)} to {HtmlText.Number(Max)}</title>");
            double most = Bars.Max();
            foreach ((int bar, double share) in Bars.Select((count, bar) => (bar, count / most)))
            {
                double height = Math.Round(share * Height, 1);
                svg.Append(CultureInfo.InvariantCulture,
                    $"<rect x=\"{bar * BarWidth}\" y=\"{Height - height}\" width=\"{BarWidth - 1}\" height=\"{height}\"/>");
            }
            return svg.Append("</svg>").ToString();
        }
    }

    static Spread Of(int count, Func<int, double> element)
    {
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        long finite = 0;
        for (int at = 0; at < count; at++)
        {
            double value = element(at);
            if (!double.IsFinite(value)) { continue; }
            finite++;
            (sum, min, max) = (sum + value, Math.Min(min, value), Math.Max(max, value));
        }
        double mean = sum / finite, squares = 0;
        int[] bars = new int[Bins];
        for (int at = 0; at < count; at++)
        {
            double value = element(at);
            if (!double.IsFinite(value)) { continue; }
            squares += (value - mean) * (value - mean);
            if (max > min) { bars[(int)Math.Clamp((value - min) / (max - min) * Bins, 0, Bins - 1)]++; }
        }
        return finite == 0 ? new(double.NaN, double.NaN, double.NaN, double.NaN, count, bars)
            : new(mean, Math.Sqrt(squares / finite), min, max, count - finite, bars);
    }
}
