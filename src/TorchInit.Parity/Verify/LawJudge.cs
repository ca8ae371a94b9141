using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Judges weights by their laws alone: impossible values first, then all detectors at a joint false-alarm rate of 10⁻⁶.</summary>
static class LawJudge
{
    const double Enough = 0.25;
    const int MostSaid = 4;

    /// <summary>Judges weights that fit the plan's tensors.</summary>
    /// <param name="weights">Named as in the plan's state dict.</param>
    /// <param name="item">What they should be.</param>
    /// <param name="seed">The seed whose bits they do not have; null if none was named.</param>
    /// <param name="first">What deviates first from that seed's bits.</param>
    /// <param name="seedsTried">What is known about seeds; appended to the explanation.</param>
    public static Verdict Of(StateDict weights, DistributionCase item, ulong? seed, FirstDifference first, string seedsTried)
    {
        Verdict verdict = Judged(weights, item, seed, first, seedsTried);
        return verdict.Basis == VerdictBasis.Other ? verdict with { Basis = VerdictBasis.Law } : verdict;
    }

    static Verdict Judged(StateDict weights, DistributionCase item, ulong? seed, FirstDifference first, string seedsTried)
    {
        (LawRegion Region, ElementScan Scan)[] scans = LawExamination.Scan(weights, item);
        if (scans.FirstOrDefault(entry => entry.Scan.NotFinite > 0) is { Scan: { } broken, Region: var where })
        {
            return Verdict.Deviates(Cause.NotFinite, NotFinite(where, broken, weights), new(where.Tensor, broken.FirstNotFinite));
        }
        if (Copies.Of(item, weights) is { } pair)
        {
            return Verdict.Deviates(Cause.Copied, $"{pair.Left} and {pair.Right} are equal; torch draws each", new(pair.Right, 0));
        }
        LawExamination examined = LawExamination.Of(weights, item, scans);
        IReadOnlyList<SharedRun> shared = SharedDraws.Of(item, weights);
        if (!examined.Accuses && shared.Count == 0) { return NotAccused(examined, item, seed, first, seedsTried); }
        if (shared.Count == 0 && OtherLaws.Of(weights, item) is { } other)
        {
            return ByOtherLaws(NotAccused(other.Found, item, seed, first, seedsTried, other.Name), other.Cause, other.Name);
        }

        (Examination found, AlphaBudget budget) = (examined.Found, examined.Budget);
        Dictionary<LawRegion, RegionFindings> beginnings = found.Regions.ToDictionary(findings => findings.Region);
        string[] accusations = examined.Accusations;
        string[] ofDraws = [.. found.Pairs.Where(pair => pair.Accused).Concat(examined.Pairs).Select(pair => pair.ToString()),
            .. found.Violations.Where(violation => item.Drawn.Any(name => violation.StartsWith(name + " ", StringComparison.Ordinal)))
                .Select(LawExamination.Named)];
        if (shared.Count > 0)
        {
            (Cause cause, string said) = Shared(shared, weights);
            return Verdict.Deviates(cause, said + seedsTried, First(new(shared[0].Right.Tensor)), accusations);
        }
        foreach ((LawRegion region, ElementScan scan) in scans)
        {
            // Faults in the draws are reported before what was trained or used.
            if (ofDraws.Length > 0 && !item.Drawn.Contains(region.Tensor)) { break; }
            if (EqualRows.Of(region, scan, weights, LawExamination.MostValues, budget) is { } rows)
            {
                return Verdict.Deviates(rows.Cause, rows.Said + seedsTried, First(rows.Element), accusations);
            }
            // Zeros in long runs only are rows, which others of their tensor do not follow.
            bool isScattered = scan.Zeros > scan.Runs.Where(run => run.Value == 0).Sum(run => (long)run.Count);
            (Cause Cause, string Said)? pruned = scan.HasTooManyZeros && isScattered
                ? PrunedLaw.Of(region, scan, weights, LawExamination.MostValues, budget) : null;
            if (pruned is { Cause: not Cause.Unknown }) { return Zeros(pruned.Value, region, scan); }
            bool fromTheBeginning = beginnings[region].Accusations.Any();
            RegionFindings? accused = fromTheBeginning ? beginnings[region] : examined.Beyond.GetValueOrDefault(region);
            if (accused?.Accusations.Any() == true)
            {
                (Cause cause, string said) = LawHypotheses.Of(accused, weights[region.Tensor], item, budget);
                if (cause == Cause.Unknown && pruned is { } zeros) { return Zeros(zeros, region, scan); }
                string place = fromTheBeginning ? ""
                    : string.Create(CultureInfo.InvariantCulture, $" beyond its first {LawExamination.MostValues:N0} elements");
                return Verdict.Deviates(cause, $"{region.Name}{place} is not {region.Law}: {said}{seedsTried}",
                    First(new(region.Tensor, scan.FirstImpossible)), accusations);
            }
            if (pruned is { } unknown) { return Zeros(unknown, region, scan); }
            if (scan.FirstImpossible >= 0)
            {
                return Verdict.Deviates(Cause.Unknown, Impossible(region, scan, weights) + seedsTried,
                    First(new(region.Tensor, scan.FirstImpossible)), accusations);
            }
        }
        return accusations.Length == 0 ? NotAccused(examined, item, seed, first, seedsTried)
            : Verdict.Deviates(Cause.Unknown, ofDraws.Append(accusations[0]).First() + seedsTried, first, accusations);

        Verdict Zeros((Cause Cause, string Said) named, LawRegion region, ElementScan scan) => Verdict.Deviates(named.Cause,
            named.Said + seedsTried, First(new(region.Tensor, scan.FirstZero)), accusations);

        FirstDifference First(FirstDifference here) => first.Tensor == here.Tensor && first.Element >= 0 ? first : here;
    }

