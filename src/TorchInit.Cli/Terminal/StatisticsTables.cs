using System.Globalization;
using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>The statistical run in the terminal.</summary>
static class StatisticsTables
{
    const int MostAccusations = 20;

    public static void Show(StatisticsReport report, IReadOnlyList<ScoreboardRow> scoreboard)
    {
        Table claims = new Table().Border(TableBorder.Rounded).Title("Claims, tested")
            .AddColumns("tensor", "claimed law", "by", "verdict", "p");
        foreach (ClaimResult claim in report.Claims)
        {
            claims.AddRow(new Text($"{claim.Expression} {claim.Tensor}"), new Text(claim.Law), new Text(claim.Source),
                new Text(claim.Verdict), new Text(claim.Evidence.ProbabilityText));
        }
        AnsiConsole.Write(claims);
        AnsiConsole.Write(Of(scoreboard));
        foreach (string accusation in report.Accusations.Take(MostAccusations))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]✘[/] {accusation}");
        }
        foreach (UnaskedCase item in report.Unasked.Take(MostAccusations))
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]? not compared with torch:[/] {PlainText.Of($"{item.Case}: {item.Reason}")}");
        }
        AnsiConsole.MarkupLineInterpolated($"{report.FalseAlarms}");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"{ParityTables.Sign(report.Passed, report.Accusations.Count > 0)} {report.Summary}; {report.Seconds:0} s");
    }

    public static Table Of(IReadOnlyList<ScoreboardRow> rows)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("Scoreboard").AddColumn("")
            .AddColumns("same bits", "same laws", "differ", "absent", "Linear's width");
        foreach (ScoreboardRow row in rows)
        {
            double width = row.Cells.FirstOrDefault(cell => cell.Case.Id == "linear")?.Widths.GetValueOrDefault("weight") ?? 0;
            table.AddRow([new Text(row.Name),
                .. new[] { ScoreboardAnswer.SameBits, ScoreboardAnswer.SameDistribution, ScoreboardAnswer.Differs,
                ScoreboardAnswer.Absent }.Select(answer => new Text(row.Count(answer).ToString(CultureInfo.InvariantCulture))),
                new Text(width == 0 ? "" : width.ToString("0.000", CultureInfo.InvariantCulture) + " × torch's")]);
        }
        return table;
    }
}
