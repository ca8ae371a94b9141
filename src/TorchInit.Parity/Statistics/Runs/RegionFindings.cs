namespace TorchInit.Parity;

/// <summary>The results of all detectors for one region.</summary>
/// <param name="Region">The elements and their law.</param>
/// <param name="Sample">The values; null if no law is stated.</param>
/// <param name="Findings">One finding for each detector that applies.</param>
public sealed record RegionFindings(LawRegion Region, Sample? Sample, IReadOnlyList<Finding> Findings)
{
    /// <summary>The findings that accuse.</summary>
    public IEnumerable<Finding> Accusations => Findings.Where(finding => finding.Accused);

    /// <summary>Runs all detectors.</summary>
    internal static RegionFindings Of(LawRegion region, Sample? sample, AlphaBudget budget)
        => new(region, sample, sample is null ? []
            : [.. Detector.All.Select(detector => detector.Examine(sample, budget.Alpha, budget.Beta)).OfType<Finding>()]);
}
