using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Commonly used standard deviations of matrices: torch's defaults, the schemes of papers, and constants of well-known
/// models.</summary>
static class KnownSchemes
{
    /// <summary>A deviation is unusual if it is farther than this factor from all of them.</summary>
    const double Far = 2;

    /// <summary>The nearest scheme if it is far; null if one is near.</summary>
    /// <returns>Its name, its standard deviation, and by which factor the given one is wider.</returns>
    public static (string Name, double Deviation, double Factor)? NearestIfFar(double deviation, IReadOnlyList<long> shape)
    {
        if (!(deviation > 0) || shape.Count < 2) { return null; }
        (string Name, double Deviation) nearest = Of(shape).MinBy(scheme => Math.Abs(Math.Log(deviation / scheme.Deviation)));
        double factor = deviation / nearest.Deviation;
        // GPT-2 and its kin divide 0.02 by the square root of twice the layers.
        double layers = Math.Pow(0.02 / deviation, 2) / 2;
        bool isScaled = layers is > 0.9 and < 1000.5 && Math.Abs(layers - Math.Round(layers)) < 1e-4;
        return isScaled || factor is >= 1 / Far and <= Far ? null : (nearest.Name, nearest.Deviation, factor);
    }

    static IEnumerable<(string Name, double Deviation)> Of(IReadOnlyList<long> shape)
    {
        double kernel = shape.Skip(2).Aggregate(1.0, (product, size) => product * size);
        double fanIn = shape[1] * kernel, fanOut = shape[0] * kernel;
        if (fanIn > 0 && fanOut > 0)
        {
            yield return ("torch's default of Linear and Conv, 1/√(3 fan_in)", 1 / Math.Sqrt(3 * fanIn));
            yield return ("kaiming_normal_, √(2/fan_in)", Math.Sqrt(2 / fanIn));
            yield return ("kaiming_normal_(mode='fan_out'), √(2/fan_out)", Math.Sqrt(2 / fanOut));
            yield return ("xavier, √(2/(fan_in + fan_out))", Math.Sqrt(2 / (fanIn + fanOut)));
            yield return ("LeCun's, 1/√fan_in", 1 / Math.Sqrt(fanIn));
            foreach (int gates in (int[])[1, 3, 4])
            {
                yield return ("the default of recurrent layers, 1/√(3 hidden)", 1 / Math.Sqrt(3.0 * shape[0] / gates));
            }
        }
        foreach (double constant in (double[])[1, 0.02, 0.01, 0.006])
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"N(0, {constant}²)"), constant);
        }
    }
}
