using System.Globalization;
using System.Text;

namespace TorchInit.Parity;

/// <summary>The statistical run as Markdown.</summary>
static class StatisticsMarkdown
{
    public static string Of(StatisticsReport report)
    {
        StringBuilder text = new();
        Line(text,
            $"# Distributions\n\n{report.Summary}, in {report.Seconds:0} s.\n\nThe law of every element is derived from the plan of {report.Profile}. A test accuses a right sample with probability {report.Budget.Alpha:G2} at most; what it would miss with probability {report.Budget.Beta:G0} at most is the last column. {report.Size:N0} values per region, computed from the sup-distance {report.Difference:0.###} that must be detected.\n");
        if (report.NotAsked is not null) { Line(text, $"Real torch was not asked: {SafeText.Markdown(report.NotAsked.Split('\n')[0])}\n"); }
        Line(text,
            $"## Claims\n\n{Claims(report)}\n## Mutants\n\n{Mutants(report.Mutants)}\n## False alarms\n\n{report.FalseAlarms}.\n\n## SciPy {SciPyAgreement.RecordedVersion}\n\n{SciPy()}");
        if (report.TwoSample.Count > 0) { Line(text, $"## Compared with torch, on other seeds\n\n{TwoSample(report)}"); }
        if (report.Unasked.Count > 0)
        {
            IEnumerable<string> items = report.Unasked.Select(item => $"- {SafeText.Code(item.Case)}: {SafeText.Markdown(item.Reason)}");
            Line(text, $"## Not compared with torch\n\n{string.Join('\n', items)}\n");
        }
        string accusations = string.Join('\n', report.Accusations.Select(accusation => $"- {accusation}"));
        Line(text, $"## Power\n\n{Power(report)}\n## Accusations\n\n{(accusations.Length == 0 ? "None." : accusations)}");
        return text.ToString();
    }

    public static string Claims(StatisticsReport report)
        => Table("| tensor | claimed law | by | | sup distance | p |\n|---|---|---|---|--:|--:|", report.Claims.Select(claim =>
        FormattableString.Invariant($"| `{claim.Expression}` {claim.Tensor} | {claim.Law} | {claim.Source} | {claim.Verdict} | {claim.Evidence.Statistic:G3} | {claim.Evidence.ProbabilityText} |")));

    public static string Mutants(IEnumerable<MutantResult> mutants)
        => Table("| | fault | shipped by | killed by | values |\n|---|---|---|---|--:|", mutants.Select(result =>
        FormattableString.Invariant($"| {result.Mutant.Number} | {result.Mutant.Name}: {result.Mutant.Fault} | {result.Mutant.Origin} | {Killer(result)} | {(result.Cheapest is { } cheapest ? FormattableString.Invariant($"{cheapest.Value:N0}") : FormattableString.Invariant($"element {result.Kills.GetValueOrDefault(MutantResult.Bits):N0}"))} |")));

    /// <summary>The defaults of other frameworks, as this library draws them.</summary>
    public static string Defaults()
        => Table("| framework | its defaults |\n|---|---|", Formulas.All.Select(framework
            => $"| {framework.Name.Replace(" (formula)", "", StringComparison.Ordinal)} | {framework.Source} |"));

    static string Killer(MutantResult result) => !result.IsKilled ? "**lives**" : result.Cheapest is { } cheapest ? cheapest.Key
        : "bits only";

    /// <summary>The statistical functions themselves, compared with SciPy's recorded answers.</summary>
    public static string SciPy()
        => Table("| quantity, and SciPy's function | points | difference | largest | allowed |\n|---|--:|---|--:|--:|",
        SciPyAgreement.Recorded().Select(row =>
        FormattableString.Invariant($"| {row.Name} | {row.Points} | {(row.Relative ? "relative" : "absolute")} | {row.Largest:G2} | {row.Tolerance:G2} |")));

    static string TwoSample(StatisticsReport report)
        => Table("| | tensor | seeds | values a seed | p-values from uniform | pooled distance | would be seen "
            + "|\n|---|---|--:|--:|--:|--:|--:|", report.TwoSample.Select(result =>
        FormattableString.Invariant($"| `{result.Case}` | {result.Tensor} | {result.Seeds} | {result.Count:N0} | {result.Distance:0.000} of {result.Threshold:0.000} | {result.PooledDistance:0.0000} of {result.PooledThreshold:0.0000} | {result.SmallestDifference:0.000} |")));

    static string Power(StatisticsReport report)
        => Table("| | dtype | tensor | law | n | sup distance | threshold | p | would be seen |\n|---|---|---|---|--:|--:|--:|--:|--:|",
        from item in report.Cases
        from region in item.Regions
        select region.Distance is { } found
            ? FormattableString.Invariant($"| `{item.Case}` | {item.DType.TorchName()} | {region.Tensor} | {region.Law} | {region.Count:N0} | {found.Statistic:0.0000} | {found.Threshold:0.0000} | {found.ProbabilityText} | {found.SmallestDifference:0.000} |")
            : FormattableString.Invariant($"| `{item.Case}` | {item.DType.TorchName()} | {region.Tensor} | {region.Law} | {region.Count:N0} | | | | {(region.Count > 0 ? "any other value" : "")} |"));

    static string Table(string head, IEnumerable<string> rows) => head + "\n" + string.Join('\n', rows) + "\n";

    static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
