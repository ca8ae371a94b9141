namespace TorchInit.Parity;

/// <summary>What all detectors say of one region.</summary>
/// <param name="Region">Which elements, and their law.</param>
/// <param name="Sample">The values; null where no law is stated.</param>
/// <param name="Findings">One a detector that has something to say.</param>
public sealed record RegionFindings(LawRegion Region, Sample? Sample, IReadOnlyList<Finding> Findings)
{
    /// <summary>The findings that accuse.</summary>
    public IEnumerable<Finding> Accusations => Findings.Where(finding => finding.Accused);

    /// <summary>Asks all detectors.</summary>
    internal static RegionFindings Of(LawRegion region, Sample? sample, AlphaBudget budget)
        => new(region, sample, sample is null ? []
            : [.. Detector.All.Select(detector => detector.Examine(sample, budget.Alpha, budget.Beta)).OfType<Finding>()]);
}
