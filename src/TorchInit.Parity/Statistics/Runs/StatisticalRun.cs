using System.Diagnostics;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>The whole statistical run: every case, torch beside it, claims, mutants, and the count of false alarms.</summary>
public static class StatisticalRun
{
    const int TwoSampleSeeds = 128;
    const int RepeatedRuns = 1000;
    const double RepeatedRate = 0.01;

    /// <summary>Allowed probability of any false alarm in the run.</summary>
    public const double TotalAlpha = 1e-6;

    /// <summary>Allowed probability of missing a stated difference.</summary>
    public const double Beta = 1e-6;

    /// <summary>How many steps <paramref name="oracle"/> and profile make for a progress bar.</summary>
    internal static int Steps(ITorchOracle? oracle) => DistributionTable.Expressions.Count * CaseTable.DTypes.Count + Museum.Shipped.Count + Mistakes.All.Count + RepeatedRuns + (oracle is null ? 0 : TwoSample.Expressions.Count);

    /// <summary>Runs everything.</summary>
    /// <param name="size">Values wanted for each region, 1,024 or more.</param>
    /// <param name="oracle">Real torch; null where it cannot be asked.</param>
    /// <param name="notAsked">Why not.</param>
    /// <param name="done">Called after each step; null for no one.</param>
    public static StatisticsReport Run(long size = 65536, ITorchOracle? oracle = null, string? notAsked = null, Action? done = null)
    {
        if (size < 1024) { throw new ArgumentOutOfRangeException(nameof(size), size, "allowed: 1,024 or more."); }
        Stopwatch watch = Stopwatch.StartNew();
        TorchProfile profile = TorchProfile.Default;
        PlanInitialiser ours = new();
        IReadOnlyList<DistributionCase> cases = DistributionTable.Cases(profile);
        DistributionCase[] beside = oracle is null ? [] : [.. from expression in TwoSample.Expressions from dtype in new[] { DType.Float32, DType.BFloat16 } select new DistributionCase(expression, dtype, LiveProfile.Of(oracle.Info))];
        AlphaBudget budget = new(TotalAlpha, cases.Sum(item => item.Tests) + Claims.Tests + beside.Sum(item => 2 * item.Regions.Count), Beta);
        Task<IReadOnlyList<TwoSampleResult>> asking = Task.Run(() => AskTorch(oracle, ours, beside, budget, done));
        ExaminationSummary[] examined = [.. cases.AsParallel().AsOrdered().Select(item =>
        {
            ExaminationSummary summary = ExaminationSummary.Of(Examination.Run(ours, item, size, budget));
            done?.Invoke();
            return summary;
        })];
        IReadOnlyList<MutantResult> mutants = MutantTrial.RunAll(profile, done);
        FalseAlarms alarms = FalseAlarms.Measure(RepeatedRuns, RepeatedRate, done);
        IReadOnlyList<ClaimResult> claims = Claims.Run(ours, profile, budget);
        return new(profile, budget, size, examined, asking.GetAwaiter().GetResult(), mutants, alarms, claims, notAsked, watch.Elapsed.TotalSeconds);
    }

    static IReadOnlyList<TwoSampleResult> AskTorch(ITorchOracle? oracle, Initialiser ours, DistributionCase[] cases, AlphaBudget budget, Action? done)
    {
        if (oracle is null) { return []; }
        TorchInitialiser torch = new(oracle);
        return [.. cases.SelectMany(item =>
        {
            TwoSampleResult[] results = [.. TwoSample.Run(ours, torch, item, TwoSampleSeeds, budget)];
            done?.Invoke();
            return results;
        })];
    }
}
