using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Draws that two layers share are found between any two tensors, not only between neighbours.</summary>
public class SharedDrawsTests
{
    const string Three = "Sequential(Linear(64, 64), Linear(64, 64), Linear(64, 64))";
    const ulong Unknown = 987_654_321;

    static StateDict Draw(string expression, ulong seed = Unknown) => InitPlan.Of(expression).Materialize(seed);

    /// <summary>Layers after the first, each after the same seed.</summary>
    static StateDict Reseeded(params string[] layers)
    {
        StateDict all = new();
        foreach ((int at, string layer) in layers.Index())
        {
            ulong seed = at == 0 ? Unknown : 5_150_515;
            foreach ((string name, TensorBuffer tensor) in Draw(layer, seed)) { all.Add($"{at}.{name}", tensor); }
        }
        return all;
    }

    static Verdict Judge(StateDict weights, string expression, ulong? seed = null)
    {
        Verdict verdict = Verifier.Judge(weights, new(expression), seed);
        Assert.Equal(Judgement.Deviates, verdict.Judgement);
        return verdict;
    }

    [Fact]
    public void Layers_drawn_after_the_same_seed_are_found()
    {
        string[] layers = ["Conv2d(3, 32, 3)", "Conv2d(32, 64, 3)", "Conv2d(64, 64, 3)", "Linear(100, 20)"];
        Verdict verdict = Judge(Reseeded(layers), $"Sequential({string.Join(", ", layers)})");
        Assert.Equal((Cause.ExtraOrMissingDraws, "the seed was set again before each layer, or its state restored: the draws of "
            + "1.weight, 2.weight, 3.weight begin alike"), (verdict.Cause, verdict.Explanation));
        verdict = Judge(Reseeded(layers), $"Sequential({string.Join(", ", layers)})", 5_150_515);
        Assert.StartsWith("the draws of 1.weight, 2.weight, 3.weight begin at word 0 of this seed: it was set again, or its state "
            + "restored, before each; not of those places: 0.bias, 0.weight", verdict.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all but one", "the values of 1.weight[1] to [4095] are found again in 2.weight[1] to [4095]; torch draws each")]
    [InlineData("half", "the values of rows 0 to 31 of 1.weight are found again in rows 0 to 31 of 2.weight; torch draws each")]
    [InlineData("moved", "the values of rows 40 to 47 of 1.weight are found again in rows 0 to 7 of 2.weight; torch draws each")]
    [InlineData("negated", "the values of 1.weight are found again, negated, in 2.weight; torch draws each")]
    [InlineData("transposed", "the values of 1.weight are found again, transposed, in 2.weight; torch draws each")]
    [InlineData("own", "the values of rows 0 to 31 of 2.weight are found again in rows 32 to 63 of 2.weight; torch draws each")]
    public void Values_that_were_copied_are_found_wherever_they_are(string how, string said)
    {
        StateDict weights = Draw(Three);
        Span<float> from = weights["1.weight"].AsSpan<float>(), to = weights["2.weight"].AsSpan<float>();
        switch (how)
        {
            case "all but one": from[1..].CopyTo(to[1..]); break;
            case "half": from[..2048].CopyTo(to); break;
            case "moved": from[2560..3072].CopyTo(to); break;
            case "own": to[..2048].CopyTo(to[2048..]); break;
            default:
                for (int i = 0; i < to.Length; i++) { to[i] = how == "negated" ? -from[i] : from[(i % 64 * 64) + (i / 64)]; }
                break;
        }
        Verdict verdict = Judge(weights, Three);
        Assert.Equal((Cause.Copied, said), (verdict.Cause, verdict.Explanation));
    }

    [Fact]
    public void In_16_bits_the_correlation_of_any_pair_tells()
    {
        DistributionCase item = new("Sequential(Linear(64, 64), Linear(100, 64), Linear(64, 64))", DType.BFloat16);
        StateDict weights = item.Plan.Materialize(new Generator(Unknown, item.Plan.Profile), DType.BFloat16);
        Span<BFloat16> from = weights["1.weight"].AsSpan<BFloat16>(), to = weights["2.weight"].AsSpan<BFloat16>();
        for (int i = 0; i < to.Length; i++) { to[i] = (BFloat16)(1.25f * (float)from[i]); }
        Verdict verdict = Verifier.Judge(weights, item);
        Assert.Contains(verdict.Evidence, line => line.StartsWith("correlation of 1.weight and 2.weight: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_correlation_is_never_printed_above_1()
    {
        double[] far = [.. Enumerable.Range(0, 4096).Select(i => i % 2 == 0 ? 0.01 : 0.99)];
        Assert.StartsWith("both: 1 (threshold ", Correlation.Examine("both", far, far, 1e-9, 1e-6).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sequential(Linear(64, 64), LSTM(16, 32, 2), Linear(32, 32))")]
    [InlineData("Sequential(Embedding(100, 64), MultiheadAttention(64, 4), Linear(64, 100))")]
    [InlineData("utils.weight_norm(Linear(64, 64))")]
    public void Independent_layers_share_nothing(string expression)
    {
        foreach (ulong seed in Enumerable.Range(0, 12).Select(at => Unknown + (ulong)at))
        {
            Assert.Empty(SharedDraws.Of(new(expression), Draw(expression, seed)));
        }
    }
}
