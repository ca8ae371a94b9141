using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>The progress bars of everything that takes more than two seconds.</summary>
static class ProgressBars
{
    public static Progress New() => Consoles.Watch().Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
        new ElapsedTimeColumn());
}
