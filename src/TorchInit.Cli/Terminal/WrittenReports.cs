using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>Where a report is that this run wrote: no other is spoken of.</summary>
static class WrittenReports
{
    public static void Say(string path) => AnsiConsole.Profile.Out.Writer.WriteLine($"Report: {PlainText.Of(Path.GetFullPath(path))}");
}
