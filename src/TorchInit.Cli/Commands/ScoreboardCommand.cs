using System.CommandLine;
using Spectre.Console;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit scoreboard</c>: cases for other frameworks to answer, and the judging of their answers.</summary>
static class ScoreboardCommand
{
    public static Command Create() => new("scoreboard", "Let another framework answer the same cases, and judge its weights.")
    {
        Cases(), Answer(), Judge(), Record(),
    };

    static Command Cases()
    {
        Option<string> output = new("-o", "--output") { Description = "The file to write.", DefaultValueFactory = _ => "cases.json" };
        Command command = new("cases", "Write the cases as JSON, for any framework to answer.") { output };
        command.SetAction(result => Refusal.Guard(() =>
        {
            ScoreboardFiles.WriteCases(result.GetValue(output)!);
            AnsiConsole.MarkupLineInterpolated($"{ScoreboardCase.All.Count} cases in {result.GetValue(output)!}");
            return ExitCodes.Kept;
        }));
        return command;
    }

    static Command Answer()
    {
        Argument<string> folder = new("FOLDER") { Description = "Where the safetensors files go." };
        string[] frameworks = [.. Formulas.All.Select(formula => formula.Name.Split(' ')[0].ToLowerInvariant())];
        Option<string> by = new("--by")
        {
            Description = $"torchinit, or a framework's documented formulas: {string.Join(", ", frameworks)}.",
            DefaultValueFactory = _ => "torchinit"
        };
        Command command = new("answer",
            "Write answers in the neutral format: an example for third-party programs.") { folder,
            by.AcceptOnlyFromAmong(["torchinit", .. frameworks]) };
        command.SetAction(result => Refusal.Guard(() =>
        {
            OutputTarget.ProbeFolder(result.GetValue(folder)!);
            Initialiser initialiser = result.GetValue(by) is { } name and not "torchinit"
                ? Formulas.All[Array.IndexOf(frameworks, name)] : new PlanInitialiser();
            int answered = ScoreboardFiles.WriteAnswers(result.GetValue(folder)!, initialiser);
            AnsiConsole.MarkupLineInterpolated($"{result.GetValue(folder)}: answers to {answered} cases");
            return ExitCodes.Kept;
        }));
        return command;
    }

    static Command Judge()
    {
        Argument<string> folder = new("FOLDER") { Description = "A folder with one safetensors file per case." };
        Option<string?> name = new("--name") { Description = "The framework's name. Default: the folder's name." };
        Option<string?> output = new("-o", "--output") { Description = "A Markdown file for the verdicts, case by case." };
        Command command = new("judge",
            "Judge a folder of answers: same bits, same laws, or what differs. "
            + "Exit code 0: nothing that was answered differs; 1: something does; 3: there is no answer; 4: an answer cannot be "
                + "read.") { folder, name, output };
        command.SetAction(result => Refusal.Guard(() =>
        {
            string path = result.GetValue(folder)!;
            if (!Directory.Exists(path)) { throw new DirectoryNotFoundException($"there is no folder {path}."); }
            ScoreboardRow row = Scoreboard.JudgeFolder(path,
                result.GetValue(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
            if (result.GetValue(output) is { } file) { AtomicFile.WriteText(file, ScoreboardMarkdown.Of(row)); }
            AnsiConsole.Write(StatisticsTables.Of([row]));
            foreach (ScoreboardCell cell in row.Cells.Where(cell => cell.Answer == ScoreboardAnswer.Differs))
            {
                AnsiConsole.MarkupLineInterpolated($"[red]✘[/] {cell.Case.Expression}: {cell.Evidence[0]}");
            }
            ScoreboardCell[] absent = [.. row.Cells.Where(cell => cell.Answer == ScoreboardAnswer.Absent)];
            if (absent.Length > 0)
            {
                AnsiConsole.MarkupLineInterpolated($"[yellow]? no answer:[/] {string.Join(", ", absent.Select(Why))}");
            }
            return row.Count(ScoreboardAnswer.Differs) > 0 ? ExitCodes.Broken : absent.Length == row.Cells.Count ? ExitCodes.CannotTell
                : ExitCodes.Kept;
        }));
        return command;
    }

    static string Why(ScoreboardCell cell) => cell.Evidence is [string why, ..] ? $"{cell.Case.Id} ({why})" : cell.Case.Id;

    static Command Record()
    {
        Argument<string> folder = new("FOLDER") { Description = "A folder with one safetensors file per case." };
        Option<string> output = new("-o", "--output") { Description = "The folder to write.", Required = true };
        Command command = new("record",
            "Make a folder of answers small enough to keep: hashes where the bits are the same, values elsewhere.") { folder, output };
        command.SetAction(result => Refusal.Guard(() =>
        {
            string path = result.GetValue(folder)!;
            if (!Directory.Exists(path)) { throw new DirectoryNotFoundException($"there is no folder {path}."); }
            OutputTarget.ProbeFolder(result.GetValue(output)!);
            (int hashes, int values) = ScoreboardFiles.Condense(path, result.GetValue(output)!);
            AnsiConsole.MarkupLineInterpolated($"{result.GetValue(output)}: the hashes of {hashes} cases, the values of {values}");
            return ExitCodes.Kept;
        }));
        return command;
    }
}
