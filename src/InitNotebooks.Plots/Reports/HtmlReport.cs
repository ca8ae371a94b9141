using System.Globalization;
using System.Net;
using System.Text;
using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>The whole run as one HTML file: tables, and charts that are still pictures first and interactive when the script has run. No network is used.</summary>
public static class HtmlReport
{
    /// <summary>The file's text, about 2 MB with plotly.js.</summary>
    /// <param name="parity">Bits.</param>
    /// <param name="statistics">Distributions.</param>
    /// <param name="scoreboard">Who has which; first rows first.</param>
    public static string Of(ParityReport parity, StatisticsReport statistics, IReadOnlyList<ScoreboardRow> scoreboard)
    {
        ArgumentNullException.ThrowIfNull(parity);
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(scoreboard);
        StringBuilder html = new(HtmlPage.Head("Parity with PyTorch"));
        Section(html, "Summary", Summary(parity, statistics));
        Section(html, "Bits", HtmlTable.Of(["torch", "answers from", "cases", "elements", "same bits", "close", "mismatches"], parity.Sections.Select(section => (IReadOnlyList<string>)
            [section.Profile.ToString(), (section.IsLive ? "asked now: " : "recorded: ") + section.Origin, Number(section.Total.Cases), Number(section.Total.Elements), Number(section.Total.Count(Outcome.SameBits)), Number(section.Total.Count(Outcome.WithinTolerance)), Number(section.Total.Count(Outcome.Mismatch))])));
        Section(html, "The four families", string.Concat(ReportCharts.Families().Select(HtmlPage.Chart)));
        Section(html, "Claims", HtmlTable.Of(["tensor", "claimed law", "by", "verdict", "sup distance", "p"], statistics.Claims.Select(claim => (IReadOnlyList<string>)
            [$"{claim.Expression} {claim.Tensor}", claim.Law, claim.Source, claim.Accepted ? "accepted" : "rejected", Significant(claim.Evidence.Statistic), Probability(claim.Evidence.Probability)])));
        Section(html, "Transforms", "<p>Every value goes through its law's distribution function: all shares are equal when the law is right. Dashed: what a right sample leaves once in a thousand bins.</p>" + string.Concat(ReportCharts.Transforms(statistics).Select(HtmlPage.Chart)));
        Section(html, "Power", HtmlPage.Chart(ReportCharts.Power(statistics)) + Details("Every region", Power(statistics)));
        Section(html, "Mutants", $"<p>{statistics.ShippedKilled} of 18 shipped bugs are killed, live in this run; R: mistakes of rounding and order.</p>" + HtmlPage.Chart(ReportCharts.Mutants(statistics)) + HtmlTable.Of(["", "fault", "shipped by", "killed by, at n values"], statistics.Mutants.Select(result => (IReadOnlyList<string>)
            [result.Mutant.Number, $"{result.Mutant.Name}: {result.Mutant.Fault}", result.Mutant.Origin, Kills(result)])));
        Section(html, "False alarms", $"<p>{Encode(statistics.FalseAlarms.ToString())}.</p>");
        if (statistics.TwoSample.Count > 0) { Section(html, "Beside torch, on other seeds", HtmlPage.Chart(ReportCharts.TwoSample(statistics)) + Details("Every tensor", TwoSample(statistics))); }
        Section(html, "Scoreboard", HtmlPage.Chart(ReportCharts.Widths(scoreboard)) + HtmlTable.Of(["", "source", .. ScoreboardCase.All.Select(item => item.Id)], scoreboard.Select(row => (IReadOnlyList<string>)[row.Name, row.Source, .. row.Cells.Select(cell => Answer(cell.Answer))])));
        Section(html, "Broken promises and accusations", Accusations(parity, statistics));
        Section(html, "Environment", HtmlTable.Of(["", ""], [["followed", statistics.Profile.ToString()], ["runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription], ["system", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier],
            ["cores", Number(Environment.ProcessorCount)], ["statistical run", string.Create(CultureInfo.InvariantCulture, $"{statistics.Seconds:0} s, {statistics.Size:N0} values a region, alpha {statistics.Budget.Alpha:G2} a test, beta {statistics.Budget.Beta:G1}")]]));
        return html.Append(PlotlyScript.Html).Append(HtmlPage.Tail).ToString();
    }

    static string Summary(ParityReport parity, StatisticsReport statistics)
        => $"<p class=\"{(parity.Passed && statistics.Passed ? "good" : "bad")}\">{Encode(parity.Summary)}.</p><p>{Encode(statistics.Summary)}.</p>" + (parity.NotAsked is null ? "" : $"<p>Real torch was not asked: {Encode(parity.NotAsked)}</p>");

    static string Kills(MutantResult result) => result.IsKilled
        ? string.Join("; ", result.Kills.OrderBy(kill => kill.Key == MutantResult.Bits).ThenBy(kill => kill.Value).Take(4).Select(kill => kill.Key == MutantResult.Bits ? $"bits, at element {Number(kill.Value)}" : $"{kill.Key}, {Number(kill.Value)}"))
        : "lives";

    static string Power(StatisticsReport statistics) => HtmlTable.Of(["case", "dtype", "tensor", "law", "n", "sup distance", "threshold", "would be seen"],
        from item in statistics.Cases
        from region in item.Regions
        select (IReadOnlyList<string>)[item.Case, item.DType.TorchName(), region.Tensor, region.Law, Number(region.Count), Significant(region.Distance?.Statistic), Significant(region.Distance?.Threshold), Significant(region.Distance?.SmallestDifference)]);

    static string TwoSample(StatisticsReport statistics) => HtmlTable.Of(["case", "tensor", "seeds", "values a seed", "p-values from uniform", "threshold", "pooled distance", "threshold", "would be seen"], statistics.TwoSample.Select(result => (IReadOnlyList<string>)
        [result.Case.ToString(), result.Tensor, Number(result.Seeds), Number(result.Count), Significant(result.Distance), Significant(result.Threshold), Significant(result.PooledDistance), Significant(result.PooledThreshold), Significant(result.SmallestDifference)]));

    static string Accusations(ParityReport parity, StatisticsReport statistics)
    {
        string[] all = [.. parity.Sections.SelectMany(section => section.Failures.Select(failure => $"{section.Profile}: {failure.Case}: {failure.Detail}")), .. statistics.Accusations];
        return all.Length == 0 ? "<p class=\"good\">None.</p>" : $"<ul>{string.Concat(all.Select(accusation => $"<li>{Encode(accusation)}</li>"))}</ul>";
    }

    static string Answer(ScoreboardAnswer answer) => answer switch { ScoreboardAnswer.SameBits => "same bits", ScoreboardAnswer.SameDistribution => "same laws", ScoreboardAnswer.Differs => "differs", _ => "–" };

    static void Section(StringBuilder html, string title, string content) => html.Append("<section><h2>").Append(title).Append("</h2>").Append(content).Append("</section>\n");

    static string Details(string title, string content) => $"<details><summary>{title}</summary>{content}</details>";

    static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    static string Significant(double? value) => value is { } number ? number.ToString("G3", CultureInfo.InvariantCulture) : "";

    static string Probability(double p) => p == 0 ? "< 1e-300" : p.ToString("G2", CultureInfo.InvariantCulture);

    static string Encode(string text) => WebUtility.HtmlEncode(text);
}
