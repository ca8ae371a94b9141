using System.Globalization;
using TorchInit;
using TorchInit.Parity;
using static InitNotebooks.HtmlReport;

namespace InitNotebooks;

/// <summary>The sections of the report that are about distributions.</summary>
static class StatisticsHtml
{
    public static string Claims(StatisticsReport statistics)
        => HtmlTable.Of(["tensor", "claimed law", "by", "verdict", "sup distance#", "p#"],
        statistics.Claims.Select(claim => (IReadOnlyList<string>)
        [$"{claim.Expression} {claim.Tensor}", claim.Law, claim.Source, claim.Verdict, Significant(claim.Evidence.Statistic),
            claim.Evidence.ProbabilityText]));

    /// <summary>What each detector measured and would have detected: over all regions, then region by region.</summary>
    public static string Power(StatisticsReport statistics)
        => string.Create(CultureInfo.InvariantCulture,
            $"<p>A sup-distance of {statistics.Difference:0.###} between distributions may be missed at most with probability "
                + $"{statistics.Budget.Beta:G1}, with a false alarm of {statistics.Budget.Alpha:G2} per test ({statistics.Budget.Total:G1} "
                + $"over all {statistics.Budget.Tests:N0}): that takes {statistics.Size:N0} values, the number in each region "
                + $"unless a draw gives only one.</p>")
        + HtmlPage.Chart(ReportCharts.Power(statistics))
        + "<p>By detector: how close to its threshold the closest region came, and the smallest difference that it detects in the "
        + "best and in the worst region.</p>"
        + HtmlTable.Of(["detector", "tests#", "closest to its threshold#", "smallest p, or bound on it#", "would be seen, best#", "worst#",
            "in"], ByDetector(statistics))
        + HtmlPage.Details("Every region, every detector",
            string.Concat(statistics.Cases.Select(item => HtmlPage.Details($"{item.Case} {item.DType.TorchName()}: {item.Draws:N0} draws",
            ByRegion(item)))));

    /// <summary>Which detector killed each mutant, and with how many values.</summary>
    public static string Mutants(StatisticsReport statistics)
    {
        string[] detectors = [.. statistics.Mutants.SelectMany(result => result.Kills.Keys).Distinct()
            .OrderBy(name => name == MutantResult.Bits).ThenBy(name => name, StringComparer.Ordinal)];
        return $"<p>{statistics.ShippedKilled} of 18 silent bugs that were shipped are killed, live in this run. R: mistakes of rounding "
            + $"and order. The fewest values are those at which the first detector accuses: the sizes tried are "
            + $"{Number(MutantTrial.Sizes[0])}, four times as many, and so on. Rules of behaviour need two constructions.</p>"
            + HtmlPage.Chart(ReportCharts.Mutants(statistics))
            + HtmlTable.Of(["", "fault", "shipped by", "first killed by", "at values#"],
                statistics.Mutants.Select(result => (IReadOnlyList<string>)
                [result.Mutant.Number, $"{result.Mutant.Name}: {result.Mutant.Fault}", result.Mutant.Origin, First(result).Name,
                    First(result).Values]))
            + HtmlPage.Details("Mutant × detector: values to kill",
                HtmlTable.Of(["", .. detectors.Select(name => name == MutantResult.Bits ? "bits: first element#" : name + "#")],
                statistics.Mutants.Select(result => (IReadOnlyList<string>)
                [result.Mutant.Number, .. detectors.Select(name => result.Kills.TryGetValue(name, out long n) ? Number(n) : "")])));
    }

    public static string TwoSample(StatisticsReport statistics) => statistics.TwoSample.Count == 0
        ? $"<p>Real torch was not asked: {Encode(statistics.NotAsked ?? "it gave no answer")}</p>"
        : "<p>TorchInit and torch on different seeds. Each pair of seeds gives a p-value; a tensor's p-values must be uniform, "
            + "and all values together must have one distribution.</p>"
            + HtmlPage.Chart(ReportCharts.TwoSample(statistics))
            + HtmlPage.Details("Every tensor",
                HtmlTable.Of(["case", "tensor", "seeds#", "values per seed#", "p-values from uniform#", "threshold#", "pooled distance#",
                "threshold#", "would be seen#"], statistics.TwoSample.Select(result => (IReadOnlyList<string>)
                [result.Case.ToString(), result.Tensor, Number(result.Seeds), Number(result.Count), Significant(result.Distance),
                    Significant(result.Threshold), Significant(result.PooledDistance), Significant(result.PooledThreshold),
                    Significant(result.SmallestDifference)])));

    /// <summary>The statistical functions themselves, compared with SciPy's.</summary>
    public static string SciPy()
        => $"<p>Every statistic and tail, against recorded answers of SciPy {SciPyAgreement.RecordedVersion}; the live tests ask "
            + $"the installed SciPy.</p>"
        + HtmlTable.Of(["quantity, and SciPy's function", "points#", "difference", "largest#", "allowed#"], SciPyAgreement.Recorded()
            .Select(row => (IReadOnlyList<string>)[row.Name, Number(row.Points), row.Relative ? "relative" : "absolute",
            Significant(row.Largest), Significant(row.Tolerance)]));

    static IEnumerable<IReadOnlyList<string>> ByDetector(StatisticsReport statistics)
        => from item in statistics.Cases
           from region in item.Regions
           from finding in region.Findings
           group finding by (finding.Detector, finding.Unit) into all
           let differences = all.Select(finding => finding.SmallestDifference).Where(difference => !double.IsNaN(difference))
               .DefaultIfEmpty(double.NaN).ToArray()
           select (IReadOnlyList<string>)[all.Key.Detector, Number(all.Count()),
               all.Max(finding => finding.Threshold > 0 ? finding.Statistic / finding.Threshold : 0)
               .ToString("P0", CultureInfo.InvariantCulture), all.MinBy(finding => finding.Probability)!.ProbabilityText,
               Significant(differences.Min()), Significant(differences.Max()), all.Key.Unit];

    static string ByRegion(ExaminationSummary item)
        => HtmlTable.Of(["tensor", "law", "detector", "n#", "statistic#", "threshold#", "p#", "would be seen#", "in"],
        from region in item.Regions
        from row in region.Findings.Count == 0
            ? [[region.Tensor, region.Law, "", Number(region.Count), "", "", "", "", ""]]
            : region.Findings.Select(finding => (IReadOnlyList<string>)[region.Tensor, region.Law, finding.Detector, Number(finding.Count),
                Significant(finding.Statistic), Significant(finding.Threshold), finding.ProbabilityText,
                Significant(finding.SmallestDifference), finding.Unit])
        select row);

    static (string Name, string Values) First(MutantResult result) => result switch
    {
        { IsKilled: false } => ("lives", ""),
        { Cheapest: { } cheapest } => (cheapest.Key, Number(cheapest.Value)),
        _ => ("bits only", $"element {Number(result.Kills[MutantResult.Bits])}"),
    };
}
