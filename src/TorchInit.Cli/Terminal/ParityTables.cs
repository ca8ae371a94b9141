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
        if (live.Length > 0) { AnsiConsole.Write(Cases("The cases asked now", live)); }
        ParitySection[] recorded = [.. report.Sections.Where(section => !section.IsLive)];
        if (recorded.Length > 0) { AnsiConsole.Write(Cases("C# against recorded answers", recorded)); }
        foreach ((ParitySection section, CaseResult result) in First(report, section => section.Failures))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]✘[/] {Said(section, result)}");
        }
        foreach ((ParitySection section, CaseResult result) in First(report, section => section.NotAsked))
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]? not asked:[/] {Said(section, result)}");
        }
        if (report.NotAsked is not null)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]Not asked live:[/] {PlainText.Of(report.NotAsked)}");
        }
        AnsiConsole.MarkupLineInterpolated($"{Sign(report.Passed, report.IsBroken)} {report.Summary}");
    }

    /// <summary>Kept, broken, or neither: no comparison failed, but something was not compared.</summary>
    public static string Sign(bool passed, bool isBroken) => passed ? "✔" : isBroken ? "✘" : "?";

    static IEnumerable<(ParitySection Section, CaseResult Result)> First(
        ParityReport report, Func<ParitySection, IEnumerable<CaseResult>> of)
        => report.Sections.SelectMany(section => of(section).Select(result => (section, result))).Take(MostFailures);

    static string Said(ParitySection section, CaseResult result) => PlainText.Of($"{section.Profile}: {result.Case}: {result.Detail}");

    static Table Live(ParitySection[] sections)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("C# against real torch, asked now").AddColumn("");
        foreach (ParitySection section in sections)
        {
            table.AddColumn(new TableColumn(Markup.Escape($"{section.Profile}\nelements")).RightAligned());
            table.AddColumn(new TableColumn("\ndiffering").RightAligned());
            table.AddColumn(new TableColumn("\nclose").RightAligned());
        }
        foreach (CaseGroup row in CaseTable.Groups)
        {
            Row(table, row.Name, sections.Select(section => section.Groups.Single(tally => tally.Name == row.Name)));
        }
        Row(table, "All", sections.Select(section => section.Total));
        return table;
    }

    static void Row(Table table, string name, IEnumerable<Tally> tallies)
        => table.AddRow([name,
            .. tallies.SelectMany(tally => new[] { Number(tally.Elements), Differing(tally), Number(tally.DifferingClose) })]);

    /// <summary>Green only where everything was compared.</summary>
    static string Differing(Tally tally) => (tally.DifferingExact + tally.Count(Outcome.Mismatch), tally.Count(Outcome.NotAsked)) switch
    {
        (0, 0) => "[green]0[/]",
        (0, var unasked) => $"[yellow]{Number(unasked)} not asked[/]",
        _ => $"[red]{Number(tally.DifferingExact)}[/]",
    };

    /// <summary>Cases promised only within a tolerance, with the distance measured.</summary>
    static void Close(ParitySection section)
    {
        foreach (Tally tally in section.Names.Where(tally => tally.Tolerance > 0))
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"close: {tally.Name} with {section.Profile}: distance {tally.Distance:G2} ε of {tally.Tolerance:G2} ε allowed, decided by {tally.Why}");
        }
    }

    static Table Cases(string title, IEnumerable<ParitySection> sections)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title(title).AddColumns("torch", "its answers are from");
        foreach (string column in Tally.Columns.Select(column => column.Title).Prepend("cases"))
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (ParitySection section in sections)
        {
            table.AddRow([new Text(section.Profile.ToString()), new Text(PlainText.Of(section.Origin)),
                new Text(Number(section.Total.Cases)),
                .. Tally.Columns.Select(column => Cell(column.Outcome, section.Total.Count(column.Outcome)))]);
        }
        return table;
    }

    static Markup Cell(Outcome outcome, long count) => (outcome, count) switch
    {
        (Outcome.Mismatch, 0) => new("[green]0[/]"),
        (Outcome.Mismatch, _) => new($"[red]{Number(count)}[/]"),
        (Outcome.NotAsked, > 0) => new($"[yellow]{Number(count)}[/]"),
        _ => new(Number(count)),
    };

    static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
