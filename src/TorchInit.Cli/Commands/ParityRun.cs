using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>Runs all live cases and all recorded ones, with a bar for each.</summary>
static class ParityRun
{
    /// <summary>One section per Python and kind of kernels, one for libtorch's own, and one per recorded torch. A Python without torch
    /// is reported, and the others still run.</summary>
    /// <param name="pythons">Null for the first that is found.</param>
    /// <param name="transport">How they are asked.</param>
    /// <param name="device">Where torch draws.</param>
    /// <param name="libtorch">libtorch's folder; null to leave it out.</param>
    public static ParityReport Run(IReadOnlyList<string?> pythons, string transport, ParityDevice device, string? libtorch)
    {
        List<string> notAsked = [];
        List<ParitySection> sections = [];
        List<LiveOracles> asked = [];
        try
        {
            ProgressBars.New().Start(progress =>
            {
                foreach (string? python in pythons)
                {
                    ProgressTask starting = progress.AddTask("Starting torch").IsIndeterminate();
                    LiveOracles? oracles = null;
                    try
                    {
                        oracles = new(python, transport, device);
                        asked.Add(oracles);
                    }
                    catch (OracleUnavailableException error)
                    {
                        notAsked.Add(error.Message);
                    }
                    Finish(starting);
                    sections.AddRange(Live(progress, oracles?.All ?? []));
                }
                if (libtorch is not null) { sections.Add(Kernels(progress, libtorch)); }
                sections.AddRange(Recorded(progress));
            });
            asked.ForEach(oracles => oracles.Say());
        }
        finally
        {
            asked.ForEach(oracles => oracles.Dispose());
        }
        return new(sections, notAsked.Count == 0 ? null : string.Join('\n', notAsked));
    }

    static ParitySection[] Live(ProgressContext progress, IEnumerable<ITorchOracle> oracles)
    {
        long cases = CaseTable.Groups.Sum(row => (long)CaseTable.Cases(row).Count());
        Task<ParitySection>[] running = [.. oracles.Select(oracle =>
        {
            ProgressTask bar = progress.AddTask(Markup.Escape($"{LiveProfile.Of(oracle.Info)}, live"), maxValue: cases);
            return Task.Run(() => ParitySection.Live(oracle, CaseTable.Groups, () => bar.Increment(1)));
        })];
        return Task.WhenAll(running).GetAwaiter().GetResult();
    }

    static ParitySection Kernels(ProgressContext progress, string folder)
    {
        using LibtorchOracle oracle = new(folder);
        ProgressTask bar = progress.AddTask(Markup.Escape($"{LiveProfile.Of(oracle.Info)}, libtorch's kernels"),
            maxValue: CaseTable.Groups.Sum(row => (long)CaseTable.Cases(row).Count()));
        return ParitySection.Kernels(oracle, CaseTable.Groups, () => bar.Increment(1));
    }

    static ParitySection[] Recorded(ProgressContext progress)
    {
        IReadOnlyList<GoldenFile> files = GoldenSet.Files;
        ProgressTask bar = progress.AddTask("Recorded answers of other torch versions", maxValue: files.Count);
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
