using Spectre.Console;

namespace TorchInit.Cli;

/// <summary>Prints the path of the report that this run wrote.</summary>
static class WrittenReports
{
    public static void Say(string path) => AnsiConsole.Profile.Out.Writer.WriteLine($"Report: {PlainText.Of(Path.GetFullPath(path))}");
}
