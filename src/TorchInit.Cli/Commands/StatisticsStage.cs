using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>What the statistical half of a run found.</summary>
sealed record StatisticsOutcome(StatisticsReport Report, IReadOnlyList<ScoreboardRow> Scoreboard);

/// <summary>Distributions, mutants, claims and the scoreboard, with a progress bar.</summary>
static class StatisticsStage
{
    public static StatisticsOutcome Run(string? python, string transport, ParityDevice device, double difference)
        => ProgressBars.New().Start(progress =>
    {
        string? notAsked = null;
        ITorchOracle? oracle = null;
        try
        {
            oracle = (device.IsGpu ? device.StartOnGpu(python) : Transports.Start(transport, python, capability: null)).Oracle;
        }
        catch (OracleUnavailableException error)
        {
            notAsked = error.Message;
        }
        using (oracle)
        {
            TorchProfile profile = device.IsGpu && oracle is not null ? LiveProfile.Of(oracle.Info) : device.Profile;
            ProgressTask bar = progress.AddTask("Distributions, mutants, false alarms", maxValue: StatisticalRun.Steps(oracle, profile));
            StatisticsReport report = StatisticalRun.Run(difference, oracle, notAsked: notAsked,
                done: () => { lock (bar) { bar.Increment(1); } }, profile);
            bar.Value = bar.MaxValue;
            // The scoreboard covers the CPU's laws and bits.
            IReadOnlyList<ScoreboardRow> scoreboard
                = Scoreboard.Known(oracle is null || device.IsGpu ? null : new(new GivenUpOracle(oracle)));
            // Only torch is asked live, and it can crash on a case; the other frameworks' files simply lack theirs.
            IEnumerable<UnaskedCase> unasked = from row in scoreboard
                                               where row.Source == Scoreboard.AskedNow
                                               from cell in row.Cells
                                               where cell.Answer == ScoreboardAnswer.Absent
                                               select new UnaskedCase(cell.Case.Expression, cell.Evidence[0]);
            return new StatisticsOutcome(report with { Unasked = [.. report.Unasked, .. unasked] }, scoreboard);
        }
    });
}
