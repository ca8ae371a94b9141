using System.Globalization;

namespace TorchInit.Parity;

/// <summary>A whole statistical run.</summary>
/// <param name="Profile">The torch followed.</param>
/// <param name="Budget">Allowed false alarms and misses.</param>
/// <param name="Difference">The sup-distance of distributions that is not missed.</param>
/// <param name="Size">Values of each region, computed from it.</param>
/// <param name="Cases">Every case.</param>
/// <param name="TwoSample">Beside real torch; empty where it was not asked.</param>
/// <param name="Mutants">How each mutant died.</param>
/// <param name="FalseAlarms">Right runs, repeated.</param>
/// <param name="Claims">What the field says, put to the test.</param>
/// <param name="NotAsked">Why real torch was not asked; null where it was.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record StatisticsReport(TorchProfile Profile, AlphaBudget Budget, double Difference, long Size,
    IReadOnlyList<ExaminationSummary> Cases, IReadOnlyList<TwoSampleResult> TwoSample, IReadOnlyList<MutantResult> Mutants,
    FalseAlarms FalseAlarms, IReadOnlyList<ClaimResult> Claims, string? NotAsked, double Seconds)
{
    /// <summary>Cases that were to be put beside torch and were not: it died over them, or refused them.</summary>
    public IReadOnlyList<UnaskedCase> Unasked { get; init; } = [];

    /// <summary>Everything that accuses.</summary>
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

    /// <summary>Whether nothing accuses, all mutants are dead, claims came out as they must, and no case was left out.</summary>
    public bool Passed => Cases.Count > 0 && Unasked.Count == 0 && Accusations.Count == 0;

    /// <summary>How many of the 18 shipped bugs died: all their variants.</summary>
    public int ShippedKilled => Mutants.Where(result => char.IsDigit(result.Mutant.Number[0]))
        .GroupBy(result => result.Mutant.Number.TrimEnd('a', 'b')).Count(group => group.All(result => result.IsKilled));

    /// <summary>One sentence.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{Cases.Count:N0} cases, {Cases.Sum(item => item.Regions.Sum(region => region.Count)):N0} values, {Budget.Tests:N0} tests that "
            + $"share one false alarm in {1 / Budget.Total:N0} runs: {Cases.Sum(item => item.Accusations.Count)} accusations; "
            + $"{ShippedKilled} of 18 shipped bugs killed{(Unasked.Count == 0 ? "" : $"; {Unasked.Count} not put beside torch")}");
}
