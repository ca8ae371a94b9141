using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>A norm's statistics change when a model is used, but not to anything.</summary>
public class BufferFaultsTests
{
    const string Model = "Sequential(Conv2d(16, 64, 3), BatchNorm2d(64))";

    static StateDict Used(Action<StateDict> change, long batches = 3)
    {
        StateDict weights = InitPlan.Of(Model).Materialize(42);
        weights["1.num_batches_tracked"].AsSpan<long>()[0] = batches;
        change(weights);
        return weights;
    }

    static void Set(StateDict weights, string name, float value) => weights[name].AsSpan<float>()[5] = value;

    [Theory]
    [InlineData("running_var", float.NaN, 3, "NotFinite", "1.running_var[5] is NaN, which no use of a model gives")]
    [InlineData("running_mean", float.PositiveInfinity, 3, "NotFinite", "1.running_mean[5] is Infinity, which no use of a model gives")]
    [InlineData("running_var", -1f, 3, "NotDrawn", "1.running_var[5] is -1: a variance is not negative")]
    [InlineData("running_mean", 5f, 0, "NotDrawn", "1.running_mean has changed, although 1.num_batches_tracked is 0: no batch was seen")]
    [InlineData("running_mean", 0f, -5, "NotDrawn", "1.num_batches_tracked is -5: a count of batches is not negative")]
    public void What_no_use_leaves_is_a_deviation(string buffer, float value, long batches, string cause, string said)
    {
        StateDict weights = Used(weights => Set(weights, $"1.{buffer}", value), batches);
        foreach (ulong? seed in (ulong?[])[42, null])
        {
            Verdict verdict = Verifier.Judge(weights, new(Model), seed);
            Assert.Equal((Judgement.Deviates, cause), (verdict.Judgement, verdict.Cause.ToString()));
            Assert.StartsWith(said, verdict.Explanation, StringComparison.Ordinal);
        }
        PlanLocation located = PlanLocator.Of(weights, new(Model), 42);
        Assert.Equal((Judgement.Deviates, cause, said), (located.Judgement, located.Cause.ToString(), located.Said));
    }

    [Fact]
    public void Statistics_of_a_model_that_was_used_are_right()
        => Assert.Equal(Judgement.SameBits, Verifier.Judge(Used(weights => Set(weights, "1.running_mean", 5f)), new(Model), 42).Judgement);

    [Fact]
    public void A_scale_that_changed_counts_beside_the_bits_of_another_platform()
    {
        TorchProfile windows = TorchProfile.For("2.15", TorchPlatform.WindowsX64);
        StateDict weights = InitPlan.Of(Model, windows).Materialize(new Generator(42, windows));
        Set(weights, "1.weight", 2);
        Verdict verdict = Verifier.Judge(weights, new(Model), 42);
        Assert.Equal((Judgement.Deviates, Cause.NotDrawn), (verdict.Judgement, verdict.Cause));
    }
}
