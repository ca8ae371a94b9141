using System.CommandLine;
using InitNotebooks;
using Spectre.Console;

namespace TorchInit.Cli;

/// <summary><c>torchinit site</c> and <c>torchinit atlas</c>: documents for a browser.</summary>
static class SiteCommand
{
    public static Command Site()
    {
        Option<string> root = new("--root") { Description = "The repository's root.", DefaultValueFactory = _ => "." };
        Option<string> output = new("-o", "--output") { Description = "The folder to write.", DefaultValueFactory = _ => "artifacts/site" };
        Command command = new("site", "Write documents, atlas and notebooks as a static site that opens offline.") { root, output };
        command.SetAction(result => Refusal.Guard(() =>
        {
            OutputTarget.ProbeFolder(result.GetValue(output)!);
            int pages = SiteWriter.Write(result.GetValue(root)!, result.GetValue(output)!);
            AnsiConsole.MarkupLineInterpolated($"{pages} pages; open {Path.Combine(result.GetValue(output)!, "index.html")}");
            return ExitCodes.Kept;
        }));
        return command;
    }

    public static Command Pages()
    {
        Option<string> output = new("-o", "--output") { Description = "The folder to write.", DefaultValueFactory = _ => "docs/atlas" };
        Command command = new("atlas",
            "Write a page for each layer and init function: laws, draw order, first values, versions.") { output };
        command.SetAction(result => Refusal.Guard(() =>
        {
            OutputTarget.ProbeFolder(result.GetValue(output)!);
            int files = 0;
            foreach ((string path, string text) in Atlas.Files())
            {
                string full = Path.Combine(result.GetValue(output)!, path);
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                AtomicFile.WriteText(full, text);
                files++;
            }
            AnsiConsole.MarkupLineInterpolated($"{files} files in {result.GetValue(output)!}");
            return ExitCodes.Kept;
        }));
        return command;
    }
}
