using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>The whole run as one HTML file: tables, and charts that start as still pictures and become interactive by a script. No
/// network is used.</summary>
public static class HtmlReport
{
    /// <summary>The file's text, about 3 MB with plotly.js.</summary>
    /// <param name="parity">The comparison of bits.</param>
    /// <param name="statistics">The statistical run.</param>
    /// <param name="scoreboard">The scoreboard's rows, in order.</param>
    public static string Of(ParityReport parity, StatisticsReport statistics, IReadOnlyList<ScoreboardRow> scoreboard)
    {
        ArgumentNullException.ThrowIfNull(parity);
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(scoreboard);
        List<(string Title, string Content)> sections =
        [
            ("Summary", Summary(parity, statistics)),
            ("Bits", Bits(parity)),
            ("The four families", Families()),
            ("Claims", StatisticsHtml.Claims(statistics)),
            ("Power", StatisticsHtml.Power(statistics)),
            ("Transforms",
                "<p>Every value goes through its law's distribution function: all shares are equal if the law is right. Dashed: what a "
                    + "right sample exceeds in one of a thousand bins.</p>" + HtmlPage.Charts(ReportCharts.Transforms(statistics))),
            ("Mutants", StatisticsHtml.Mutants(statistics)),
            ("False alarms", $"<p>{Encode(statistics.FalseAlarms.ToString())}.</p>"),
            ("Compared with torch", StatisticsHtml.TwoSample(statistics)),
            ("SciPy", StatisticsHtml.SciPy()),
            ("Scoreboard", Scoreboard(scoreboard)),
            ("Accusations", Accusations(parity, statistics)),
            ("Environment", Environment(parity, statistics)),
        ];
        return HtmlPage.Head("Parity with PyTorch", sections.Select(section => section.Title))
            + string.Concat(sections.Select(section => HtmlPage.Section(section.Title, section.Content))) + PlotlyScript.Html
            + HtmlPage.Tail;
    }

    static string Summary(ParityReport parity, StatisticsReport statistics)
    {
        long differing = parity.Sections.Sum(section => section.Total.DifferingExact),
            broken = parity.Sections.Sum(section => section.Failures.Count);
        int accused = statistics.Cases.Sum(item => item.Accusations.Count) + statistics.TwoSample.Count(result => result.Accused);
        return "<div class=\"tiles\">"
            + HtmlPage.Tile(Number(parity.Sections.Sum(section => section.Total.Elements)), "elements compared bit by bit", null)
            + HtmlPage.Tile(Number(parity.LiveElements), parity.NotAsked is null ? "of them with live torch"
                : "of them live: no torch was asked", parity.NotAsked is null ? true : null)
            + HtmlPage.Tile(Number(differing), "differ where the same bits are promised", differing == 0 && broken == 0 && parity.Passed
                ? true : parity.IsBroken || differing > 0 ? false : null)
            + HtmlPage.Tile(Number(statistics.Budget.Tests), "tests of distributions", null)
            + HtmlPage.Tile(Number(accused), $"accusations, false in one of {1 / statistics.Budget.Total:N0} runs", accused == 0)
            + HtmlPage.Tile($"{statistics.ShippedKilled} of 18", "shipped bugs killed in this run", statistics.ShippedKilled == 18)
            + "</div>"
            + $"<p class=\"{Sign(parity, statistics)}\">{Encode(parity.Summary)}.</p><p>{Encode(statistics.Summary)}.</p>"
            + (parity.NotAsked is null ? "" : $"<p>Real torch was not asked: {Encode(parity.NotAsked)}</p>");
    }

    /// <summary>Neither good nor bad if nothing is broken, but some cases were not compared.</summary>
    static string Sign(ParityReport parity, StatisticsReport statistics)
        => parity.Passed && statistics.Passed ? "good" : parity.IsBroken || statistics.Accusations.Count > 0 ? "bad" : "open";

    static string Bits(ParityReport parity)
        => HtmlTable.Of(["torch", "answers from", "elements#", "left undefined#", "cases#",
            .. Tally.Columns.Select(column => column.Title + "#")], parity.Sections.Select(section => (IReadOnlyList<string>)
        [
            section.Profile.ToString(), (section.IsLive ? "asked now: " : "recorded: ") + section.Origin, Number(section.Total.Elements),
                Number(section.Total.Undefined), Number(section.Total.Cases), .. section.Total.Row.Select(Number),
        ]));

