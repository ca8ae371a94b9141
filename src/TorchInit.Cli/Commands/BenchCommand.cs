using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit bench</c>: real torch and C# fill the same sizes in turn.</summary>
static class BenchCommand
{
    public static Command Create()
    {
        Option<string> output = new("--output")
        {
            Description = "The folder in which CPU/WIDTH.md is written.",
            DefaultValueFactory = _ => "results"
        };
        Option<string?> python = new("--python") { Description = "The Python that has torch." };
        Option<int> samples = new("--samples") { Description = "Samples of each row, on each side.", DefaultValueFactory = _ => 9 };
        Option<string> only = new("--only")
        {
            Description = "Only rows whose names contain this; nothing is written.",
            DefaultValueFactory = _ => ""
        };
        Option<bool> transports = new("--transports")
        {
            Description = "Measure the ways to real torch instead, and write "
            + "CPU/transports.md."
        };
        Command command = new("bench", "Measure the speed against real torch, and write the results. "
            + "Exit code 0: measured; 2: real torch could not be asked; 4: the request cannot be read.") { output, python, samples, only,
            transports };
        command.SetAction(result => Refusal.Guard(() =>
        {
            (int most, string rows) = (result.GetValue(samples), result.GetValue(only)!);
            if (most < 1) { throw new ArgumentException($"{samples.Name} is {most}; allowed: 1 or more."); }
            if (result.GetValue(transports))
            {
                IdleOptions.Refuse(result, "with --transports", "without --transports", only);
                return RunTransports(result.GetValue(output)!, result.GetValue(python), Math.Max(2, most));
            }
            return BenchCases.All.Any(item => item.Name.Contains(rows, StringComparison.Ordinal))
                ? Run(result.GetValue(output)!, result.GetValue(python), most, rows)
                : throw new ArgumentException($"{only.Name} is '{rows}'; allowed: part of a row's name: "
                    + $"{string.Join(", ", BenchCases.All.Select(item => item.Name))}.");
        }));
        return command;
    }

    static int RunTransports(string folder, string? python, int samples)
    {
        TransportBench bench = new(samples);
        OracleInfo info = bench.Run(python);
        string path = Path.Combine(folder, Processor.FolderName, "transports.md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"""
            # {Processor.Name}, the ways to real torch

            torch {info.PackageVersion}, Python {info.PythonVersion}, .NET {Environment.Version}, {Environment.ProcessorCount} processors.
            Medians, in brackets the least; {samples} samples. The start in process is one sample: a process has one.
            What runs in this process is processor time, but for the start; the worker's is time on the clock.

            ```bash
            torchinit bench --transports --samples {samples}
            ```

            {bench.Table}
            """);
        AnsiConsole.WriteLine(bench.Table);
        AnsiConsole.MarkupLineInterpolated($"{path}");
        return ExitCodes.Kept;
    }

    static int Run(string folder, string? python, int samples, string only)
    {
        if (only.Length == 0) { OutputTarget.ProbeFolder(folder); }
        using WorkerOracle oracle = new(new() { Python = python });
        TorchProfile profile = LiveProfile.Of(oracle.Info);
        List<BenchRow> rows = [];
        foreach (BenchCase item in BenchCases.All.Where(item => item.Name.Contains(only, StringComparison.Ordinal)))
        {
            BenchRow row;
            try { row = Measure(oracle, item, profile, samples); }
            catch (InvalidOperationException error) when (item.Model is not null)
            {
                AnsiConsole.MarkupLineInterpolated($"{item.Name,-50} not measured: {error.Message}");
                continue;
            }
            AnsiConsole.MarkupLineInterpolated($"{item.Name,-50} torch {row.TorchMilliseconds,9:F3} ms, ours {row.OneMilliseconds,9:F3} and {row.AllMilliseconds,9:F3} ms: {row.One:F1} and {row.All:F1} times as fast (spread {row.Spread:F2})");
            rows.Add(row);
            GC.Collect();
        }
        if (only.Length > 0) { return ExitCodes.Kept; }
        VectorWidth width = VectorWidths.Best;
        string off = Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") == "0" ? "DOTNET_EnableAVX512=0 " : "";
        string path = Path.Combine(folder, Processor.FolderName, $"{(int)width}-bit.md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path,
            BenchMarkdown.Of(rows, oracle.Info, Processor.Name, width, samples, $"{off}torchinit bench --samples {samples}"));
        AnsiConsole.MarkupLineInterpolated($"{path}");
        return ExitCodes.Kept;
    }

    static BenchRow Measure(WorkerOracle oracle, BenchCase item, TorchProfile profile, int samples)
    {
        BenchRow row = new(item);
        OwnTimer own = new(item, profile);
        // The caches, and the JIT, which makes its best code after many calls and some time.
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 2 || Stopwatch.GetElapsedTime(start).TotalSeconds < 0.6; i++)
        {
            _ = (own.Time(1), own.Time(-1), own.Roofline());
        }
        _ = TorchTimer.Time(oracle, item);
        for (int i = 0; i < samples; i++) { row.Add(TorchTimer.Time(oracle, item), own.Time(1), own.Time(-1), own.Roofline()); }
        return row;
    }
}
