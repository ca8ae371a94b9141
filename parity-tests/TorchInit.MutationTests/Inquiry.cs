using System.Diagnostics;

namespace TorchInit.MutationTests;

/// <summary>Asks the tests about every change that waits, in as many processes as the machine has processors.</summary>
sealed class Inquiry(string program, string folder, Coverage coverage, Queue<Mutant> waiting, Report report)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();
    int _asked;

    public void AskAll()
    {
        Thread[] threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(AskUntilNoneWaits))];
        foreach (Thread thread in threads) { thread.Start(); }
        foreach (Thread thread in threads) { thread.Join(); }
        report.Write();
    }

    void AskUntilNoneWaits()
    {
        Host? host = null;
        while (Next() is { } mutant) { mutant.Status = Ask(ref host, mutant); }
        host?.Dispose();
    }

    Mutant? Next()
    {
        lock (waiting)
        {
            if (!waiting.TryDequeue(out Mutant? mutant)) { return null; }
            if (++_asked % 50 == 0)
            {
                Console.Error.WriteLine($"{folder}: {_asked} asked in {_watch.Elapsed.TotalMinutes:F1} min, {report.Alive} alive");
                report.Write();
            }
            return mutant;
        }
    }

    MutantStatus Ask(ref Host? host, Mutant mutant)
    {
        bool isOwn = coverage.IsOncePerProcess(mutant);
        while (true)
        {
            bool isFresh = host is null || isOwn;
            if (isOwn) { host?.Dispose(); host = new(program, mutant.Id); } else { host ??= new(program); }
            if (!host.IsReady) { host.Dispose(); host = null; return MutantStatus.Killed; }
            (string question, TimeSpan limit) = coverage.Question(mutant);
            host.Send(question);
            string? answer = host.Read(limit);
            if (answer?.Split(' ') is ["killed", var test]) { coverage.Noticed(Worker.Number(test)); }
            MutantStatus status = answer switch
            {
                "alive" => MutantStatus.Survived,
                null when !host.HasDied => MutantStatus.Timeout,
                _ => MutantStatus.Killed,
            };
            if (answer is null or "spoiled" || isOwn) { host.Dispose(); host = null; }
            // A test that fails without the change, too: this one or an earlier one left something behind. A new process tells.
            if (answer != "spoiled" || isFresh) { return status; }
        }
    }
}
