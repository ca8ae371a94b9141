using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Cases;

/// <summary>Random calls, asked of live torch and of C#: nothing may come out otherwise but for a reason that is listed.</summary>
public class FuzzTests(LiveTorch live, ITestOutputHelper output)
{
    [Fact]
    public void Random_calls_come_out_alike()
    {
        // 5,000 take two thirds of a minute; TORCHINIT_FUZZ_CALLS asks more.
        int count = Number("TORCHINIT_FUZZ_CALLS", 5000);
        FuzzRun run = FuzzRun.Of(live.Oracle(), seed: 20, count);
        foreach ((FuzzOutcome outcome, int cases) in run.Counts) { output.WriteLine($"{cases,8}  {outcome}"); }
        foreach ((FuzzReason reason, int cases) in run.Listed) { output.WriteLine($"{cases,8}  listed: {reason.Why}"); }
        Assert.True(run.Failures.Count == 0,
            $"{run.Failures.Count} "
                + $"differ:\n{string.Join('\n', run.Failures.Select(failure => $"{failure.Outcome}: {failure.Case}: {failure.Detail}"))}");
        Assert.True(run.Counts[FuzzOutcome.Equal] > count / 4, $"only {run.Counts[FuzzOutcome.Equal]} of {count} calls constructed");
        Assert.True(run.Counts[FuzzOutcome.RefusedAlike] > count / 8,
            $"only {run.Counts[FuzzOutcome.RefusedAlike]} of {count} calls were refused");
    }

    [Fact]
    public void Random_texts_come_out_alike()
    {
        // 5,000 take a quarter of a minute; TORCHINIT_FUZZ_TEXTS asks more.
        int count = Number("TORCHINIT_FUZZ_TEXTS", 5000);
        TextFuzz run = TextFuzz.Of(live.Oracle(), seed: 20, count);
        foreach ((FuzzOutcome outcome, int cases) in run.Counts) { output.WriteLine($"{cases,8}  {outcome}"); }
        foreach ((string why, int cases) in run.Listed) { output.WriteLine($"{cases,8}  listed: {why}"); }
        Assert.True(run.Failures.Count == 0, $"{run.Failures.Count} differ:\n"
            + string.Join('\n', run.Failures.Take(40).Select(failure => $"{failure.Outcome}: {failure.Case}: {failure.Detail}")));
        Assert.True(run.Counts[FuzzOutcome.Equal] > count / 3, $"only {run.Counts[FuzzOutcome.Equal]} of {count} texts constructed");
        Assert.True(run.Listed.Values.Sum() < count / 25, $"{run.Listed.Values.Sum()} of {count} texts have a listed reason");
    }

    /// <summary>The fuzzer of texts is on trial, too.</summary>
    [Theory]
    [InlineData("2.0")]
    [InlineData("2.15")]
    public void Texts_find_the_rules_of_another_torch(string version)
    {
        WorkerOracle oracle = live.Oracle();
        TorchProfile own = LiveProfile.Of(oracle.Info);
        TorchProfile other = TorchProfile.For(own.Version.ToString() == version ? "1.13" : version, own.Platform, own.Cpu);
        Assert.NotEmpty(TextFuzz.Of(oracle, seed: 20, count: 1000, other).Failures);
    }

    [Fact]
    public void Every_reason_still_applies()
    {
        WorkerOracle oracle = live.Oracle();
        TorchProfile profile = LiveProfile.Of(oracle.Info);
        FuzzRunner runner = new(oracle, profile);
        Assert.All(FuzzReason.All.Where(reason => reason.Holds(profile)), reason =>
        {
            FuzzResult result = runner.Run(reason.ExampleCase);
            Assert.True(reason.Explains(result, profile),
                $"{reason.Example} came out as {result.Outcome}, {result.Detail}; it is listed because {reason.Why}");
        });
    }

    /// <summary>The fuzzer is on trial, too: C# with the rules of another torch must be found out.</summary>
    [Theory]
    [InlineData("2.0")]
    [InlineData("2.15")]
    public void The_rules_of_another_torch_are_found_out(string version)
    {
        WorkerOracle oracle = live.Oracle();
        TorchProfile own = LiveProfile.Of(oracle.Info);
        TorchProfile other = TorchProfile.For(own.Version.ToString() == version ? "1.13" : version, own.Platform, own.Cpu);
        Assert.NotEmpty(FuzzRun.Of(oracle, seed: 20, count: 1000, profile: other).Failures);
    }

    static int Number(string variable, int usual)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), out int asked) ? asked : usual;
}
