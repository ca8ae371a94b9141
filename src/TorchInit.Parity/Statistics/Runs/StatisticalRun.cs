using System.Diagnostics;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>The whole statistical run: every case, the comparison with torch, claims, mutants, and the count of false alarms.</summary>
public static class StatisticalRun
{
    const int TwoSampleSeeds = 128;
    const int RepeatedRuns = 1000;
    const double RepeatedRate = 0.01;

    /// <summary>The allowed probability of any false alarm in the run.</summary>
    public const double TotalAlpha = 1e-6;

    /// <summary>The allowed probability of missing a stated difference.</summary>
    public const double Beta = 1e-6;

    /// <summary>The sup-distance between distributions that a run must detect: a normal or uniform whose standard deviation is 10 % off has
    /// 0.023.</summary>
    public const double Difference = 0.023;

    const double LeastDifference = 0.001;
    const double LargestDifference = 0.2;

    /// <summary>How many steps a run with <paramref name="oracle"/> and profile has, for a progress bar.</summary>
    internal static int Steps(ITorchOracle? oracle, TorchProfile? profile = null)
        => DistributionTable.Expressions.Count * CaseTable.DTypes.Count + Museum.Shipped.Count + Mistakes.All.Count
            + DrawMistakes.All.Count + (profile?.Gpu is null ? 0 : GpuMistakes.All.Count) + RepeatedRuns
            + (oracle is null ? 0 : TwoSample.Expressions.Count);

    /// <summary>Returns the difference, if it is in range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    internal static double Checked(double difference)
        => difference is >= LeastDifference and <= LargestDifference ? difference
            : throw new ArgumentOutOfRangeException(nameof(difference), difference, $"allowed: {LeastDifference} to {LargestDifference}.");

    /// <summary>Runs everything.</summary>
    /// <param name="difference">The sup-distance between distributions that no test of a whole tensor misses more often than
    /// <see cref="Beta"/>, from 0.001 to 0.2; it sets how many values are drawn.</param>
    /// <param name="oracle">Real torch; null if it cannot be asked.</param>
    /// <param name="notAsked">Why torch cannot be asked.</param>
    /// <param name="done">Called after each step; may be null.</param>
    /// <param name="profile">The torch whose draws are tested; null for <see cref="TorchProfile.Default"/>. For a GPU, the mistakes of
    /// ports of its generator are tried too, besides those for a CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The difference is out of range.</exception>
    public static StatisticsReport Run(double difference = Difference, ITorchOracle? oracle = null, string? notAsked = null,
        Action? done = null, TorchProfile? profile = null)
    {
        Checked(difference);
        Stopwatch watch = Stopwatch.StartNew();
        profile ??= TorchProfile.Default;
        PlanInitialiser ours = new();
        IReadOnlyList<DistributionCase> cases = DistributionTable.Cases(profile);
        DistributionCase[] beside = oracle is null ? []
            : [.. from expression in TwoSample.Expressions from dtype in new[] { DType.Float32,
            DType.BFloat16 }
            where DistributionTable.IsDrawn(expression, dtype, LiveProfile.Of(oracle.Info))
            select new DistributionCase(expression, dtype, LiveProfile.Of(oracle.Info))];
        AlphaBudget budget = new(TotalAlpha, cases.Sum(item => item.Tests) + Claims.Tests + beside.Sum(item => 2 * item.Regions.Count),
            Beta);
        long size = Dkw.SampleSize(difference, budget.Alpha, budget.Beta);
        Task<(TwoSampleResult[] Results, UnaskedCase[] Unasked)> asking = Task.Run(() => AskTorch(oracle, ours, beside, budget, done));
        ExaminationSummary[] examined = [.. cases.AsParallel().AsOrdered().Select(item =>
        {
            ExaminationSummary summary = ExaminationSummary.Of(Examination.Run(ours, item, size, budget));
            done?.Invoke();
            return summary;
        })];
        IReadOnlyList<MutantResult> mutants = MutantTrial.RunAll(TorchProfile.Default, done);
        if (profile.Gpu is not null) { mutants = [.. mutants, .. MutantTrial.RunAll(GpuMistakes.All, GpuMistakes.Profile, done)]; }
        FalseAlarms alarms = FalseAlarms.Measure(RepeatedRuns, RepeatedRate, done);
        IReadOnlyList<ClaimResult> claims = Claims.Run(ours, profile, budget, size);
        (TwoSampleResult[] results, UnaskedCase[] unasked) = asking.GetAwaiter().GetResult();
        return new(profile, budget, difference, size, examined, results, mutants, alarms, claims, notAsked,
            watch.Elapsed.TotalSeconds)
        { Unasked = unasked };
    }

    /// <summary>Compares ours with torch, case by case; a case on which torch crashes is left out and reported.</summary>
    internal static (TwoSampleResult[] Results, UnaskedCase[] Unasked) AskTorch(ITorchOracle? oracle, Initialiser ours,
        IEnumerable<DistributionCase> cases, AlphaBudget budget, Action? done)
    {
        if (oracle is null) { return ([], []); }
        TorchInitialiser torch = new(new GivenUpOracle(oracle));
        List<TwoSampleResult> results = [];
        List<UnaskedCase> unasked = [];
        foreach (DistributionCase item in cases)
        {
            try { results.AddRange(TwoSample.Run(ours, torch, item, TwoSampleSeeds, budget)); }
            catch (Exception error) when (UnansweredException.Is(error)) { unasked.Add(new(item.ToString(), error.Message)); }
            done?.Invoke();
        }
        return ([.. results], [.. unasked]);
    }
}
