using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Judges weights by their laws alone: impossible values first, then all detectors at a joint false-alarm rate of 10⁻⁶.</summary>
static class LawJudge
{
    const double Total = 1e-6;
    const double Enough = 0.25;
    const int MostSaid = 4;

    // From the beginning of a tensor, and as many from the rest: enough to detect a sup-distance of 0.006, and all detectors take half a
    // second.
    const int MostValues = 1 << 20;

    /// <summary>Judges weights that fit the plan's tensors.</summary>
    /// <param name="weights">Named as in the plan's state dict.</param>
    /// <param name="item">What they should be.</param>
    /// <param name="seed">The seed whose bits they do not have; null if none was named.</param>
    /// <param name="first">What deviates first from that seed's bits.</param>
    /// <param name="seedsTried">What is known about seeds; appended to the explanation.</param>
    public static Verdict Of(StateDict weights, DistributionCase item, ulong? seed, FirstDifference first, string seedsTried)
    {
        // Drawn tensors come first, and among them those with enough values to name a cause.
        (LawRegion Region, ElementScan Scan)[] scans = [.. from region in item.Regions where region is { Law: not null, CopyOf: null }
                                                           orderby !item.Drawn.Contains(region.Tensor),
                                                               region.CountOf(weights[region.Tensor].Count) < LawHypotheses.Fewest
                                                           select (region, ElementScan.Of(region, weights[region.Tensor]))];
        if (scans.FirstOrDefault(entry => entry.Scan.NotFinite > 0) is { Scan: { } broken, Region: var where })
        {
            return Verdict.Deviates(Cause.NotFinite, NotFinite(where, broken, weights), new(where.Tensor, broken.FirstNotFinite));
        }
        if (Copies.Of(item, weights) is { } pair)
        {
            return Verdict.Deviates(Cause.Copied, $"{pair.Left} and {pair.Right} are equal; torch draws each", new(pair.Right, 0));
        }

        Dictionary<LawRegion, LawRegion> far = new(from region in item.Regions
                                                   let rest = FarElements.Of(region,
            region.CountOf(weights[region.Tensor].Count), MostValues)
                                                   where rest is not null
                                                   select KeyValuePair.Create(region, rest));
        AlphaBudget budget = new(Total, item.Tests + far.Count * (long)Detector.All.Count, Total);
        Drawn[] drawn = [new(weights, [])];
        Examination found = Examination.Of(item, drawn, MostValues, budget);
        Dictionary<LawRegion, RegionFindings> beginnings = found.Regions.ToDictionary(findings => findings.Region);
        Dictionary<LawRegion, RegionFindings> beyond = far.ToDictionary(pair => pair.Key, pair => RegionFindings.Of(pair.Value,
            Pool.Sample(pair.Value, drawn, MostValues), budget));
        string[] accusations = [.. found.Accusations,
            .. from findings in beyond.Values from finding in findings.Accusations select $"{findings.Region}: {finding}"];

        string[] ofDraws = [.. found.Pairs.Where(pair => pair.Accused).Select(pair => pair.ToString()),
            .. found.Violations.Where(violation => item.Drawn.Any(name => violation.StartsWith(name + " ", StringComparison.Ordinal)))];
        foreach ((LawRegion region, ElementScan scan) in scans)
        {
            // Faults in the draws are reported before what was trained or used.
            if (ofDraws.Length > 0 && !item.Drawn.Contains(region.Tensor)) { break; }
            if (EqualRows.Of(region, scan, weights, MostValues, budget) is { } rows)
            {
                return Verdict.Deviates(rows.Cause, rows.Said + seedsTried, First(rows.Element), accusations);
            }
            bool fromTheBeginning = beginnings[region].Accusations.Any();
            RegionFindings? accused = fromTheBeginning ? beginnings[region] : beyond.GetValueOrDefault(region);
            if (accused?.Accusations.Any() == true)
            {
                (Cause cause, string said) = LawHypotheses.Of(accused, item, budget);
                string place = fromTheBeginning ? ""
                    : string.Create(CultureInfo.InvariantCulture, $" beyond its first {MostValues:N0} elements");
                return Verdict.Deviates(cause, $"{region.Name}{place} is not {region.Law}: {said}{seedsTried}",
                    First(new(region.Tensor, scan.FirstImpossible)), accusations);
            }
            if (scan.FirstImpossible >= 0)
            {
                return Verdict.Deviates(Cause.Unknown, Impossible(region, scan, weights) + seedsTried,
                    First(new(region.Tensor, scan.FirstImpossible)), accusations);
            }
        }
        if (accusations.Length > 0)
        {
            return Verdict.Deviates(Cause.Unknown, ofDraws.Append(accusations[0]).First() + seedsTried, first, accusations);
        }
        return NotAccused(found.Regions, beyond.Values, item, seed, first, seedsTried);

        FirstDifference First(FirstDifference here) => first.Tensor == here.Tensor && first.Element >= 0 ? first : here;
    }

