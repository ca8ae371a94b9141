namespace TorchInit.Parity;

/// <summary>All findings about one case of one initialiser.</summary>
/// <param name="Case">What was drawn.</param>
/// <param name="Draws">How many times it was drawn, each from a seed of its own.</param>
/// <param name="Regions">The findings, by region.</param>
/// <param name="Pairs">The correlations between tensors.</param>
/// <param name="Violations">Exact conditions that are violated.</param>
public sealed record Examination(DistributionCase Case, int Draws, IReadOnlyList<RegionFindings> Regions, IReadOnlyList<Finding> Pairs,
    IReadOnlyList<string> Violations)
{
    /// <summary>The number of values tested.</summary>
    public long Count => Regions.Sum(region => region.Sample?.Count ?? 0);

    /// <summary>All accusations, as sentences; empty for a right initialiser.</summary>
    public IReadOnlyList<string> Accusations =>
    [
        .. Regions.SelectMany(region => region.Accusations.Select(finding => $"{region.Region}: {finding}")),
            .. Pairs.Where(pair => pair.Accused).Select(pair => pair.ToString()), .. Violations,
    ];

    /// <summary>Draws a case until each region has n values, and runs all detectors.</summary>
    /// <param name="initialiser">The initialiser that draws.</param>
    /// <param name="item">The case.</param>
    /// <param name="n">Values for each region, 1 or more; at most 4,096 draws are made.</param>
    /// <param name="budget">The allowed false alarms and misses.</param>
    /// <param name="seed">The first seed.</param>
    public static Examination Run(Initialiser initialiser, DistributionCase item, long n, AlphaBudget budget, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(initialiser);
        ArgumentNullException.ThrowIfNull(item);
        int draws = Pool.Draws(item.Regions, item.Plan, n);
        return Of(item, Pool.Draw(initialiser, item.Expression, item.Plan, item.DType, seed, draws), n, budget);
    }

    /// <summary>Judges given draws.</summary>
    internal static Examination Of(DistributionCase item, IReadOnlyList<Drawn> draws, long n, AlphaBudget budget)
    {
        RegionFindings[] regions = [.. item.Regions.Select(region => RegionFindings.Of(region, Pool.Sample(region, draws, n), budget))];
        Dictionary<LawRegion, Sample> samples = regions.Where(region => region.Sample is not null)
            .ToDictionary(region => region.Region, region => region.Sample!);
        return new(item, draws.Count, regions,
            [.. item.Pairs.Select(pair => Correlate(pair, samples, item, draws.Count, budget)).OfType<Finding>()],
            [.. draws.Take(16).SelectMany(draw => Structure.Violations(item.Plan, draw.Tensors)).Distinct()]);
    }

    /// <summary>Draw by draw, the elements that both have at the beginning.</summary>
    static Finding? Correlate((LawRegion Left, LawRegion Right) pair, Dictionary<LawRegion, Sample> samples, DistributionCase item,
        int draws, AlphaBudget budget)
    {
        if (!samples.TryGetValue(pair.Left, out Sample? left) || !samples.TryGetValue(pair.Right, out Sample? right)) { return null; }
        (int leftCount, int rightCount) = (pair.Left.CountOf(item.Plan[pair.Left.Tensor].Count),
            pair.Right.CountOf(item.Plan[pair.Right.Tensor].Count));
        int shared = Math.Min(leftCount, rightCount);
        List<double> lefts = [];
        List<double> rights = [];
        for (int draw = 0; draw < draws && (draw + 1) * leftCount <= left.Count && (draw + 1) * rightCount <= right.Count; draw++)
        {
            lefts.AddRange(left.Transforms.Skip(draw * leftCount).Take(shared));
            rights.AddRange(right.Transforms.Skip(draw * rightCount).Take(shared));
        }
        if (lefts.Count == 0 && shared > 0)
        {
            int first = (int)Math.Min(shared, Math.Min(left.Count, right.Count));
            lefts.AddRange(left.Transforms.Take(first));
            rights.AddRange(right.Transforms.Take(first));
        }
        return lefts.Count == 0 ? null
            : Correlation.Examine($"correlation of {pair.Left.Tensor} and {pair.Right.Tensor}", [.. lefts], [.. rights], budget.Alpha,
            budget.Beta);
    }
}
