namespace TorchInit.Parity;

/// <summary>
/// The Dvoretzky–Kiefer–Wolfowitz bound P(sup |Fₙ − F| &gt; ε) ≤ 2·exp(−2nε²), used both ways: how far a right sample strays, and so what a
/// wrong one cannot hide. Range: every n ≥ 1 and every distribution, discrete ones too. Cost: none. Reference: Massart 1990,
/// doi:10.1214/aop/1176990746.
/// </summary>
public static class Dkw
{
    /// <summary>The ε that sup |Fₙ − F| exceeds with probability <paramref name="alpha"/> at most: √(ln(2/α) / 2n).</summary>
    /// <param name="n">Sample size, 1 or more.</param>
    /// <param name="alpha">A probability above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">n or alpha is out of range.</exception>
    public static double Band(long n, double alpha)
    {
        if (n < 1) { throw new ArgumentOutOfRangeException(nameof(n), n, "allowed: 1 or more."); }
        return Math.Sqrt(Log(alpha) / (2.0 * n));
    }

    /// <summary>The smallest sup-distance between distributions that a sample of n detects: with probability at least
    /// 1 − <paramref name="beta"/>, while right samples are accused with probability at most <paramref name="alpha"/>.</summary>
    /// <param name="n">Sample size, 1 or more.</param>
    /// <param name="alpha">Allowed probability of a false alarm.</param>
    /// <param name="beta">Allowed probability of a miss.</param>
    public static double SmallestDifference(long n, double alpha, double beta) => Band(n, alpha) + Band(n, beta);

    /// <summary>How many values are needed to detect a sup-distance: ⌈(√(ln(2/α)/2) + √(ln(2/β)/2))² / δ²⌉.</summary>
    /// <param name="difference">The distance δ wanted, above 0, at most 1.</param>
    /// <param name="alpha">Allowed probability of a false alarm.</param>
    /// <param name="beta">Allowed probability of a miss.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static long SampleSize(double difference, double alpha, double beta)
    {
        if (difference is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "allowed: above 0, at most 1.");
        }
        double root = (Math.Sqrt(Log(alpha) / 2) + Math.Sqrt(Log(beta) / 2)) / difference;
        return (long)Math.Ceiling(root * root);
    }

    static double Log(double probability)
        => probability is > 0 and <= 1 ? Math.Log(2 / probability)
            : throw new ArgumentOutOfRangeException(nameof(probability), probability, "allowed: above 0, at most 1.");
}
