using MathNet.Numerics;

namespace TorchInit.Parity;

/// <summary>
/// Pearson's χ² on probability-integral-transform bins of equal probability: Σ (observed − expected)²/expected, k − 1 degrees of freedom.
/// Range: 2 bins or more, 20 expected in each. Cost: one pass. Reference: Pearson 1900, doi:10.1080/14786440009463897.
/// </summary>
public static class ChiSquare
{
    /// <summary>The statistic.</summary>
    /// <param name="transforms">One or more values in [0, 1], in any order.</param>
    /// <param name="bins">The number of bins, 2 or more.</param>
    public static double Statistic(ReadOnlySpan<double> transforms, int bins)
    {
        if (transforms.IsEmpty) { throw new ArgumentException("transforms is empty; allowed: one value or more.", nameof(transforms)); }
        if (bins < 2) { throw new ArgumentOutOfRangeException(nameof(bins), bins, "allowed: 2 or more."); }
        long[] counts = new long[bins];
        foreach (double u in transforms) { counts[Math.Clamp((int)(u * bins), 0, bins - 1)]++; }
        double expected = (double)transforms.Length / bins;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }

    /// <summary>P(χ² &gt; x).</summary>
    /// <param name="x">The statistic.</param>
    /// <param name="degrees">Degrees of freedom, bins − 1.</param>
    public static double Survival(double x, int degrees) => x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degrees / 2.0, x / 2);

    /// <summary>The x that a right sample exceeds with probability <paramref name="alpha"/>.</summary>
    /// <param name="alpha">Between 0 and 1.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    public static double Critical(double alpha, int degrees)
        => SmirnovSeries.Quantile(alpha, x => Survival(x * degrees, degrees)) * degrees;
}
