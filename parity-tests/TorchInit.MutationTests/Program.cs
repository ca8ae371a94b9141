using System.Diagnostics;
using System.Text.Json;

namespace TorchInit.MutationTests;

/// <summary>
/// <c>ROOT FOLDER REPORT</c> plants every change of src/TorchInit/FOLDER in the copy of the repository at ROOT, asks the tests about each,
/// and writes a report in dotnet-stryker's format. dotnet-stryker itself is no use there: it plants all 25,000 changes of the library,
/// whatever folder is asked for, and each costs a lock and a search in a list whenever an operator runs.
/// </summary>
static class Program
{
    /// <summary>The share of changes that must be noticed.</summary>
    const double Least = 0.85;

    static async Task<int> Main(string[] args)
    {
        if (args is ["--worker"]) { await Worker.Run(); return 0; }
        if (args is not [string root, string folder, string report]) { Console.Error.WriteLine("usage: ROOT FOLDER REPORT"); return 2; }
        Plantation plantation = new(root, folder);
        IReadOnlyList<Mutant> mutants = plantation.Plant();
        string program = Path.Combine(root, "parity-tests/TorchInit.MutationTests/bin/Release/net10.0/TorchInit.MutationTests.dll");
        Coverage coverage = new(program);
        foreach (Mutant mutant in mutants.Where(mutant => mutant.Status == "Pending" && !coverage.IsReached(mutant)))
        {
            mutant.Status = "NoCoverage";
        }
        Queue<Mutant> waiting = new(mutants.Where(mutant => mutant.Status == "Pending"));
        Console.Error.WriteLine($"{folder}: {waiting.Count} changes are reached by tests");
        int asked = 0;
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(AskAll))];
        foreach (Thread thread in threads) { thread.Start(); }
        foreach (Thread thread in threads) { thread.Join(); }
        WriteReport(report, plantation, mutants);
        double noticed = mutants.Count(mutant => mutant.Status is "Killed" or "Timeout");
        double all = noticed + mutants.Count(mutant => mutant.Status is "Survived" or "NoCoverage");
        Console.Error.WriteLine($"{folder}: {100 * noticed / all:F1} % of {all} changes are noticed");
        return noticed / all < Least ? 1 : 0;

        void AskAll()
        {
            Host? host = null;
            while (true)
            {
                Mutant mutant;
                lock (waiting)
                {
                    if (waiting.Count == 0) { break; }
                    mutant = waiting.Dequeue();
                    if (++asked % 50 == 0)
                    {
                        int alive = mutants.Count(other => other.Status == "Survived");
                        Console.Error.WriteLine($"{folder}: {asked} asked in {watch.Elapsed.TotalMinutes:F1} min, {alive} alive");
                        WriteReport(report, plantation, mutants);
                    }
                }
                mutant.Status = Ask(ref host, mutant);
            }
            host?.Dispose();
        }

        string Ask(ref Host? host, Mutant mutant)
        {
            bool isOwn = coverage.IsOncePerProcess(mutant);
            while (true)
            {
                bool isFresh = host is null || isOwn;
                if (isOwn) { host?.Dispose(); host = new(program, mutant.Id); } else { host ??= new(program); }
                if (!host.IsReady) { host.Dispose(); host = null; return "Killed"; }
                host.Send(coverage.Question(mutant));
                string? answer = host.Read(coverage.Limit(mutant));
                string status = answer switch { "alive" => "Survived", null => host.HasDied ? "Killed" : "Timeout", _ => "Killed" };
                if (answer is null or "spoiled" || isOwn) { host.Dispose(); host = null; }
                // A test that fails without the change, too: this one or an earlier one left something behind. A new process tells.
                if (answer != "spoiled" || isFresh) { return status; }
            }
        }
    }

    static void WriteReport(string report, Plantation plantation, IReadOnlyList<Mutant> mutants)
    {
        var files = mutants.GroupBy(mutant => mutant.File).ToDictionary(file => file.Key, file => new
        {
            source = plantation.Sources[file.Key],
            mutants = file.Select(mutant => new
            {
                id = mutant.Id,
                status = mutant.Status,
                location = mutant.Location,
                replacement = mutant.Replacement,
            }),
        });
        File.WriteAllText(report + ".partial", JsonSerializer.Serialize(new { files }));
        File.Move(report + ".partial", report, overwrite: true);
    }
}