    static string Families()
        => "<p>What is drawn, and the law that the plan's last step gives it: nothing is entered by hand. Left: values; middle: their "
            + "quantiles; right: their transforms, which must be flat.</p>"
        + string.Concat(ReportCharts.Families.Select(family => $"<h3>{Encode(family.Expression)} {Encode(family.Tensor)}: "
        + $"<code>{Encode(family.Step)}</code></h3>" + HtmlPage.Charts(family.Charts())));

    static string Scoreboard(IReadOnlyList<ScoreboardRow> scoreboard) => HtmlPage.Chart(ReportCharts.Widths(scoreboard))
        + HtmlTable.Of(["", "source", .. ScoreboardCase.All.Select(item => item.Id)],
            scoreboard.Select(row => (IReadOnlyList<string>)[row.Name, row.Source, .. row.Cells.Select(Answer)]))
        + HtmlPage.Details("Evidence",
            HtmlTable.Of(["", "case", "evidence"],
            from row in scoreboard
            from cell in row.Cells
            where cell.Evidence.Count > 0
            select (IReadOnlyList<string>)[row.Name,
            cell.Case.Expression, cell.Evidence[0]]));

    static string Accusations(ParityReport parity, StatisticsReport statistics)
    {
        string[] all = [.. parity.Sections.SelectMany(section => section.Failures.Select(failure => $"{section.Profile}: {failure.Case}: "
            + $"{failure.Detail}")), .. statistics.Accusations];
        string[] unasked = [.. parity.Sections.SelectMany(section
            => section.NotAsked.Select(result => $"{section.Profile}: {result.Case}: {result.Detail}")),
            .. statistics.Unasked.Select(item => $"{item.Case}: {item.Reason}")];
        return (all.Length > 0 ? List(all) : unasked.Length > 0 ? "<p>None.</p>" : "<p class=\"good\">None, and no promise is broken.</p>")
            + (unasked.Length == 0 ? "" : "<h3>Not asked, so not compared</h3>" + List(unasked));
    }

    static string List(IEnumerable<string> items) => $"<ul>{string.Concat(items.Select(item => $"<li>{Encode(item)}</li>"))}</ul>";

    static string Environment(ParityReport parity, StatisticsReport statistics) => HtmlTable.Of(["", ""],
    [
        ["laws of", statistics.Profile.ToString()], .. parity.Sections.Where(section => section.IsLive)
            .Select(section => (IReadOnlyList<string>)["asked now", $"{section.Profile}: {section.Origin}"]),
        ["runtime", RuntimeInformation.FrameworkDescription], ["system",
            $"{RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.OSDescription}"],
            ["cores", Number(System.Environment.ProcessorCount)],
        ["statistical run",
            string.Create(CultureInfo.InvariantCulture,
            $"{statistics.Seconds:0} s; {statistics.Size:N0} values per region, computed from the sup-distance "
                + $"{statistics.Difference:0.###} that must be detected; alpha {statistics.Budget.Alpha:G2} per test, beta "
                + $"{statistics.Budget.Beta:G1}")],
    ]);

    static string Answer(ScoreboardCell cell) => cell.Answer switch
    {
        ScoreboardAnswer.SameBits => "same bits",
        ScoreboardAnswer.SameDistribution => "same laws",
        ScoreboardAnswer.Differs
            => "differs: "
            + string.Join(", ",
            cell.Widths.Select(width => string.Create(CultureInfo.InvariantCulture, $"{width.Key} × {width.Value:0.00}"))),
        _ => "no answer",
    };

    internal static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Significant(double? value) => value is { } number ? number.ToString("G3", CultureInfo.InvariantCulture) : "";

    /// <summary>As text of the page: control characters in a message are shown, not sent.</summary>
    internal static string Encode(string text)
        => WebUtility.HtmlEncode(string.Concat(text.Select(letter => char.IsControl(letter) && letter != '\n' ? '\uFFFD' : letter)));
}
