using System.CommandLine;
using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit parity</c>: the whole case table, or one case, against real torch.</summary>
static class ParityCommand
{
    public static Command Create()
    {
        Option<string> output = new("--output") { Description = "The folder for parity.json and parity.md.", DefaultValueFactory = _ => "artifacts/parity" };
        Option<bool> requireLive = new("--require-live") { Description = "Exit with 2 when real torch cannot be asked, instead of going on with recorded answers." };
        Option<string?> python = new("--python") { Description = $"The Python that has torch; otherwise {PythonLocator.Variable}, VIRTUAL_ENV, .venv, /usr/bin/python3, PATH." };
        Option<string?> single = new("--case") { Description = "Compare this one expression, live, for example \"Linear(784, 128)\"." };
        Option<string> seed = new("--seed") { Description = "With --case.", DefaultValueFactory = _ => "0" };
        Option<string> dtype = new("--dtype") { Description = "With --case.", DefaultValueFactory = _ => "float32" };
        Option<int> reset = new("--reset") { Description = "With --case: how many times reset_parameters() runs after construction." };
        Command command = new("parity", "Draw every case in C# and in real torch, and compare every bit.") { output, requireLive, python, single, seed, dtype, reset };
        command.SetAction(result => Refusal.Guard(() =>
        {
            if (result.GetValue(single) is { } expression)
            {
                return SingleCase.Run(new(expression, DTypeExtensions.Parse(result.GetValue(dtype)!), result.GetValue(seed)!, result.GetValue(reset)), result.GetValue(python));
            }
            ParityReport report = ParityRun.Run(result.GetValue(python));
            report.Write(result.GetValue(output)!);
            ParityTables.Show(report);
            return !report.Passed ? ExitCodes.Broken : report.NotAsked is not null && result.GetValue(requireLive) ? ExitCodes.NotAsked : ExitCodes.Kept;
        }));
        return command;
    }
}
