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

    /// <summary>Every wrapper of modules with every dtype, in a run of every dtype.</summary>
    [Theory]
    [InlineData("utils.weight_norm(M)")]
    [InlineData("utils.weight_norm(M, dim=None)")]
    [InlineData("utils.spectral_norm(M)")]
    [InlineData("parametrizations.weight_norm(M)")]
    [InlineData("parametrizations.spectral_norm(M)")]
    [InlineData("parametrizations.spectral_norm(parametrizations.spectral_norm(M))")]
    [InlineData("Transformer(4, 1, 1, 1, 8, custom_encoder=utils.spectral_norm(M), dtype=torch.float64)")]
    public void A_wrapper_has_the_dtype_of_its_module(string wrapped)
    {
        WorkerOracle oracle = live.Oracle();
        FuzzRunner runner = new(oracle, LiveProfile.Of(oracle.Info));
        DType[] dtypes = [DType.Float32, DType.Float64, DType.BFloat16, DType.Float16];
        string[] modules = ["Linear(5, 4, dtype=D)", "Conv2d(3, 4, 3, dtype=D)", "ConvTranspose1d(2, 3, 3, dtype=D)",
            "Embedding(5, 3, dtype=D)", "Bilinear(2, 3, 4, dtype=D)"];
        foreach ((string module, DType own) in modules.SelectMany(module => dtypes.Select(own => (module, own))))
        {
            string expression = wrapped.Replace("M", module.Replace("=D", $"=torch.{own.TorchName()}", StringComparison.Ordinal),
                StringComparison.Ordinal);
            Assert.All(dtypes, dtype =>
            {
                FuzzResult result = runner.Run(new(expression, dtype, "3", 0, 0));
                Assert.True(result.Outcome is FuzzOutcome.Equal or FuzzOutcome.RefusedAlike, $"{result.Case}: {result.Detail}");
            });
        }
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
