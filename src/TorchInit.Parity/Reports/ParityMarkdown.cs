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
        Line(text, $"## Recorded answers\n\n{Recorded(report.Sections.Where(section => !section.IsLive))}\n## Close\n\n{Close(report.Sections)}");
        IEnumerable<string> failures = report.Sections.SelectMany(section => section.Failures.Select(failure => $"- {section.Profile}: `{failure.Case}`: {failure.Detail}"));
        Line(text, $"\n## Broken promises\n\n{(failures.Any() ? string.Join('\n', failures) : "None.")}");
        return text.ToString();
    }

    /// <summary>One line a torch: how many cases, and how they came out.</summary>
    public static string Recorded(IEnumerable<ParitySection> sections)
    {
        StringBuilder text = new();
        Line(text, "| torch | its answers are from | cases | same bits | close | refused alike | differ |\n|---|---|--:|--:|--:|--:|--:|");
        foreach (ParitySection section in sections) { Line(text, $"| {section.Profile} | {section.Origin} | {Outcomes(section.Total)} |"); }
        return text.ToString();
    }

    /// <summary>One line for each function and torch that has cases which are promised to a tolerance only.</summary>
    public static string Close(IEnumerable<ParitySection> sections)
    {
        StringBuilder text = new();
        Line(text, "| | torch | its answers are from | elements that differ | largest distance | allowed | decided by |\n|---|---|---|--:|--:|--:|---|");
        foreach ((ParitySection section, Tally name) in from section in sections from name in section.Names where name.Tolerance > 0 orderby name.Name select (section, name))
        {
            Line(text, $"| `{name.Name}` | {section.Profile} | {section.Origin} | {name.DifferingClose:N0} | {name.Distance:0.0} ε | {name.Tolerance:0} ε | {name.Why} |");
        }
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
        string distance = tally.Tolerance == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{tally.Distance:0.0} ε of {tally.Tolerance:0} ε allowed: {tally.Why}");
        Line(text, $"| `{tally.Name}` | {tally.Elements:N0} | {tally.DifferingExact + tally.DifferingClose:N0} | {Outcomes(tally)} | {distance} |");
    }

    static string Outcomes(Tally tally) => string.Create(CultureInfo.InvariantCulture,
        $"{tally.Cases:N0} | {tally.Count(Outcome.SameBits):N0} | {tally.Count(Outcome.WithinTolerance):N0} | {tally.Count(Outcome.RefusedAlike) + tally.Count(Outcome.AbsentInBoth):N0} | {tally.Count(Outcome.Mismatch):N0}");

    static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
