using System.Globalization;
using System.Text;

namespace TorchInit.Parity;

/// <summary>The report for people.</summary>
static class ParityMarkdown
{
    public static string Of(ParityReport report)
    {
        StringBuilder text = new();
        Line(text, $"# Parity with PyTorch\n\n{report.Summary}.\n");
        if (report.NotAsked is not null) { Line(text, $"Real torch was not asked: {report.NotAsked.Split('\n')[0].Trim()}\n"); }
        foreach (ParitySection section in report.Sections.Where(section => section.IsLive)) { Live(text, section); }
        Line(text, "## Recorded answers\n\n| torch | recorded from | cases | same bits | to a tolerance | refused alike | mismatches |\n|---|---|--:|--:|--:|--:|--:|");
        foreach (ParitySection section in report.Sections.Where(section => !section.IsLive)) { Line(text, $"| {section.Profile} | {section.Origin} | {Outcomes(section.Total)} |"); }
        IEnumerable<string> failures = report.Sections.SelectMany(section => section.Failures.Select(failure => $"- {section.Profile}: `{failure.Case}`: {failure.Detail}"));
        Line(text, $"\n## Broken promises\n\n{(failures.Any() ? string.Join('\n', failures) : "None.")}");
        return text.ToString();
    }

    static void Live(StringBuilder text, ParitySection section)
    {
        Line(text, $"## {section.Profile}, asked now\n\n{section.Origin}\n\n| | elements | differing | cases | same bits | to a tolerance | refused alike | mismatches | largest distance |\n|---|--:|--:|--:|--:|--:|--:|--:|---|");
        foreach (Tally tally in section.Names.OrderBy(tally => tally.Name, StringComparer.OrdinalIgnoreCase)) { Row(text, tally); }
        Row(text, section.Total);
        text.Append('\n');
    }

    static void Row(StringBuilder text, Tally tally)
    {
        string distance = tally.Tolerance == 0 ? "" : $"{tally.Distance:G2} ε of {tally.Tolerance:G2} ε allowed: {tally.Why}";
        Line(text, $"| `{tally.Name}` | {tally.Elements:N0} | {tally.DifferingExact + tally.DifferingClose:N0} | {Outcomes(tally)} | {distance} |");
    }

    static string Outcomes(Tally tally) => string.Create(CultureInfo.InvariantCulture,
        $"{tally.Cases:N0} | {tally.Count(Outcome.SameBits):N0} | {tally.Count(Outcome.WithinTolerance):N0} | {tally.Count(Outcome.RefusedAlike) + tally.Count(Outcome.AbsentInBoth):N0} | {tally.Count(Outcome.Mismatch):N0}");

    static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
