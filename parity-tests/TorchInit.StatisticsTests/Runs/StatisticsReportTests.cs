using TorchInit.Parity;
using TorchInit.StatisticsTests.Mutants;

namespace TorchInit.StatisticsTests.Runs;

public class StatisticsReportTests
{
    static readonly FalseAlarms s_few = new(100, 10, 0.01, 1, 5, 0);

    static ExaminationSummary Case(long count, params string[] accusations)
        => new("Linear(4, 3)", DType.Float64, 1, [new("weight", "U", count, [], []), new("bias", "U", 10, [], [])], accusations);

    static MutantResult Result(string number, bool killed)
        => new(Exhibit.Of(number), killed ? new Dictionary<string, long> { ["mean"] = 64 } : [], 64);

    static ClaimResult Claim(bool expected, bool accepted)
        => new("Embedding(2, 3)", "weight", "U(-1, 1)", "an article", expected, accepted, Values.Finding("mean", !accepted));

    static StatisticsReport Report(ExaminationSummary[] cases, MutantResult[] mutants, FalseAlarms alarms, TwoSampleResult[] beside,
        ClaimResult[] claims)
        => new(TorchProfile.Default, new(1e-6, 1234, 1e-6), 0.1, 1024, cases, beside, mutants, alarms, claims, null, 1);

    [Fact]
    public void A_right_run_passes()
    {
        StatisticsReport report = Report([Case(990), Case(5)], [Result("1", true)], s_few, [Two(0.1)],
            [Claim(true, true), Claim(false, false)]);
        Assert.Empty(report.Accusations);
        Assert.True(report.Passed);
        Assert.Equal("2 cases, 1,015 values, 1,234 tests that share one false alarm in 1,000,000 runs: 0 accusations; 1 of 18 shipped "
            + "bugs killed", report.Summary);
    }

    [Fact]
    public void Everything_that_accuses_is_said()
    {
        StatisticsReport report = Report([Case(1, "a", "b"), Case(1, "c")], [Result("1", false), Result("2", true)],
            s_few with { Alarms = 6 }, [Two(0.3), Two(0.1)], [Claim(true, false), Claim(false, true)]);
        Assert.Equal(
        [
            "Linear(4, 3) float64: a", "Linear(4, 3) float64: b", "Linear(4, 3) float64: c",
            "Linear(2, 2) float32 weight: TorchInit and torch differ",
            "mutant 1 (xavier_normal_ draws uniforms) lives",
            (s_few with { Alarms = 6 }).ToString(),
            "Embedding(2, 3) as U(-1, 1) was rejected", "Embedding(2, 3) as U(-1, 1) was not rejected",
        ], report.Accusations);
        Assert.False(report.Passed);
        Assert.Contains(": 3 accusations; 1 of 18 ", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bug_is_killed_when_all_of_its_variants_are()
    {
        Assert.Equal(2,
            Report([],
            [Result("9a", true), Result("9b", true), Result("10a", true), Result("10b", false), Result("3", true), Result("R1", true)],
            s_few, [], []).ShippedKilled);
    }

    [Theory, InlineData(0.00099), InlineData(0.201), InlineData(0), InlineData(double.NaN)]
    public void A_difference_that_no_run_can_be_made_for_is_refused(double difference)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => StatisticalRun.Run(difference));
        Assert.Equal("difference", error.ParamName);
        Assert.Contains("allowed: 0.001 to 0.2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_tells_its_steps()
    {
        Assert.Equal([0.001, 0.023, 0.2], new[] { 0.001, StatisticalRun.Difference, 0.2 }.Select(StatisticalRun.Checked));
        // 56 expressions in 4 dtypes, 42 mutants, 1,000 repeated runs.
        Assert.Equal(224 + 42 + 1000, StatisticalRun.Steps(null));
    }

    static TwoSampleResult Two(double distance) => new(new("Linear(2, 2)"), "weight", 1, 4, [], distance, 0.2, 0, 0.2, 1);
}
