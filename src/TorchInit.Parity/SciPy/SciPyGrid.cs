namespace TorchInit.Parity;

/// <summary>Points at which every statistic and every tail is compared with SciPy's.</summary>
static class SciPyGrid
{
    /// <summary>The meaning of each name in scipy_answers.py, and the SciPy function that gives it.</summary>
    public static IReadOnlyDictionary<string, string> Meanings { get; } = new Dictionary<string, string>
    {
        ["kstwo"] = "P(Dₙ ≥ d), stats.kstwo.sf",
        ["ksone"] = "P(Dₙ⁺ ≥ d), stats.ksone.sf",
        ["ks_1samp"] = "Dₙ, stats.ks_1samp",
        ["ks_2samp"] = "Dₙₘ, stats.ks_2samp",
        ["ks_2samp_p"] = "P(Dₙₘ ≥ d), stats.ks_2samp, exact",
        ["ad"] = "A², by its definition in NumPy",
        ["ad_p"] = "P(A² > x), the limit, by integrate.quad",
        ["cvm"] = "W², stats.cramervonmises",
        ["cvm_p"] = "P(W² > x), stats.cramervonmises",
        ["chisquare"] = "χ², stats.chisquare",
        ["chi2"] = "P(χ² > x), stats.chi2.sf",
        ["binom"] = "binomial tail, stats.binom.sf",
        ["poisson"] = "Poisson tail, stats.poisson.sf",
        ["norm"] = "normal law, stats.norm.cdf",
        ["truncnorm"] = "truncated normal law, stats.truncnorm.cdf",
        ["truncnorm_kurtosis"] = "its kurtosis, stats.truncnorm.stats",
        ["haar"] = "entry of an orthogonal matrix, stats.beta.cdf",
    };

    /// <summary>The questions, in the order of the recorded answers.</summary>
    public static IEnumerable<SciPyQuestion> Questions()
    {
        foreach (int n in new[] { 1, 2, 5, 10, 50, 140, 141, 200, 1000, 20_000 })
        {
            foreach (double x in new[] { 0.3, 0.5, 0.8, 1.0, 1.4, 1.6, 2.5, 4 })
            {
                double d = x / Math.Sqrt(n);
                if (d >= 1 || d <= 0.5 / n) { continue; }
                yield return new("kstwo", 5e-6, false, [n, d], Kolmogorov.Survival(n, d));
                yield return new("ksone", 1e-8, true, [n, d], Kolmogorov.OneSided(n, d));
            }
        }
        // SciPy's side is a numerical inversion of the characteristic function, 2,000 of its factors.
        foreach (double x in new[] { 0.2, 0.5, 1, 2, 4, 8 }) { yield return new("ad_p", 1e-5, false, [x], AndersonDarling.Survival(x)); }
        foreach (double x in new[] { 10.0, 63, 120, 300 }) { yield return new("chi2", 1e-9, true, [x, 63], ChiSquare.Survival(x, 63)); }
        foreach ((long k, long n, double p) in new[] { (1L, 10L, 0.1), (30L, 1000L, 0.01), (70L, 1000L, 0.01) })
        {
            yield return new("binom", 1e-8, true, [k, n, p], CountTails.BinomialAtLeast(k, n, p));
        }
        foreach ((long k, double mean) in new[] { (1L, 0.001), (5L, 2.0), (60L, 20.0) })
        {
            yield return new("poisson", 1e-8, true, [k, mean], CountTails.PoissonAtLeast(k, mean));
        }
        foreach (double x in new[] { -6, -1.5, 0, 0.4, 3.0 })
        {
            yield return new("norm", 1e-12, true, [x, 0.3, 1.7], new NormalLaw(0.3, 1.7, 24, 24).AtMost(x));
        }
        foreach (double x in new[] { 0.01, 0.3, 0.5, 0.99 })
        {
            yield return new("truncnorm", 1e-12, false, [x, 0.5, 0.7, 0.0, 1.0], new TruncNormalLaw(0.5, 0.7, 0, 1, 24).AtMost(x));
        }
        foreach ((double mean, double std, double a, double b) in new[] { (0.5, 0.7, 0.0, 1.0), (0.0, 1.0, -2.0, 2.0),
            (0.0, 1.0, 0.5, 0.9) })
        {
            yield return new("truncnorm_kurtosis", 1e-6, true, [mean, std, a, b], new TruncNormalLaw(mean, std, a, b, 24)
                .StandardMoment(4));
        }
        foreach (double x in new[] { -0.9, -0.2, 0.1, 0.5 })
        {
            yield return new("haar", 1e-10, false, [x, 12], new HaarEntryLaw(12, 1).AtMost(x));
        }
        Generator generator = new(9);
        foreach (int n in new[] { 8, 20, 100, 500, 1500 })
        {
            for (int repeat = 0; repeat < 4; repeat++)
            {
                double[] u = Uniforms(generator, n);
                double[] v = Uniforms(generator, n / 2 + 3);
                double[] sorted = [.. u.Order()];
                double[] other = [.. v.Order()];
                double distance = KolmogorovSmirnov.Distance(sorted, other);
                yield return new("ks_1samp", 1e-12, false, [u], KolmogorovSmirnov.Distance(sorted));
                yield return new("ks_2samp", 1e-12, false, [u, v], distance);
                if (n <= 500)
                {
                    yield return new("ks_2samp_p", 1e-8, false, [u, v], KolmogorovSmirnov.TwoSampleSurvival(distance, u.Length, v.Length));
                }
                yield return new("cvm", 1e-10, false, [u], CramerVonMises.Statistic(sorted));
                // Stephens' correction is made for the upper tail, where tests decide; SciPy corrects for n differently.
                double[] skewed = [.. sorted.Select(x => Math.Pow(x, 1.3))];
                double upper = CramerVonMises.Survival(CramerVonMises.Statistic(skewed), n);
                if (n >= 100 && upper < 0.25) { yield return new("cvm_p", 1e-3, false, [skewed], upper); }
                yield return new("ad", 1e-9, true, [sorted], AndersonDarling.Statistic(sorted));
                yield return new("chisquare", 1e-9, true,
                    [Enumerable.Range(0, 8).Select(bin => u.Count(x => Math.Min((int)(x * 8), 7) == bin)).ToArray()],
                    ChiSquare.Statistic(u, 8));
            }
        }
    }

    static double[] Uniforms(Generator generator, int count)
        => [.. Enumerable.Range(0, count).Select(_ => (generator.NextUInt32() + 0.5) / 4294967296.0)];
}
