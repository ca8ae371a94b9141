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
        Option<string> output = new("--output")
        {
            Description = "The folder for parity.json, parity.md and junit.xml. With --case, nothing is written unless it is given.",
            DefaultValueFactory = _ => "artifacts/parity",
        };
        Option<string> html = new("--report")
        {
            Description = "The HTML report of the whole run, with charts.",
            DefaultValueFactory = _ => "artifacts/report.html"
        };
        Option<bool> bitsOnly = new("--bits-only")
        {
            Description = "Compare bits only: no distributions, no planted faults, no scoreboard.",
        };
        Option<double> difference = new("--difference")
        {
            Description = "The smallest difference between two distributions (largest gap between their CDFs) that must be "
            + "detected, 0.001 to 0.2. It sets how many values are drawn.",
            DefaultValueFactory = _ => StatisticalRun.Difference
        };
        Option<bool> requireLive = new("--require-live")
        {
            Description = "Exit with 2 when real torch cannot be asked, instead of using recorded "
            + "answers."
        };
        Option<string[]> python = new("--python")
        {
            Description = $"The Python that has torch; may be given more than once. "
            + $"Default: {PythonLocator.Variable}, VIRTUAL_ENV, .venv, /usr/bin/python3, PATH, in this order."
        };
        Option<string?> single = new("--case")
        {
            Description = "Compare only this expression, live, for example \"Linear(784, 128)\"; join several on one generator with "
                + "\"; \".",
        };
        Option<string> seed = new("--seed") { Description = "The seed of --case.", DefaultValueFactory = _ => "0" };
        Option<string> dtype = new("--dtype") { Description = "The dtype of --case.", DefaultValueFactory = _ => "float32" };
        Option<int> reset = new("--reset") { Description = "With --case: how many times reset_parameters() runs after construction." };
        Option<string> transport = Transports.Option();
        Option<string> device = ParityDevice.Option(
            " The distribution tests use the draws of that device, whether or not torch has it.");
        Option<string?> libtorch = new("--libtorch")
        {
            Description = $"Also ask libtorch's own kernels, version {LibtorchFiles.Version}: one draw per case, no modules. Linux "
                + $"x64 only; from NuGet's package folder, or from the folder given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> fetch = new("--libtorch-fetch")
        {
            Description = $"As --libtorch, and download {LibtorchFiles.Package} from NuGet if it is missing: 128 MB to download, "
                + $"598 MB on disk.",
        };
        Command command = new("parity",
            $"Draw every case in C# and in real torch, compare every bit, and test every distribution. {ExitCodes.OfComparison}")
        {
            output, html, bitsOnly, difference, requireLive, python, transport, device, libtorch, fetch, single, seed, dtype, reset,
        };
        command.SetAction(result => Refusal.Guard(() =>
        {
            if (result.GetValue(single) is null)
            {
                IdleOptions.Refuse(result, "without --case", "with --case", seed, dtype, reset);
                if (result.GetValue(bitsOnly))
                {
                    IdleOptions.Refuse(result, "with --bits-only", "one of the two", html, difference);
                }
            }
            else
            {
                IdleOptions.Refuse(result, "with --case", "without --case; --output writes a report of the case", html);
                IdleOptions.Refuse(result, "with --case", "without --case", bitsOnly, difference, requireLive, libtorch, fetch);
            }
            ParityDevice where = ParityDevice.Parse(result.GetValue(device)!, result.GetValue(transport)!);
            if (result.GetValue(single) is { } expression)
            {
                // A single case does not overwrite the report of a whole run, unless --output says where to write.
                string? folder = result.GetResult(output) is { Implicit: false } ? result.GetValue(output) : null;
                return SingleCase.Run(new(expression, FloatingType.Of(result, dtype), result.GetValue(seed)!,
                    result.GetValue(reset)), Pythons(result.GetValue(python)), result.GetValue(transport)!, where, folder);
            }
            double wanted = StatisticalRun.Checked(result.GetValue(difference));
            OutputTarget.ProbeFolder(result.GetValue(output)!);
            if (!result.GetValue(bitsOnly)) { OutputTarget.ProbeFile(result.GetValue(html)!); }
            // Before torch starts: missing libraries are reported at once.
            string? kernels = result.GetResult(libtorch) is { Implicit: false } || result.GetValue(fetch)
                ? LibtorchPackage.Provide(result.GetValue(libtorch), result.GetValue(fetch)) : null;
            return Whole(Pythons(result.GetValue(python)), result.GetValue(transport)!, where, kernels, result.GetValue(output)!,
                result.GetValue(bitsOnly) ? null
                : (wanted, result.GetValue(html)!), result.GetValue(requireLive));
        }));
        return command;
    }

    static int Whole(string?[] pythons, string transport, ParityDevice device, string? libtorch, string folder,
        (double Difference, string Html)? distributions, bool requireLive)
    {
        ParityReport report = ParityRun.Run(pythons, transport, device, libtorch);
        // Written before the statistics, so that a failure there does not lose the comparison.
        report.Write(folder);
        ParityTables.Show(report);
        string written = folder;
        StatisticsOutcome? statistics = null;
        if (distributions is { } asked)
        {
            statistics = StatisticsStage.Run(pythons[0], transport, device, asked.Difference);
            report.Write(folder, statistics.Report);
            StatisticsTables.Show(statistics.Report, statistics.Scoreboard);
            written = asked.Html;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(written))!);
            AtomicFile.WriteText(written, HtmlReport.Of(report, statistics.Report, statistics.Scoreboard));
        }
        WrittenReports.Say(written);
        return Code(report, statistics?.Report, requireLive);
    }

    /// <summary>A broken promise takes precedence over a case that was not asked.</summary>
    internal static int Code(ParityReport report, StatisticsReport? statistics, bool requireLive)
    {
        if (report.IsBroken || statistics?.Accusations.Count > 0) { return ExitCodes.Broken; }
        bool isWhole = report.Passed && statistics is null or { Passed: true };
        bool wasAsked = report.NotAsked is null && statistics?.NotAsked is null;
        return isWhole && (wasAsked || !requireLive) ? ExitCodes.Kept : ExitCodes.NotAsked;
    }

    // Null: the one that PythonLocator finds.
    static string?[] Pythons(string[]? named) => named is null or [] ? [null] : [.. named.Distinct()];
}
