namespace TorchInit.Parity;

/// <summary>
/// The Kolmogorov–Smirnov distance: sup |Fₙ − F| of one sample to its law, sup |Fₙ − Gₘ| of two samples. Range: one or more values each.
/// Cost: one pass over sorted values; the exact two-sample probability O(n·m), for n·m up to 4·10⁶, else Dₙ's with n·m/(n + m). References:
/// Kolmogorov 1933; Hodges 1958, doi:10.1007/BF02589501.
/// </summary>
public static class KolmogorovSmirnov
{
    const long MostPaths = 4_000_000;

    /// <summary>sup |Fₙ − U(0, 1)| of probability-integral transforms.</summary>
    /// <param name="sorted">One or more values in [0, 1], ascending.</param>
    public static double Distance(ReadOnlySpan<double> sorted)
    {
        ThrowIfEmpty(sorted.Length, nameof(sorted));
        double most = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            most = Math.Max(most, Math.Max((i + 1.0) / sorted.Length - sorted[i], sorted[i] - (double)i / sorted.Length));
        }
        return most;
    }

    /// <summary>sup |Fₙ − Gₘ| of two samples, ties counted once.</summary>
    /// <param name="left">One or more values, ascending.</param>
    /// <param name="right">One or more values, ascending.</param>
    public static double Distance(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ThrowIfEmpty(left.Length, nameof(left));
        ThrowIfEmpty(right.Length, nameof(right));
        (int i, int j, double most) = (0, 0, 0);
        while (i < left.Length && j < right.Length)
        {
            double x = Math.Min(left[i], right[j]);
            while (i < left.Length && left[i] == x) { i++; }
            while (j < right.Length && right[j] == x) { j++; }
            most = Math.Max(most, Math.Abs((double)i / left.Length - (double)j / right.Length));
        }
        return most;
    }

    /// <summary>P(distance ≥ d) of two samples of one continuous law; exact for n·m ≤ 4·10⁶.</summary>
    /// <param name="d">The distance observed.</param>
    /// <param name="n">Size of one sample.</param>
    /// <param name="m">Size of the other.</param>
    public static double TwoSampleSurvival(double d, int n, int m)
    {
        ThrowIfEmpty(n, nameof(n));
        ThrowIfEmpty(m, nameof(m));
        if ((long)n * m > MostPaths) { return Kolmogorov.Survival((long)Math.Round((double)n * m / ((double)n + m)), d); }
        // The share of lattice paths from (0, 0) to (n, m) that stay closer than d: Hodges' recursion, each step weighted by its
        // probability.
        double reach = d - 1e-12;
        double[] inside = new double[m + 1];
        for (int i = 0; i <= n; i++)
        {
            for (int j = 0; j <= m; j++)
            {
                double stays = i == 0 && j == 0 ? 1 : ((i == 0 ? 0 : inside[j] * i) + (j == 0 ? 0 : inside[j - 1] * j)) / (i + j);
                inside[j] = Math.Abs((double)i / n - (double)j / m) >= reach ? 0 : stays;
            }
        }
        return Math.Clamp(1 - inside[m], 0, 1);
    }

    static void ThrowIfEmpty(int count, string name)
    {
        if (count < 1) { throw new ArgumentException($"{name} is of size {count}; allowed: one value or more.", name); }
    }
}
