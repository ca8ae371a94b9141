using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>orthogonal_ of whole matrices and of each gate of a recurrent layer is recognised.</summary>
public class OrthogonalBlocksTests
{
    const ulong Unknown = 987_654_321;

    static StateDict Gated(string expression, ulong seed, int gates, DType dtype = DType.Float32, double gain = 1)
    {
        StateDict weights = InitPlan.Of(expression).Materialize(new Generator(seed), dtype);
        TensorBuffer hidden = weights["weight_hh_l0"];
        int size = (int)hidden.Shape[1];
        double[] values = [.. Enumerable.Range(0, gates).SelectMany(gate => Elements64.Of(InitPlan
            .Of($"init.orthogonal_(({size}, {size}), {gain})").Materialize((ulong)gate + 77).Values.Single()))];
        StateDict changed = new();
        foreach ((string name, TensorBuffer tensor) in weights)
        {
            changed.Add(name, name != "weight_hh_l0" ? tensor
                : BitHypotheses.Cast(new() { { "", TensorBuffer.Of(values, [.. hidden.Shape]) } }, dtype)[""]);
        }
        return changed;
    }

    [Theory]
    [InlineData("LSTM(20, 64)", 4, 256)]
    [InlineData("GRU(20, 64)", 3, 192)]
    [InlineData("LSTM(20, 300)", 4, 1200)]
    public void Gates_are_named(string expression, int gates, int rows)
    {
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float16, DType.BFloat16])
        {
            foreach (ulong? seed in (ulong?[])[null, Unknown])
            {
                Verdict verdict = Verifier.Judge(Gated(expression, Unknown, gates, dtype), new(expression, dtype), seed);
                Assert.Equal((Judgement.Deviates, Cause.OtherInitialiser), (verdict.Judgement, verdict.Cause));
                Assert.Contains($"orthogonal_ gate by gate: each of its {gates} blocks of {rows / gates} rows is orthogonal",
                    verdict.Explanation, StringComparison.Ordinal);
            }
        }
        PlanLocation located = PlanLocator.Of(Gated(expression, Unknown, gates), new(expression), Unknown);
        Assert.Equal((Cause.OtherInitialiser, "weight_hh_l0"), (located.Cause, located.First.Tensor));
        Assert.Contains("gate by gate", located.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gain_is_named()
        => Assert.Contains("orthogonal_(gain=1.5) gate by gate: each of its 4 blocks",
            Verifier.Judge(Gated("LSTM(20, 64)", Unknown, 4, gain: 1.5), new("LSTM(20, 64)")).Explanation, StringComparison.Ordinal);

    [Theory]
    [InlineData(64, 64, "orthogonal_: its rows are orthonormal")]
    [InlineData(32, 64, "orthogonal_: its rows are orthonormal")]
    [InlineData(256, 64, "orthogonal_: its columns are orthonormal")]
    public void A_whole_matrix_is_no_gates(int rows, int columns, string said)
        => Assert.Equal(said, OrthogonalBlocks.Of(InitPlan.Of($"init.orthogonal_(({rows}, {columns}))").Materialize(5).Values.Single()));

    [Theory]
    [InlineData("init.normal_((64, 64))")]
    [InlineData("init.uniform_((2, 3))")]
    [InlineData("init.normal_((2, 2))")]
    [InlineData("init.xavier_uniform_((256, 64))")]
    public void Other_draws_are_not_orthogonal(string expression)
        => Assert.Null(OrthogonalBlocks.Of(InitPlan.Of(expression).Materialize(5).Values.Single()));

    /// <summary>Where the recipe itself is the plan, its gates must be orthogonal.</summary>
    [Fact]
    public void A_plan_with_gates_judges_each()
    {
        InitPlan lstm = InitPlan.Of("LSTM(20, 64)");
        DistributionCase item = new(new InitPlan("LSTM", lstm.Profile, lstm.Tensors, [.. lstm.Steps, .. Enumerable.Range(0, 4)
            .Select(gate => new OrthogonalStep(new("weight_hh_l0", gate * 64 * 64, [64, 64]), 1))]));
        StateDict weights = item.Plan.Materialize(new Generator(Unknown));
        Assert.NotEqual(Judgement.Deviates, Verifier.Judge(weights, item).Judgement);
        weights["weight_hh_l0"].AsSpan<float>()[3 * 64 * 64 + 5] += 0.01f;
        Verdict verdict = Verifier.Judge(weights, item);
        Assert.Equal(Judgement.Deviates, verdict.Judgement);
        Assert.Contains("is not orthogonal: ", verdict.Explanation, StringComparison.Ordinal);
        Assert.Contains("(elements 12288 to 16383)", verdict.Explanation, StringComparison.Ordinal);
    }
}
