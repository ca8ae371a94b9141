using System.CommandLine;
using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary><c>torchinit fuzz</c>: makes random calls in live torch and in C#, and compares them.</summary>
static class FuzzCommand
{
    public static Command Create()
    {
        Option<string?> seed = new("--seed")
        {
            Description = "The seed of the fuzzer's choices; the same seed makes the same calls.",
            DefaultValueFactory = _ => "1"
        };
        Option<int> count = new("--count") { Description = "How many calls.", DefaultValueFactory = _ => 2000 };
        Option<string?> only = new("--only") { Description = "Only calls whose text contains this." };
        Option<int> show = new("--show") { Description = "How many failures to print.", DefaultValueFactory = _ => 20 };
        Option<string?> python = new("--python") { Description = "The Python that has torch. Default: the first that is found." };
        Option<string?> output = new("-o", "--output") { Description = "Write every failure to this file, one per line." };
        Option<bool> texts = new("--texts")
        {
            Description = "Make programs of several statements instead: tensors, views, arithmetic, fills.",
        };
        Option<string> device = ParityDevice.Option("");
        Command command = new("fuzz", "Make random calls in live torch and in C#, and count the outcomes. "
            + "Exit code 0: nothing differs without a listed reason; 1: something does; 2: real torch could not be asked; "
            + "4: the request cannot be read.") { seed, count, only, show,
            python, device, output, texts };
        command.SetAction(result => Refusal.Guard(() =>
        {
            if (result.GetValue(count) < 1)
            {
                throw new ArgumentException($"{count.Name} is {result.GetValue(count)}; allowed: 1 or more.");
            }
            if (result.GetValue(show) < 0)
            {
                throw new ArgumentException($"{show.Name} is {result.GetValue(show)}; allowed: 0 or more.");
            }
            ulong start = SeedText.Of(result, seed) ?? 1;
            if (result.GetValue(texts)) { IdleOptions.Refuse(result, "with --texts", "without --texts", only); }
            if (result.GetValue(output) is { } target) { _ = OutputTarget.Probe(target); }
            using ITorchOracle oracle = Start(ParityDevice.Parse(result.GetValue(device)!, Transports.Worker), result.GetValue(python));
            if (result.GetValue(texts))
            {
                return Texts(oracle, start, result.GetValue(count), result.GetValue(show), result.GetValue(output));
            }
            FuzzRun run = FuzzRun.Of(oracle, start, result.GetValue(count),
                expression => expression.Contains(result.GetValue(only) ?? "", StringComparison.Ordinal));
            if (run.Counts.Values.Sum() == 0) { throw new ArgumentException($"{only.Name}: no call contains '{result.GetValue(only)}'."); }
            if (result.GetValue(output) is { } file) { File.WriteAllLines(file, run.Failures.Select(Line)); }
            Print(run, LiveProfile.Of(oracle.Info), result.GetValue(show));
            return run.Failures.Count == 0 ? ExitCodes.Kept : ExitCodes.Broken;
        }));
        return command;
    }

    static ITorchOracle Start(ParityDevice device, string? python)
    {
        if (device.IsGpu) { return device.StartOnGpu(python).Oracle; }
        Dictionary<string, string?> bestKernels = new() { ["ATEN_CPU_CAPABILITY"] = null };
        return new WorkerOracle(new() { Python = python, Environment = bestKernels });
    }

    static int Texts(ITorchOracle oracle, ulong seed, int count, int show, string? output)
    {
        TextFuzz run = TextFuzz.Of(oracle, seed, count);
        string[] lines = [.. run.Failures.Select(failure
            => $"{failure.Outcome}\t{failure.Case}\t{PlainText.Of(failure.Detail)}".ReplaceLineEndings(" "))];
        if (output is not null) { File.WriteAllLines(output, lines); }
        AnsiConsole.MarkupLineInterpolated($"{LiveProfile.Of(oracle.Info)}: {count} texts");
        foreach ((FuzzOutcome outcome, int cases) in run.Counts) { AnsiConsole.MarkupLineInterpolated($"{cases,8}  {outcome}"); }
        foreach ((string why, int cases) in run.Listed) { AnsiConsole.MarkupLineInterpolated($"{cases,8}  listed: {why}"); }
        foreach (string line in lines.Take(show)) { AnsiConsole.WriteLine($"✘ {line}"); }
        AnsiConsole.MarkupLineInterpolated($"{lines.Length} unlisted");
        return lines.Length == 0 ? ExitCodes.Kept : ExitCodes.Broken;
    }

    static string Line(FuzzResult failure) => $"{failure.Outcome}\t{failure.Case}\t{PlainText.Of(failure.Detail)}".ReplaceLineEndings(" ");

    static void Print(FuzzRun run, TorchProfile profile, int show)
    {
        AnsiConsole.MarkupLineInterpolated($"{profile}: {run.Counts.Values.Sum()} calls");
        foreach ((FuzzOutcome outcome, int cases) in run.Counts) { AnsiConsole.MarkupLineInterpolated($"{cases,8}  {outcome}"); }
        foreach ((FuzzReason reason, int cases) in run.Listed) { AnsiConsole.MarkupLineInterpolated($"{cases,8}  listed: {reason.Why}"); }
        foreach (FuzzResult failure in run.Failures.Take(show)) { AnsiConsole.WriteLine($"✘ {Line(failure)}"); }
        AnsiConsole.MarkupLineInterpolated($"{run.Failures.Count} unlisted");
    }
}