    static Verdict NotAccused(IEnumerable<RegionFindings> beginnings, IEnumerable<RegionFindings> beyond, DistributionCase item,
        ulong? seed, FirstDifference first, string seedsTried)
    {
        (LawRegion Region, Finding Distance)[] distances = [.. Distances(beginnings).OrderBy(entry => entry.Distance.SmallestDifference)];
        string[] evidence = [.. distances.Concat(Distances(beyond)).Select(entry => $"{entry.Region}: {entry.Distance}")];
        if (seed is not null)
        {
            return Verdict.Of(Judgement.CannotTell, Cause.Unknown,
                $"neither the bits of seed {seed} nor of a known mistake; no law is broken{seedsTried}", first, evidence);
        }
        return distances.Length > 0 && distances[0].Distance.SmallestDifference <= Enough
            ? Verdict.Of(Judgement.SameDistribution, Cause.None, $"no test finds a deviation; {Seen(distances)}{seedsTried}",
                evidence: evidence)
            : Verdict.Of(Judgement.CannotTell, Cause.Unknown, $"{TooFew(item)}{seedsTried}", evidence: evidence);
    }

    /// <summary>Why there is no verdict: one draw whose elements depend on each other, or only small tensors, however many
    /// they are.</summary>
    static string TooFew(DistributionCase item)
    {
        LawRegion[] random = [.. item.Regions.Where(region => region is { CopyOf: null, Law: not null and not ConstantLaw })];
        LawRegion[] independent = [.. random.Where(region => region.Law!.ElementsAreIndependent)];
        if (independent.Length == 0)
        {
            return random.Length == 0 ? "no drawn tensor has a known law"
                : $"the elements of {NotDrawn.Names([.. random.Select(region => region.Tensor)])} depend on each other, "
                    + "and one draw is too little to judge by";
        }
        (string name, int most) = independent.Select(region => (region.Name, Count: region.CountOf(item.Plan[region.Tensor].Count)))
            .MaxBy(region => region.Count);
        return string.Create(CultureInfo.InvariantCulture,
            $"too few random values in each tensor to judge by: {name} has {most:N0}{(independent.Length > 1 ? ", the most" : "")}");
    }

    static IEnumerable<(LawRegion Region, Finding Distance)> Distances(IEnumerable<RegionFindings> regions)
        => from region in regions
           from finding in region.Findings
           where finding.Unit == KolmogorovSmirnovDetector.Unit
           select (region.Region, finding);

    static string NotFinite(LawRegion region, ElementScan scan, StateDict weights)
        => string.Create(CultureInfo.InvariantCulture,
            $"{scan.NotFinite:N0} of {region.CountOf(weights[region.Tensor].Count):N0} values of {region.Name} "
                + $"{(scan.NotFinite == 1 ? "is" : "are")} NaN or infinite");

    static string Impossible(LawRegion region, ElementScan scan, StateDict weights)
        => string.Create(CultureInfo.InvariantCulture,
            $"{region.Name}[{scan.FirstImpossible}] is {Elements64.At(weights[region.Tensor], scan.FirstImpossible):G9}, which "
                + $"{region.Law} cannot give");

    /// <summary>The sup-distances that would have been detected, tensor by tensor: a large tensor's does not hold for a small
    /// one.</summary>
    static string Seen((LawRegion Region, Finding Distance)[] distances)
    {
        (LawRegion Region, Finding Distance)[] large = [.. distances.Where(entry => entry.Distance.SmallestDifference < 1)];
        string seen = "a sup-distance of "
            + string.Join(", ", large.Take(MostSaid)
            .Select(entry => string.Create(CultureInfo.InvariantCulture,
            $"{entry.Distance.SmallestDifference:0.000} in {entry.Region.Name}"))) + (large.Length > MostSaid ? ", …" : "")
            + " would have been detected";
        return large.Length == distances.Length ? seen
            : $"{seen}; of {string.Join(", ", distances.Except(large).Select(entry => entry.Region.Name).Take(MostSaid))} there are too "
                + $"few values to tell";
    }
}
