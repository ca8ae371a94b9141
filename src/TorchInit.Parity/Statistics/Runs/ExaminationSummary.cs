namespace TorchInit.Parity;

/// <summary>An examination without its values: what a report keeps.</summary>
/// <param name="Case">The case, as a user would write it.</param>
/// <param name="DType">The floating dtype.</param>
/// <param name="Draws">How many draws.</param>
/// <param name="Regions">One line per region.</param>
/// <param name="Accusations">All accusations.</param>
public sealed record ExaminationSummary(string Case, DType DType, int Draws, IReadOnlyList<RegionSummary> Regions,
    IReadOnlyList<string> Accusations)
{
    internal static ExaminationSummary Of(Examination found)
        => new(found.Case.Expression, found.Case.DType, found.Draws, [.. found.Regions.Select(RegionSummary.Of)], found.Accusations);
}

/// <summary>A region's numbers.</summary>
/// <param name="Tensor">The tensor's name.</param>
/// <param name="Law">Its law, or why none is stated.</param>
/// <param name="Count">The number of values tested.</param>
/// <param name="Findings">One finding per detector.</param>
/// <param name="Histogram">The shares of transforms in 32 bins of equal probability; empty for constants.</param>
public sealed record RegionSummary(string Tensor, string Law, long Count, IReadOnlyList<Finding> Findings, IReadOnlyList<double> Histogram)
{
    const int Bins = 32;

    /// <summary>The Kolmogorov–Smirnov finding; null for constants.</summary>
    public Finding? Distance => Findings.FirstOrDefault(finding => finding.Unit == KolmogorovSmirnovDetector.Unit);

    internal static RegionSummary Of(RegionFindings found)
    {
        string law = found.Region.CopyOf is { } source ? $"a copy of {source}"
            : found.Region.Law?.ToString() ?? $"follows from other tensors: {found.Region.Step}";
        return new(found.Region.Tensor, law, found.Sample?.Count ?? 0, found.Findings, found.Sample is { Law: not ConstantLaw } sample
            ? sample.Shares(Bins) : []);
    }
}
