using System.Globalization;

namespace TorchInit.Parity;

/// <summary>The harness on trial from the other side: how often a right initialiser is accused when many small runs are repeated.</summary>
/// <param name="Runs">How many reduced runs.</param>
/// <param name="Tests">Tests a run.</param>
/// <param name="Rate">Allowed probability of an alarm in a run.</param>
/// <param name="Alarms">Runs with an alarm.</param>
/// <param name="Most">More alarms than this would happen by chance once in a million.</param>
public sealed record FalseAlarms(int Runs, long Tests, double Rate, int Alarms, int Most)
{
    const double Chance = 1e-6;

    /// <summary>Whether the count agrees with the stated rate.</summary>
    public bool Consistent => Alarms <= Most;

    /// <summary>Repeats reduced runs of TorchInit, each from seeds of its own.</summary>
    /// <param name="runs">How many.</param>
    /// <param name="rate">Allowed probability of an alarm in a run.</param>
    /// <param name="done">Called after each; null for no one.</param>
    public static FalseAlarms Measure(int runs, double rate, Action? done = null)
    {
        DistributionCase[] cases = [.. new[] { "Linear(16, 8)", "Embedding(20, 16, padding_idx=1)", "Conv2d(2, 8, 3)", "GRU(4, 8)" }.Select(expression => new DistributionCase(expression))];
        long tests = cases.Sum(item => item.Tests);
        PlanInitialiser initialiser = new();
        int alarms = ParallelEnumerable.Range(0, runs).Count(run =>
        {
            bool accused = cases.Any(item => Examination.Run(initialiser, item, 256, new(rate, tests, rate), (ulong)run << 12).Accusations.Count > 0);
            done?.Invoke();
            return accused;
        });
        int most = 0;
        while (CountTails.BinomialAtLeast(most + 1, runs, rate) > Chance) { most++; }
        return new(runs, tests, rate, alarms, most);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Alarms} of {Runs:N0} right runs accused at a stated rate of {Rate:G2} a run; up to {Most} are consistent with it");
}
