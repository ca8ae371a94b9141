namespace TorchInit.Parity;

/// <summary>
/// How far the mean of n bounded values deviates from its expectation, without a limit theorem. Range: every n ≥ 1. Cost: none.
/// References: Bernstein 1924; Hoeffding 1963, doi:10.1080/01621459.1963.10500830; Freedman 1975, doi:10.1214/aop/1176996452 (martingale
/// differences have Bernstein's bound).
/// </summary>
static class Concentration
{
    /// <summary>Bernstein: the t that |mean − expectation| exceeds with probability <paramref name="alpha"/> at most, for |Y − EY| ≤ bound
    /// and a known variance.</summary>
    public static double Bernstein(long n, double variance, double bound, double alpha)
    {
        double log = Math.Log(2 / alpha) / n;
        double linear = bound * log / 3;
        return linear + Math.Sqrt(linear * linear + 2 * variance * log);
    }

    /// <summary>P(|mean − expectation| ≥ t) at most: the bound that <see cref="Bernstein"/> inverts.</summary>
    public static double BernsteinSurvival(long n, double variance, double bound, double t)
        => t <= 0 ? 1 : Math.Min(1, 2 * Math.Exp(-n * t * t / (2 * (variance + bound * t / 3))));

    /// <summary>Hoeffding: the same for values in an interval of this width, whatever their variance.</summary>
    public static double Hoeffding(long n, double width, double beta) => width * Math.Sqrt(Math.Log(2 / beta) / (2.0 * n));
}
