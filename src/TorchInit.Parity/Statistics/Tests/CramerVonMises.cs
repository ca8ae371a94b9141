namespace TorchInit.Parity;

/// <summary>
/// Cramér–von Mises: W² = 1/(12n) + Σ (uᵢ − (2i − 1)/2n)², the mean square of Fₙ − F. Range: n ≥ 8; Stephens’ correction makes the upper
/// quarter of the limit law right to 10⁻³ from n = 100. Cost: one pass. W²'s limit is Σ Zⱼ²/(jπ)², so D(u) = sin(√u)/√u. References: Cramér
/// 1928; von Mises 1931; Stephens 1974, doi:10.1080/01621459.1974.10480196.
/// </summary>
public static class CramerVonMises
{
    /// <summary>W² of sorted probability-integral transforms.</summary>
    /// <param name="sorted">One or more values in [0, 1], ascending.</param>
    public static double Statistic(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty) { throw new ArgumentException("sorted is empty; allowed: one value or more.", nameof(sorted)); }
        int n = sorted.Length;
        double sum = 1.0 / (12.0 * n);
        for (int i = 0; i < n; i++)
        {
            double gap = sorted[i] - (2.0 * i + 1) / (2.0 * n);
            sum += gap * gap;
        }
        return sum;
    }

    /// <summary>P(W² &gt; x) for a sample of n.</summary>
    /// <param name="x">The statistic.</param>
    /// <param name="n">Sample size.</param>
    public static double Survival(double x, long n) => Limit((x - 0.4 / n + 0.6 / ((double)n * n)) * (1 + 1.0 / n));

    /// <summary>The x that a right sample of n exceeds with probability <paramref name="alpha"/>.</summary>
    /// <param name="alpha">Between 0 and 1.</param>
    /// <param name="n">Sample size.</param>
    public static double Critical(double alpha, long n) => SmirnovSeries.Quantile(alpha, Limit) / (1 + 1.0 / n)
        + 0.4 / n - 0.6 / ((double)n * n);

    static double Limit(double x) => SmirnovSeries.Survival(x, j => j * j * Math.PI * Math.PI, u => Math.Sin(Math.Sqrt(u)) / Math.Sqrt(u));
}
