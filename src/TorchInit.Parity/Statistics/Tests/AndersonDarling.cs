namespace TorchInit.Parity;

/// <summary>
/// Anderson–Darling: A² = −n − Σ (2i − 1)/n · (ln uᵢ + ln(1 − uₙ₊₁₋ᵢ)), which weighs the tails. Range: n ≥ 8, where the limit law is right
/// to 10⁻³. Cost: two logarithms per value. A²'s limit is Σ Zⱼ²/(j(j + 1)), so D(u) = −cos(π/2·√(1 + 4u))/(πu). Reference: Anderson and
/// Darling 1952, doi:10.1214/aoms/1177729437.
/// </summary>
public static class AndersonDarling
{
    /// <summary>A² of sorted probability-integral transforms; +∞ if one is 0 or 1.</summary>
    /// <param name="sorted">One or more values in [0, 1], ascending.</param>
    public static double Statistic(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty) { throw new ArgumentException("sorted is empty; allowed: one value or more.", nameof(sorted)); }
        double sum = 0;
        int n = sorted.Length;
        for (int i = 0; i < n; i++)
        {
            sum += (2.0 * i + 1) / n * (Math.Log(sorted[i]) + MathNet.Numerics.SpecialFunctions.Log1p(-sorted[n - 1 - i]));
        }
        return -n - sum;
    }

    /// <summary>P(A² &gt; x), the limit for large n.</summary>
    /// <param name="x">The statistic.</param>
    public static double Survival(double x)
        => double.IsPositiveInfinity(x) ? 0
            : SmirnovSeries.Survival(x, j => j * (j + 1.0), u => -Math.Cos(Math.PI / 2 * Math.Sqrt(1 + 4 * u)) / (Math.PI * u));

    /// <summary>The x that a right sample exceeds with probability <paramref name="alpha"/>.</summary>
    /// <param name="alpha">Between 0 and 1.</param>
    public static double Critical(double alpha) => SmirnovSeries.Quantile(alpha, Survival);
}