    static Verdict NotAccused(LawExamination examined, DistributionCase item, ulong? seed, FirstDifference first, string seedsTried,
        string other = "")
    {
        (LawRegion Region, Finding Distance)[] distances = [.. Distances(examined.Found.Regions)
            .OrderBy(entry => entry.Distance.SmallestDifference)];
        string[] evidence = [.. distances.Concat(Distances(examined.Beyond.Values)).Select(entry => $"{entry.Region}: {entry.Distance}")];
        if (seed is not null)
        {
            string laws = other.Length == 0 ? "" : $" of {other}";
            return Verdict.Of(Judgement.CannotTell, Cause.Unknown,
                $"neither the bits of seed {seed} nor of a known mistake; no law{laws} is broken{seedsTried}", first, evidence);
        }
        return distances.Length > 0 && distances[0].Distance.SmallestDifference <= Enough
            ? Verdict.Of(Judgement.SameDistribution, Cause.None, $"no test finds a deviation; {Seen(distances)}{seedsTried}",
                evidence: evidence)
            : Verdict.Of(Judgement.CannotTell, Cause.Unknown, $"{TooFew(item)}{seedsTried}", evidence: evidence);
    }

    /// <summary>Layers that begin alike were drawn after one seed; other runs were copied.</summary>
    static (Cause Cause, string Said) Shared(IReadOnlyList<SharedRun> runs, StateDict weights)
    {
        SharedRun[] beginnings = [.. runs.Where(run => run.IsBeginning)];
        if (beginnings.Length == 0)
        {
            return (Cause.Copied, string.Join("; ", runs.Take(MostSaid).Select(run => run.Said(weights)))
                + (runs.Count > MostSaid ? "; …" : "") + "; torch draws each");
        }
        string[] names = [.. beginnings.SelectMany(run => (string[])[run.Left.Name, run.Right.Name]).Distinct()];
        // A layer of another width has other values after the same draws; between equal laws, the values may have been copied.
        bool areScaled = Array.Exists(beginnings, run => run.Left.Law != run.Right.Law);
        return areScaled ? (Cause.ExtraOrMissingDraws, $"the seed was set again before each layer, or its state restored: the draws of "
            + $"{NotDrawn.Names(names)} begin alike") : (Cause.Copied,
            $"{NotDrawn.Names(names)} begin with the same values: the seed was set again before each layer, or they were copied");
    }

    /// <summary>Another torch's law deviates from this one's, as its bits do: whoever asked for no particular torch accepts both.</summary>
    static Verdict ByOtherLaws(Verdict verdict, Cause cause, string name) => verdict.Judgement != Judgement.SameDistribution ? verdict
        : verdict with
        {
            Judgement = Judgement.Deviates,
            Cause = cause,
            Explanation = $"same distribution, as {name} draws it: {verdict.Explanation}",
            Basis = VerdictBasis.OtherLaw,
        };

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
