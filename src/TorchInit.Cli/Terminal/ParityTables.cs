using System.Globalization;
using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>The report in the terminal.</summary>
static class ParityTables
{
    const int MostFailures = 20;

    public static void Show(ParityReport report)
    {
        ParitySection[] live = [.. report.Sections.Where(section => section.IsLive)];
        if (live.Length > 0) { AnsiConsole.Write(Live(live)); }
        foreach (ParitySection section in live) { Close(section); }
        AnsiConsole.Write(Recorded(report.Sections.Where(section => !section.IsLive)));
        foreach ((ParitySection section, CaseResult failure) in report.Sections.SelectMany(section => section.Failures.Select(failure => (section, failure))).Take(MostFailures))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]✘[/] {section.Profile}: {failure.Case}: {failure.Detail}");
        }
        if (report.NotAsked is not null) { AnsiConsole.MarkupLineInterpolated($"[yellow]Not asked live:[/] {report.NotAsked}"); }
        AnsiConsole.MarkupLineInterpolated($"{(report.Passed ? "✔" : "✘")} {report.Summary}");
    }

    static Table Live(ParitySection[] sections)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("C# against real torch, asked now").AddColumn("");
        foreach (ParitySection section in sections)
        {
            table.AddColumn(new TableColumn(Markup.Escape($"{section.Profile}\nelements")).RightAligned());
            table.AddColumn(new TableColumn("\ndiffering").RightAligned());
            table.AddColumn(new TableColumn("\nclose").RightAligned());
        }
        foreach (CaseGroup row in CaseTable.Groups) { Row(table, row.Name, sections.Select(section => section.Groups.Single(tally => tally.Name == row.Name))); }
        Row(table, "All", sections.Select(section => section.Total));
        return table;
    }

    static void Row(Table table, string name, IEnumerable<Tally> tallies)
        => table.AddRow([name, .. tallies.SelectMany(tally => new[] { Number(tally.Elements), tally.DifferingExact == 0 && tally.Count(Outcome.Mismatch) == 0 ? "[green]0[/]" : $"[red]{Number(tally.DifferingExact)}[/]", Number(tally.DifferingClose) })]);

    /// <summary>What is promised to a tolerance only, with the distance measured now.</summary>
    static void Close(ParitySection section)
    {
        foreach (Tally tally in section.Names.Where(tally => tally.Tolerance > 0))
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"close: {tally.Name} with {section.Profile}: distance {tally.Distance:G2} ε of {tally.Tolerance:G2} ε allowed, decided by {tally.Why}");
        }
    }

    static Table Recorded(IEnumerable<ParitySection> sections)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("C# against recorded answers").AddColumns("torch", "recorded from").AddColumn(new TableColumn("cases").RightAligned())
            .AddColumn(new TableColumn("same bits").RightAligned()).AddColumn(new TableColumn("close").RightAligned()).AddColumn(new TableColumn("mismatches").RightAligned());
        foreach (ParitySection section in sections)
        {
            Tally total = section.Total;
            table.AddRow(new Text(section.Profile.ToString()), new Text(section.Origin), new Text(Number(total.Cases)), new Text(Number(total.Count(Outcome.SameBits))),
                new Text(Number(total.Count(Outcome.WithinTolerance))), new Markup(total.Count(Outcome.Mismatch) == 0 ? "[green]0[/]" : $"[red]{Number(total.Count(Outcome.Mismatch))}[/]"));
        }
        return table;
    }

    static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
