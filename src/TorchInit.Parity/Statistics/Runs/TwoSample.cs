namespace TorchInit.Parity;

/// <summary>
/// Two-sample Kolmogorov–Smirnov between two initialisers, seed by seed and pooled. Values are compared as transforms, so that ties of
/// 16-bit grids are spread; p-values of many seeds must then be uniform. Both sides vary, so the bands add up.
/// </summary>
static class TwoSample
{
    // Far from each other, so that both sides never use the same stream.
    const ulong OtherSeeds = 1_000_003;

    /// <summary>The expressions: the four families, and others whose steps have laws of their own.</summary>
    public static IReadOnlyList<string> Expressions =>
    [
        "Linear(64, 32)", "Embedding(64, 32)", "Embedding(50, 16, padding_idx=3)", "Conv2d(8, 16, 3, groups=2)",
            "ConvTranspose2d(8, 16, 3)", "LSTM(16, 16)", "GRU(16, 16)", "RNN(32, 32)", "MultiheadAttention(32, 4)",
        "init.xavier_normal_((48, 32))", "init.kaiming_uniform_((48, 32), a=sqrt(5))", "init.trunc_normal_((48, 32), std=0.02)",
            "init.normal_((48, 32), mean=0.3, std=1.7)",
        "empty(48, 32).exponential_(1.5)", "empty(48, 32).log_normal_(0.3, 0.7)", "empty(48, 32).geometric_(0.3)",
            "empty(48, 32).bernoulli_(0.3)", "randint(0, 100, (1024,))", "randperm(200)",
    ];

    /// <summary>One result for each region that varies.</summary>
    public static IEnumerable<TwoSampleResult> Run(Initialiser left, Initialiser right, DistributionCase item, int seeds,
        AlphaBudget budget)
    {
        IReadOnlyList<Drawn> lefts = Pool.Draw(left, item.Expression, item.Plan, item.DType, 0, seeds);
        IReadOnlyList<Drawn> rights = Pool.Draw(right, item.Expression, item.Plan, item.DType, OtherSeeds, seeds);
        foreach (LawRegion region in item.Regions.Where(region => region is { CopyOf: null, Law: not null and not ConstantLaw }
            && region.Law.ElementsAreIndependent))
        {
            double[][] ours = [.. lefts.Select(draw => Sorted(region, draw))];
            double[][] theirs = [.. rights.Select(draw => Sorted(region, draw))];
            double[] probabilities = [.. ours.Zip(theirs,
                (a, b) => KolmogorovSmirnov.TwoSampleSurvival(KolmogorovSmirnov.Distance(a, b), a.Length, b.Length)).Order()];
            double[] allOurs = [.. ours.SelectMany(values => values).Order()];
            double[] allTheirs = [.. theirs.SelectMany(values => values).Order()];
            // Each side within its band of alpha/2: then their distance is within two.
            double pooled = 2 * Dkw.Band(allOurs.Length, budget.Alpha / 2);
            yield return new(item, region.Tensor, seeds, ours[0].Length, probabilities, Distance(probabilities),
                Dkw.Band(seeds, budget.Alpha), KolmogorovSmirnov.Distance(allOurs, allTheirs), pooled,
                pooled + 2 * Dkw.Band(allOurs.Length, budget.Beta / 2));
        }
    }

    static double[] Sorted(LawRegion region, Drawn draw) => [.. Pool.Sample(region, [draw], int.MaxValue)!.Transforms.Order()];

    /// <summary>The p-values of n and n values form a grid; only too many small ones accuse, so the grid does no harm.</summary>
    static double Distance(double[] sorted)
    {
        double most = 0;
        for (int i = 0; i < sorted.Length; i++) { most = Math.Max(most, (i + 1.0) / sorted.Length - Math.Min(1, sorted[i])); }
        return most;
    }
}
