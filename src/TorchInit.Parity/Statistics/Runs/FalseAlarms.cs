using System.Globalization;

namespace TorchInit.Parity;

/// <summary>A test of the harness itself: how often a right initialiser is accused when many small runs are repeated.</summary>
/// <param name="Runs">How many reduced runs.</param>
/// <param name="Tests">Tests per run.</param>
/// <param name="Rate">The allowed probability of an alarm in a run.</param>
/// <param name="Alarms">Runs with an alarm.</param>
/// <param name="Most">More alarms than this would happen by chance once in a million.</param>
/// <param name="Strict">Runs with an alarm at the whole run's own rate, <see cref="StatisticalRun.TotalAlpha"/>.</param>
public sealed record FalseAlarms(int Runs, long Tests, double Rate, int Alarms, int Most, int Strict)
{
    const double Chance = 1e-6;

    /// <summary>Whether the count agrees with the stated rate.</summary>
    public bool Consistent => Alarms <= Most && Strict == 0;

    /// <summary>Repeats reduced runs of TorchInit, each with its own seeds.</summary>
    /// <param name="runs">How many runs.</param>
    /// <param name="rate">The allowed probability of an alarm in a run.</param>
    /// <param name="done">Called after each; may be null.</param>
    public static FalseAlarms Measure(int runs, double rate, Action? done = null)
    {
        DistributionCase[] cases = [.. new[] { "Linear(16, 8)", "Embedding(20, 16, padding_idx=1)", "Conv2d(2, 8, 3)",
            "GRU(4, 8)" }.Select(expression => new DistributionCase(expression))];
        long tests = cases.Sum(item => item.Tests);
        PlanInitialiser initialiser = new();
        (int alarms, int strict) = (0, 0);
        Parallel.For(0, runs, run =>
        {
            // What is not accused at the higher rate is not accused at the lower one.
            if (IsAccused(run, rate))
            {
                Interlocked.Increment(ref alarms);
                if (IsAccused(run, StatisticalRun.TotalAlpha)) { Interlocked.Increment(ref strict); }
            }
            done?.Invoke();
        });
        int most = 0;
        while (CountTails.BinomialAtLeast(most + 1, runs, rate) > Chance) { most++; }
        return new(runs, tests, rate, alarms, most, strict);

        bool IsAccused(int run, double allowed)
            => cases.Any(item => Examination.Run(initialiser, item, 256, new(allowed, tests, allowed),
            (ulong)run << 12).Accusations.Count > 0);
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture,
        $"{Alarms} of {Runs:N0} right runs accused at a stated rate of {Rate:G2} a run; up to {Most} are consistent with it, a binomial "
            + $"count passes that once in a million; {Strict} accused at the run's own {StatisticalRun.TotalAlpha:G1}");
}
