using System.CommandLine;
using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit record</c>: runs the case table in real torch and records the answers, or checks the recorded ones.</summary>
static class RecordCommand
{
    public static Command Create()
    {
        Option<bool> check = new("--check") { Description = "Write nothing: ask torch again and compare with the files." };
        Option<string> folder = new("--folder")
        {
            Description = "The folder of the golden files and their manifest.",
            DefaultValueFactory = _ => "parity-tests/golden/torch"
        };
        Option<string?> python = new("--python") { Description = "The Python that has torch." };
        Option<string> transport = Transports.Option();
        Command command = new("record",
            "Record real torch's answers to the case table as golden files. "
            + "Exit code 0: recorded, or unchanged; 1: --check found another answer; 2: real torch could not be asked; 4: the files "
            + "cannot be read.") { check, folder, python, transport };
        command.SetAction(result => Refusal.Guard(() => Run(result.GetValue(check), result.GetValue(folder)!, result.GetValue(python),
            result.GetValue(transport)!)));
        return command;
    }

    static int Run(bool check, string folder, string? python, string transport)
    {
        _ = GoldenFolder.Manifest(folder);      // reports a wrong folder before torch runs for a minute
        if (!check) { OutputTarget.ProbeFolder(folder); }
        using LiveOracles oracles = new(python, transport, new(ParityDevice.Cpu));
        int status = ExitCodes.Kept;
        foreach (ITorchOracle oracle in oracles.All.DistinctBy(oracle => LiveProfile.Of(oracle.Info)))
        {
            string text = GoldenRecorder.Text(Ask(oracle));
            GoldenFile file = GoldenRecorder.FileOf(oracle, text);
            if (!check) { GoldenFolder.Write(folder, file, text); }
            string? difference = check ? GoldenFolder.Difference(folder, file, text) : null;
            string said = !check ? "recorded" : difference ?? "unchanged";
            AnsiConsole.MarkupLineInterpolated($"{file.File}: {said} ({GoldenRecorder.Cases.Count:N0} cases)");
            if (difference is not null) { status = ExitCodes.Broken; }
        }
        oracles.Say();
        return status;
    }

    static List<GoldenEntry> Ask(ITorchOracle oracle)
    {
        List<GoldenEntry> entries = [];
        ProgressBars.New().Start(progress =>
        {
            ProgressTask bar = progress.AddTask(Markup.Escape($"{LiveProfile.Of(oracle.Info)}"), maxValue: GoldenRecorder.Cases.Count);
            foreach (ParityCase item in GoldenRecorder.Cases)
            {
                entries.Add(GoldenRecorder.Record(oracle, item));
                bar.Increment(1);
            }
        });
        return entries;
    }
}
