namespace TorchInit.Parity;

/// <summary>Correlations of all pairs of drawn tensors that a run of the statistics leaves out: there, neighbours and the first with each
/// are enough to find a mistake, but here any two layers may share their draws.</summary>
static class OtherPairs
{
    /// <summary>Products over all pairs; with very many tensors, fewer values of each are compared.</summary>
    const int MostProducts = 1 << 28;
    const int MostValues = 1 << 12, LeastValues = 1 << 9;

    /// <summary>The pairs.</summary>
    public static (LawRegion Left, LawRegion Right)[] Of(DistributionCase item)
    {
        HashSet<(LawRegion, LawRegion)> done = [.. item.Pairs];
        LawRegion[] random = [.. item.Random];
        return [.. from right in Enumerable.Range(1, Math.Max(0, random.Length - 1))
                   from left in Enumerable.Range(0, right)
                   where !done.Contains((random[left], random[right]))
                   select (random[left], random[right])];
    }

    /// <summary>The findings that accuse.</summary>
    public static IEnumerable<Finding> Accused(DistributionCase item, (LawRegion Left, LawRegion Right)[] pairs, Examination found,
        AlphaBudget budget)
    {
        int most = Math.Clamp(MostProducts / Math.Max(1, pairs.Length), LeastValues, MostValues);
        Dictionary<LawRegion, Sample> samples = found.Regions.Where(region => region.Sample is not null)
            .ToDictionary(region => region.Region, region => region.Sample!);
        foreach ((LawRegion left, LawRegion right) in pairs)
        {
            if (!samples.TryGetValue(left, out Sample? one) || !samples.TryGetValue(right, out Sample? other)) { continue; }
            int count = (int)Math.Min(most, Math.Min(one.Count, other.Count));
            Finding finding = Correlation.Examine($"correlation of {left.Tensor} and {right.Tensor}", one.TransformSpan[..count],
                other.TransformSpan[..count], budget.Alpha, budget.Beta);
            if (finding.Accused && EarlierLaw.AreIndependent(item.Plan, null, left.Tensor, right.Tensor)) { yield return finding; }
        }
    }
}
