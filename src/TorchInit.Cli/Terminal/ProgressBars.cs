using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>How everything that takes more than two seconds shows that it runs.</summary>
static class ProgressBars
{
    public static Progress New() => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
        new ElapsedTimeColumn());
}
