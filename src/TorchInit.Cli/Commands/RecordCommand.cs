using System.CommandLine;
using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit record</c>: asks real torch the case table and writes its answers down, or checks those that are there.</summary>
static class RecordCommand
{
    public static Command Create()
    {
        Option<bool> check = new("--check") { Description = "Write nothing: ask torch again and compare with the files." };
        Option<string> folder = new("--folder")
        {
            Description = "Where the golden files and their manifest are.",
            DefaultValueFactory = _ => "parity-tests/golden/torch"
        };
        Option<string?> python = new("--python") { Description = "The Python that has torch." };
        Option<string> transport = Transports.Option();
        Command command = new("record",
            "Record real torch's answers to the case table as golden files. "
            + "Exit code 0: recorded, or as recorded; 1: --check found another answer; 2: real torch could not be asked; 4: the files "
            + "cannot be read.") { check, folder, python, transport };
        command.SetAction(result => Refusal.Guard(() => Run(result.GetValue(check), result.GetValue(folder)!, result.GetValue(python),
            result.GetValue(transport)!)));
        return command;
    }

    static int Run(bool check, string folder, string? python, string transport)
    {
        _ = GoldenFolder.Manifest(folder);      // a wrong folder is said before torch is asked for a minute
        if (!check) { OutputTarget.ProbeFolder(folder); }
        using LiveOracles oracles = new(python, transport, new(ParityDevice.Cpu));
        int status = ExitCodes.Kept;
        foreach (ITorchOracle oracle in oracles.All.DistinctBy(oracle => LiveProfile.Of(oracle.Info)))
        {
            string text = GoldenRecorder.Text(Ask(oracle));
            GoldenFile file = GoldenRecorder.FileOf(oracle, text);
            if (!check) { GoldenFolder.Write(folder, file, text); }
            string? difference = check ? GoldenFolder.Difference(folder, file, text) : null;
            string said = !check ? "recorded" : difference ?? "as recorded";
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
