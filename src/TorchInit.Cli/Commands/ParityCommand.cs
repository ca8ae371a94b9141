using System.CommandLine;
using InitNotebooks;
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
        Option<string> html = new("--report") { Description = "The HTML file with everything, charts included.", DefaultValueFactory = _ => "artifacts/report.html" };
        Option<bool> bitsOnly = new("--bits-only") { Description = "Compare bits, and leave distributions, mutants and the scoreboard out." };
        Option<double> difference = new("--difference") { Description = "The sup-distance of distributions that must not be missed, 0.001 to 0.2; it says how many values are drawn.", DefaultValueFactory = _ => StatisticalRun.Difference };
        Option<bool> requireLive = new("--require-live") { Description = "Exit with 2 when real torch cannot be asked, instead of going on with recorded answers." };
        Option<string?> python = new("--python") { Description = $"The Python that has torch; otherwise {PythonLocator.Variable}, VIRTUAL_ENV, .venv, /usr/bin/python3, PATH." };
        Option<string?> single = new("--case") { Description = "Compare this one expression, live, for example \"Linear(784, 128)\"." };
        Option<string> seed = new("--seed") { Description = "With --case.", DefaultValueFactory = _ => "0" };
        Option<string> dtype = new("--dtype") { Description = "With --case.", DefaultValueFactory = _ => "float32" };
        Option<int> reset = new("--reset") { Description = "With --case: how many times reset_parameters() runs after construction." };
        Option<string> transport = Transports.Option();
        Command command = new("parity", "Draw every case in C# and in real torch, compare every bit, and test every distribution.") { output, html, bitsOnly, difference, requireLive, python, transport, single, seed, dtype, reset };
        command.SetAction(result => Refusal.Guard(() =>
        {
            if (result.GetValue(single) is { } expression)
            {
                return SingleCase.Run(new(expression, DTypeExtensions.Parse(result.GetValue(dtype)!), result.GetValue(seed)!, result.GetValue(reset)), result.GetValue(python), result.GetValue(transport)!);
            }
            double wanted = StatisticalRun.Checked(result.GetValue(difference));
            ParityReport report = ParityRun.Run(result.GetValue(python), result.GetValue(transport)!);
            StatisticsOutcome? statistics = result.GetValue(bitsOnly) ? null : StatisticsStage.Run(result.GetValue(python), result.GetValue(transport)!, wanted);
            report.Write(result.GetValue(output)!, statistics?.Report);
            ParityTables.Show(report);
            if (statistics is not null)
            {
                StatisticsTables.Show(statistics.Report, statistics.Scoreboard);
                string path = result.GetValue(html)!;
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                AtomicFile.WriteText(path, HtmlReport.Of(report, statistics.Report, statistics.Scoreboard));
            }
            return !report.Passed || statistics is { Report.Passed: false } ? ExitCodes.Broken : report.NotAsked is not null && result.GetValue(requireLive) ? ExitCodes.NotAsked : ExitCodes.Kept;
        }));
        return command;
    }
}
