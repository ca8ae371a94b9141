namespace TorchInit.MutationTests;

/// <summary>
/// <c>ROOT FOLDER REPORT [--again]</c> plants every change of src/TorchInit/FOLDER in the copy of the repository at ROOT, asks the tests
/// about each, and writes a report in dotnet-stryker's format; <c>--again</c> asks only about what the report there says no test noticed.
/// dotnet-stryker itself is no use there: it plants all 25,000 changes of the library, whatever folder is asked for, and while it reads
/// what tests reach, each costs a lock and a search in a list whenever an operator runs.
/// </summary>
static class Program
{
    /// <summary>The share of changes that must be noticed.</summary>
    const double Least = 0.85;

    static async Task<int> Main(string[] args)
    {
        if (args is ["--worker"]) { await Worker.Run(); return 0; }
        if (args is not [string root, string folder, string path, .. [] or ["--again"]])
        {
            Console.Error.WriteLine("usage: ROOT FOLDER REPORT [--again]");
            return 2;
        }
        EarlierRun? earlier = args.Length > 3 ? new(path) : null;
        Plantation plantation = new(root, folder, earlier?.NotCompiled ?? []);
        IReadOnlyList<Mutant> mutants = plantation.Plant();
        earlier?.TakeOver(plantation.Sources, mutants);
        string program = Path.Combine(root, "parity-tests/TorchInit.MutationTests/bin/Release/net10.0/TorchInit.MutationTests.dll");
        Coverage coverage = new(program);
        Queue<Mutant> waiting = new();
        foreach (Mutant mutant in mutants.Where(mutant => mutant.Status is MutantStatus.Pending))
        {
            if (coverage.IsReached(mutant)) { waiting.Enqueue(mutant); } else { mutant.Status = MutantStatus.NoCoverage; }
        }
        Console.Error.WriteLine($"{folder}: {waiting.Count} changes are reached by tests");
        Report report = new(path, plantation.Sources, mutants);
        new Inquiry(program, folder, coverage, waiting, report).AskAll();
        (int noticed, int all) = report.Score;
        Console.Error.WriteLine($"{folder}: {100.0 * noticed / all:F1} % of {all} changes are noticed");
        return noticed < Least * all ? 1 : 0;
    }
}
