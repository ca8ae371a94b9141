using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Weights with torch's bits but for a few elements: those are counted and named, by verify and by plan locate.</summary>
public class ChangedElementsTests
{
    const string Table = "Embedding(100, 16, padding_idx=3)";

    static StateDict Draw(string expression, ulong seed = 42) => InitPlan.Of(expression).Materialize(seed);

    static StateDict Changed(string expression, string tensor, float value, params int[] elements)
    {
        StateDict weights = Draw(expression);
        foreach (int at in elements) { weights[tensor].AsSpan<float>()[at] = value; }
        return weights;
    }

    static Verdict Is(Cause cause, string said, StateDict weights, string expression, ulong? seed = null)
    {
        Verdict verdict = Verifier.Judge(weights, new(expression), seed);
        Assert.Equal((Judgement.Deviates, cause), (verdict.Judgement, verdict.Cause));
        Assert.Contains(said, verdict.Explanation, StringComparison.Ordinal);
        return verdict;
    }

    static PlanLocation Located(Cause cause, int step, string said, StateDict weights, string expression, ulong? seed = null)
    {
        DType dtype = weights.Values.First().DType;
        PlanLocation found = PlanLocator.Of(weights, new(InitPlan.Of(expression), dtype), seed);
        Assert.Equal((Judgement.Deviates, cause, step), (found.Judgement, found.Cause, found.Step));
        Assert.Contains(said, found.Said, StringComparison.Ordinal);
        return found;
    }

    [Theory, InlineData(null), InlineData(42UL)]
    public void One_element_is_named(ulong? seed)
    {
        Verdict verdict = Is(Cause.Changed, "1 of 2,080 elements was changed, every other bit is what torch 2.15 linux-x64 avx2 draws from "
            + "seed 42; changed: weight[327]", Changed("Linear(64, 32)", "weight", 0.01f, 327), "Linear(64, 32)", seed);
        Assert.Equal(("weight", 327), (verdict.First.Tensor, verdict.First.Element));
        _ = Is(Cause.Changed, "4 of 2,080 elements were changed, every other bit is what torch 2.15 linux-x64 avx2 draws from seed 42; "
            + "changed: weight[300] to [301], weight[2047], bias[5]",
            With(Changed("Linear(64, 32)", "weight", 9f, 300, 301, 2047), "bias", 5), "Linear(64, 32)", seed);
        _ = Located(Cause.Changed, 1, "1 of 2,048 elements was changed, all others have torch's bits; changed: [327]",
            Changed("Linear(64, 32)", "weight", 0.01f, 327), "Linear(64, 32)", seed);
    }

    static StateDict With(StateDict weights, string tensor, int at)
    {
        weights[tensor].AsSpan<float>()[at] = 0.01f;
        return weights;
    }

    [Fact]
    public void What_was_drawn_otherwise_or_broken_is_not_called_changed()
    {
        StateDict weights = Draw("Linear(64, 32)");
        Draw("Linear(64, 32)", 43)["bias"].AsSpan<float>().CopyTo(weights["bias"].AsSpan<float>());
        Assert.NotEqual(Cause.Changed, Verifier.Judge(weights, new("Linear(64, 32)"), 42).Cause);
        _ = Is(Cause.NotFinite, "NaN", Changed("Linear(64, 32)", "weight", float.NaN, 5), "Linear(64, 32)", 42);
        _ = Is(Cause.Zeros, "row 2 is 0", Changed("Linear(64, 32)", "weight", 0, [.. Enumerable.Range(128, 64)]), "Linear(64, 32)", 42);
    }

    [Fact]
    public void A_padding_row_that_is_not_zero_was_not_trained()
    {
        StateDict drawn = Draw("Embedding(100, 16)");
        _ = Is(Cause.Changed, "16 of 1,600 elements were changed, as if step 2, fill_(weight[offset 48, sizes (16,)], 0.0), had not run",
            drawn, Table);
        _ = Located(Cause.ExtraOrMissingDraws, 2, "the second initialisation is missing", drawn, Table);
        // With a seed that is not known, too.
        _ = Is(Cause.Changed, "torch sets it after the draw; it was not set, or was changed later", Draw("Embedding(100, 16)", 987_654_321),
            Table);
    }

    [Theory]
    [InlineData(ErfImplementation.Glibc, "torch 1.13 linux-x64 avx2 built without MKL (as in Debian 12)")]
    [InlineData(ErfImplementation.GlibcRounded, "torch 1.13 linux-x64 avx2 built without MKL (as in Debian 13)")]
    public void A_build_without_MKL_is_named(ErfImplementation erf, string named)
    {
        const string Text = "init.trunc_normal_(torch.empty(64, 32))";
        TorchProfile wheel = TorchProfile.For("1.13"), debian = wheel with { Erf = erf };
        StateDict weights = InitPlan.Of(Text, debian).Materialize(42);
        Verdict verdict = Verifier.Judge(weights, new(InitPlan.Of(Text, wheel), DType.Float32), 42);
        Assert.Equal((Judgement.Deviates, Cause.Platform), (verdict.Judgement, verdict.Cause));
        Assert.Contains(named, verdict.Explanation, StringComparison.Ordinal);
        // Where MKL does not matter, it is not mentioned.
        weights = InitPlan.Of("init.trunc_normal_(torch.empty(64, 32))", TorchProfile.For("2.12")).Materialize(42);
        verdict = Verifier.Judge(weights, new(InitPlan.Of(Text, wheel), DType.Float32), 42);
        Assert.DoesNotContain("MKL", verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_names_the_step_that_writes_the_element()
        => Located(Cause.Changed, 1, "changed: [115]", Changed(Table, "weight", 0.2f, 115), Table);

    [Fact]
    public void Locate_recognises_a_cast_and_another_seed()
    {
        StateDict cast = new();
        foreach ((string name, TensorBuffer tensor) in Draw("Linear(64, 32)", 5))
        {
            cast.Add(name, TensorBuffer.Of([.. tensor.AsSpan<float>().ToArray().Select(value => (BFloat16)value)], [.. tensor.Shape]));
        }
        _ = Located(Cause.DType, 1, "drawn in float32, then cast to bfloat16", cast, "Linear(64, 32)");
        _ = Located(Cause.DType, 1, "of seed 5: drawn in float32, then cast to bfloat16", cast, "Linear(64, 32)", 7);
        _ = Located(Cause.Seed, 1, "from weight on, these are the bits of seed 5", Draw("Linear(64, 32)", 5), "Linear(64, 32)", 7);
    }
}
