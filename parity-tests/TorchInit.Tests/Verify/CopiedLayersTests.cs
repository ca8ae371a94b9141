using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>The layers of an encoder are copies of one that is not saved: the first stands for it, and the others must equal it.</summary>
public class CopiedLayersTests
{
    const string Encoder = "TransformerEncoder(TransformerEncoderLayer(64, 4, 128), 2)";
    const ulong Unknown = 987_654_321;

    static Verdict Judge(Action<StateDict> change, ulong? seed = null)
    {
        StateDict weights = InitPlan.Of(Encoder).Materialize(Unknown);
        change(weights);
        return Verifier.Judge(weights, new(Encoder), seed);
    }

    static void Scale(StateDict weights, float factor)
    {
        foreach (TensorBuffer tensor in weights.Values.Where(tensor => tensor.Shape.Count == 2))
        {
            foreach (ref float x in tensor.AsSpan<float>()) { x *= factor; }
        }
    }

    [Fact]
    public void The_first_layer_has_the_law_and_the_others_repeat_it()
    {
        Verdict right = Judge(_ => { });
        Assert.Equal(Judgement.SameDistribution, right.Judgement);
        Assert.Contains("layers.0.self_attn.in_proj_weight", right.Explanation, StringComparison.Ordinal);
        LawRegion[] regions = [.. new DistributionCase(Encoder).Regions];
        Assert.Equal("layers.0.linear1.weight", Array.Find(regions, region => region.Tensor == "layers.1.linear1.weight")!.CopyOf);
        Assert.Null(Array.Find(regions, region => region.Tensor == "layers.0.linear1.weight")!.CopyOf);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(42UL)]
    public void Wrong_layers_are_accused(ulong? seed)
    {
        Assert.Equal(Cause.Zeros, Judge(weights => Scale(weights, 0), seed).Cause);
        Assert.Contains("twice as wide", Judge(weights => Scale(weights, 2), seed).Explanation, StringComparison.Ordinal);
        Verdict broken = Judge(weights => weights["layers.1.linear1.weight"].AsSpan<float>()[7] = float.NaN, seed);
        Assert.Equal((Cause.NotFinite, "1 of 8,192 values of layers.1.linear1.weight is NaN or infinite"),
            (broken.Cause, broken.Explanation));
        Verdict differ = Judge(weights => InitPlan.Of("Linear(64, 128)").Materialize(7)["weight"].AsSpan<float>()
            .CopyTo(weights["layers.1.linear1.weight"].AsSpan<float>()), seed);
        Assert.Contains("layers.1.linear1.weight is not a copy of layers.0.linear1.weight", differ.Explanation, StringComparison.Ordinal);
    }
}
