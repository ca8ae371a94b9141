using System.Globalization;
using System.Text;

namespace TorchInit.Parity;

/// <summary>The report as Markdown.</summary>
static class ParityMarkdown
{
    public static string Of(ParityReport report)
    {
        StringBuilder text = new();
        Line(text, $"# Parity with PyTorch\n\n{report.Summary}.\n");
        if (report.NotAsked is not null) { Line(text, $"Real torch was not asked: {SafeText.Markdown(report.NotAsked.Split('\n')[0])}\n"); }
        foreach (ParitySection section in report.Sections.Where(section => section.IsLive)) { Live(text, section); }
        Line(text,
            $"## Recorded answers\n\n{Recorded(report.Sections.Where(section => !section.IsLive))}\n## Close\n\n{Close(report.Sections)}");
        Line(text, $"\n## Broken promises\n\n{List(report.Sections, section => section.Failures)}");
        if (report.Sections.Any(section => section.NotAsked.Count > 0))
        {
            Line(text, $"\n## Not asked\n\nThese cases were not compared.\n\n{List(report.Sections, section => section.NotAsked)}");
        }
        return text.ToString();
    }

    /// <summary>One line per torch: how many cases, and their outcomes.</summary>
    public static string Recorded(IEnumerable<ParitySection> sections)
    {
        StringBuilder text = new();
        Line(text, $"| torch | its answers are from | {OutcomeTitles} |\n|---|---|{OutcomeRules}|");
        foreach (ParitySection section in sections)
        {
            Line(text, $"| {section.Profile} | {SafeText.Markdown(section.Origin)} | {Outcomes(section.Total)} |");
        }
        return text.ToString();
    }

    /// <summary>One line for each function and torch with cases that are promised only within a tolerance.</summary>
    public static string Close(IEnumerable<ParitySection> sections)
    {
        StringBuilder text = new();
        Line(text,
            "| | torch | its answers are from | elements that differ | largest distance | allowed | decided by |\n|---|---|---|--:|--:|--:|---|");
        foreach ((ParitySection section,
            Tally name) in from section in sections
                           from name in section.Names
                           where name.Tolerance > 0
                           orderby name.Name
                           select (section,
            name))
        {
            string of = $"| {SafeText.Code(name.Name)} | {section.Profile} | {SafeText.Markdown(section.Origin)}";
            Line(text, $"{of} | {name.DifferingClose:N0} | {name.Distance:0.0} ε | {name.Tolerance:0} ε | {name.Why} |");
        }
        return text.ToString();
    }

    static void Live(StringBuilder text, ParitySection section)
    {
        Line(text, $"## {section.Profile}, asked now\n\n{SafeText.Markdown(section.Origin)}\n");
        Line(text,
            $"| | elements | differing | left undefined | {OutcomeTitles} | largest distance |\n|---|--:|--:|--:|{OutcomeRules}|---|");
        foreach (Tally tally in section.Names.OrderBy(tally => tally.Name, StringComparer.OrdinalIgnoreCase)) { Row(text, tally); }
        Row(text, section.Total);
        text.Append('\n');
    }

    static void Row(StringBuilder text, Tally tally)
    {
        string distance = tally.Tolerance == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{tally.Distance:0.0} ε of {tally.Tolerance:0} ε allowed: {tally.Why}");
        string name = SafeText.Code(tally.Name);
        Line(text,
            $"| {name} | {tally.Elements:N0} | {tally.DifferingExact + tally.DifferingClose:N0} | {tally.Undefined:N0} | {Outcomes(tally)} | {distance} |");
    }

    static string OutcomeTitles => string.Join(" | ", Tally.Columns.Select(column => column.Title).Prepend("cases"));

    static string OutcomeRules => string.Join('|', Enumerable.Repeat("--:", Tally.Columns.Count + 1));

    static string Outcomes(Tally tally)
        => string.Join(" | ", tally.Row.Prepend(tally.Cases).Select(count => count.ToString("N0", CultureInfo.InvariantCulture)));

    static string List(IEnumerable<ParitySection> sections, Func<ParitySection, IEnumerable<CaseResult>> of)
    {
        string[] lines = [.. from section in sections from result in of(section)
            select $"- {section.Profile}: {SafeText.Code(result.Case.ToString())}: {SafeText.Markdown(result.Detail)}"];
        return lines.Length == 0 ? "None." : string.Join('\n', lines);
    }

    static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
