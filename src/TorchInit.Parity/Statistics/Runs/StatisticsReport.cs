using System.Globalization;

namespace TorchInit.Parity;

/// <summary>A whole statistical run.</summary>
/// <param name="Profile">The torch followed.</param>
/// <param name="Budget">The allowed false alarms and misses.</param>
/// <param name="Difference">The sup-distance between distributions that must be detected.</param>
/// <param name="Size">The number of values per region, computed from it.</param>
/// <param name="Cases">Every case.</param>
/// <param name="TwoSample">The comparison with real torch; empty if it was not asked.</param>
/// <param name="Mutants">The result of each mutant.</param>
/// <param name="FalseAlarms">How often right runs were accused.</param>
/// <param name="Claims">Published claims, tested.</param>
/// <param name="NotAsked">Why real torch was not asked; null if it was.</param>
/// <param name="Seconds">The duration of the run.</param>
public sealed record StatisticsReport(TorchProfile Profile, AlphaBudget Budget, double Difference, long Size,
    IReadOnlyList<ExaminationSummary> Cases, IReadOnlyList<TwoSampleResult> TwoSample, IReadOnlyList<MutantResult> Mutants,
    FalseAlarms FalseAlarms, IReadOnlyList<ClaimResult> Claims, string? NotAsked, double Seconds)
{
    /// <summary>Cases that should have been compared with torch and were not: it crashed on them, or refused them.</summary>
    public IReadOnlyList<UnaskedCase> Unasked { get; init; } = [];

    /// <summary>All accusations.</summary>
    public IReadOnlyList<string> Accusations =>
    [
        .. Cases.SelectMany(item => item.Accusations.Select(accusation => $"{item.Case} {item.DType.TorchName()}: {accusation}")),
        .. TwoSample.Where(result => result.Accused).Select(result => $"{result.Case} {result.Tensor}: TorchInit and torch differ"),
        .. Mutants.Where(result => !result.IsKilled).Select(result => $"mutant {result.Mutant.Number} ({result.Mutant.Name}) lives"),
        .. FalseAlarms.Consistent ? Array.Empty<string>() : [FalseAlarms.ToString()],
        .. SciPyAgreement.Recorded().Where(row => !row.Agrees).Select(row => $"not as SciPy: {row}"),
        .. Claims.Where(claim => claim.Accepted != claim.Expected)
            .Select(claim => $"{claim.Expression} as {claim.Law} was {claim.Verdict}"),
    ];

    /// <summary>Whether nothing accuses, all mutants are killed, claims came out as they must, and no case was left out.</summary>
    public bool Passed => Cases.Count > 0 && Unasked.Count == 0 && Accusations.Count == 0;

    /// <summary>How many of the 18 shipped bugs were killed, in all their variants.</summary>
    public int ShippedKilled => Mutants.Where(result => char.IsDigit(result.Mutant.Number[0]))
        .GroupBy(result => result.Mutant.Number.TrimEnd('a', 'b')).Count(group => group.All(result => result.IsKilled));

    /// <summary>The result, in one sentence.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{Cases.Count:N0} cases, {Cases.Sum(item => item.Regions.Sum(region => region.Count)):N0} values, {Budget.Tests:N0} tests that "
            + $"share one false alarm in {1 / Budget.Total:N0} runs: {Cases.Sum(item => item.Accusations.Count)} accusations; "
            + $"{ShippedKilled} of 18 shipped bugs killed{(Unasked.Count == 0 ? "" : $"; {Unasked.Count} not compared with torch")}");
}
