using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>Runs all live cases and all recorded ones, with a bar for each.</summary>
static class ParityRun
{
    public static ParityReport Run(string? python, string transport)
    {
        string? notAsked = null;
        List<ParitySection> sections = [];
        LiveOracles? asked = null;
        try
        {
            ProgressBars.New().Start(progress =>
            {
                ProgressTask starting = progress.AddTask("Starting torch").IsIndeterminate();
                try
                {
                    asked = new(python, transport);
                }
                catch (OracleUnavailableException error)
                {
                    notAsked = error.Message;
                }
                Finish(starting);
                sections.AddRange(Live(progress, asked?.All ?? []));
                sections.AddRange(Recorded(progress));
            });
            asked?.Say();
        }
        finally
        {
            asked?.Dispose();
        }
        return new(sections, notAsked);
    }

    static ParitySection[] Live(ProgressContext progress, IEnumerable<ITorchOracle> oracles)
    {
        long cases = CaseTable.Groups.Sum(row => (long)CaseTable.Cases(row).Count());
        Task<ParitySection>[] running = [.. oracles.Select(oracle =>
        {
            ProgressTask bar = progress.AddTask($"{LiveProfile.Of(oracle.Info)}, live", maxValue: cases);
            return Task.Run(() => ParitySection.Live(oracle, CaseTable.Groups, () => bar.Increment(1)));
        })];
        return Task.WhenAll(running).GetAwaiter().GetResult();
    }

    static ParitySection[] Recorded(ProgressContext progress)
    {
        IReadOnlyList<GoldenFile> files = GoldenSet.Files;
        ProgressTask bar = progress.AddTask("Recorded answers of other torches", maxValue: files.Count);
        return files.AsParallel().AsOrdered().Select(file =>
        {
            ParitySection section = ParitySection.Golden(file);
            lock (bar) { bar.Increment(1); }
            return section;
        }).ToArray();
    }

    static void Finish(ProgressTask bar)
    {
        bar.IsIndeterminate = false;
        bar.Value = bar.MaxValue;
        bar.StopTask();
    }
}
