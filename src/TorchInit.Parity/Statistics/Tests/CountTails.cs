using MathNet.Numerics;

namespace TorchInit.Parity;

/// <summary>Tails of the binomial and Poisson laws, for counts of alarms and of duplicates. Cost: one incomplete beta or gamma function.
/// Reference: Abramowitz and Stegun 26.5.24, 26.4.21.</summary>
public static class CountTails
{
    /// <summary>P(at least <paramref name="count"/> of <paramref name="trials"/>), each with probability p.</summary>
    /// <param name="count">0 or more.</param>
    /// <param name="trials">1 or more.</param>
    /// <param name="p">Between 0 and 1.</param>
    public static double BinomialAtLeast(long count, long trials, double p)
        => count <= 0 ? 1 : count > trials ? 0 : SpecialFunctions.BetaRegularized(count, trials - count + 1, p);

    /// <summary>P(at least <paramref name="count"/>) of a Poisson law.</summary>
    /// <param name="count">0 or more.</param>
    /// <param name="mean">Its mean, 0 or more.</param>
    public static double PoissonAtLeast(long count, double mean) => count <= 0 ? 1 : mean <= 0 ? 0
        : SpecialFunctions.GammaLowerRegularized(count, mean);
}
