namespace TorchInit.Parity;

/// <summary>What the laws of a plan say about weights: each element beside its law, and all detectors at a joint false-alarm rate of
/// 10⁻⁶.</summary>
/// <param name="Item">The plan and the dtype.</param>
/// <param name="Scans">Every element of each region with a law; drawn tensors first, and among them those with enough values to name a
/// cause.</param>
/// <param name="Found">The detectors' findings at the beginning of each tensor.</param>
/// <param name="Beyond">Those in the rest of large tensors.</param>
/// <param name="Pairs">The correlations between tensors that accuse.</param>
/// <param name="Budget">The allowed false alarms.</param>
sealed record LawExamination(DistributionCase Item, (LawRegion Region, ElementScan Scan)[] Scans, Examination Found,
    IReadOnlyDictionary<LawRegion, RegionFindings> Beyond, IReadOnlyList<Finding> Pairs, AlphaBudget Budget)
{
    const double Total = 1e-6;

    /// <summary>From the beginning of a tensor, and as many from the rest: enough to detect a sup-distance of 0.006, and all detectors
    /// take half a second.</summary>
    public const int MostValues = 1 << 20;

    /// <summary>All accusations, as sentences.</summary>
    public string[] Accusations { get; } = [.. Found.Accusations.Select(Named), .. Pairs.Select(pair => pair.ToString()),
        .. from findings in Beyond.Values from finding in findings.Accusations select $"{findings.Region}: {finding}"];

    /// <summary>Whether a law is broken.</summary>
    public bool Accuses => Accusations.Length > 0
        || Array.Exists(Scans, entry => entry.Scan.Accuses);

    /// <summary>A sentence with a name for the tensor of an init function, which has none.</summary>
    public static string Named(string said) => said.StartsWith(' ') ? $"tensor{said}" : said;

    /// <summary>Scans every element.</summary>
    public static (LawRegion Region, ElementScan Scan)[] Scan(StateDict weights, DistributionCase item)
        => [.. from region in item.Regions
               where region is { Law: not null }
               orderby !item.Drawn.Contains(region.Tensor),
                   region.CountOf(weights[region.Tensor].Count) < LawHypotheses.Fewest
               select (region, ElementScan.Of(region, weights[region.Tensor]))];

    /// <summary>Runs all detectors, on at most so many values from the beginning of each tensor, and as many from the rest.</summary>
    public static LawExamination Of(StateDict weights, DistributionCase item, (LawRegion Region, ElementScan Scan)[] scans,
        int most = MostValues)
    {
        Dictionary<LawRegion, LawRegion> far = new(from region in item.Regions
                                                   let rest = FarElements.Of(region,
            region.CountOf(weights[region.Tensor].Count), most)
                                                   where rest is not null
                                                   select KeyValuePair.Create(region, rest));
        (LawRegion, LawRegion)[] pairs = OtherPairs.Of(item);
        AlphaBudget budget = new(Total, item.Tests + pairs.Length + far.Count * (long)Detector.All.Count, Total);
        Drawn[] drawn = [new(weights, [])];
        Examination found = Examination.Of(item, drawn, most, budget);
        Dictionary<LawRegion, RegionFindings> beyond = far.ToDictionary(pair => pair.Key,
            pair => RegionFindings.Of(pair.Value, Pool.Sample(pair.Value, drawn, most), budget));
        return new(item, scans, found, beyond, [.. OtherPairs.Accused(item, pairs, found, budget)], budget);
    }
}
