using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Every element is looked at, in tensors of any size, and what is wrong is said with its place.</summary>
public class LawJudgeTests
{
    // A seed that is not tried.
    const ulong Unknown = 987_654_321;

    static Verdict Judge(string expression, Action<StateDict> change, DType dtype = DType.Float32)
    {
        DistributionCase item = new(expression, dtype);
        StateDict weights = item.Plan.Materialize(new Generator(Unknown, item.Plan.Profile), dtype);
        change(weights);
        return Verifier.Judge(weights, item);
    }

    static void Set<T>(StateDict weights, string name, Range elements, T value)
        where T : unmanaged
        => weights[name].AsSpan<T>()[elements].Fill(value);

    static (Judgement, Cause, string, FirstDifference) Parts(Verdict verdict)
        => (verdict.Judgement, verdict.Cause, verdict.Explanation, verdict.First);

    [Theory]
    [InlineData(float.NaN, 1, "1 of 2,048 values of weight is NaN or infinite")]
    [InlineData(float.PositiveInfinity, 2, "2 of 2,048 values of weight are NaN or infinite")]
    [InlineData(float.NegativeInfinity, 3, "3 of 2,048 values of weight are NaN or infinite")]
    public void What_is_no_number_is_counted(float value, int count, string said)
    {
        Verdict verdict = Judge("Linear(64, 32)", weights => Set(weights, "weight", 100..(100 + count), value));
        Assert.Equal((Judgement.Deviates, Cause.NotFinite, said, new FirstDifference("weight", 100)), Parts(verdict));
        verdict = Judge("Linear(64, 32)", weights => Set(weights, "bias", 3..4, value));
        Assert.Equal((Cause.NotFinite, "1 of 32 values of bias is NaN or infinite", 3),
            (verdict.Cause, verdict.Explanation, verdict.First.Element));
    }

    [Fact]
    public void An_infinity_that_torch_writes_is_right()
    {
        ElementScan scan = ElementScan.Of(new("weight", new ConstantLaw(double.PositiveInfinity), "fill_(weight, inf)"),
            TensorBuffer.Of([float.PositiveInfinity, float.PositiveInfinity, float.NaN], [3]));
        Assert.Equal((1, 2, 2), (scan.NotFinite, scan.FirstNotFinite, scan.FirstImpossible));
    }

    [Theory]
    [InlineData(48, 64, "weight: row 3 is 0, where torch draws; all others follow N(0, 1²)")]
    [InlineData(0, 32, "weight: rows 0 to 1 are 0, where torch draws; all others follow N(0, 1²)")]
    [InlineData(1_000, 1_600, "weight: elements 1000 to 1599 are 0, where torch draws; all others follow N(0, 1²)")]
    public void Rows_that_nobody_drew_are_named(int from, int to, string said)
    {
        Verdict verdict = Judge("Embedding(100, 16)", weights => Set(weights, "weight", from..to, 0f));
        Assert.Equal((Judgement.Deviates, Cause.Zeros, said, new FirstDifference("weight", from)), Parts(verdict));
        Assert.Equal(Cause.Constant, Judge("Embedding(100, 16)", weights => Set(weights, "weight", from..to, 0.5f)).Cause);
    }

    [Fact]
    public void Rows_behind_a_padding_row_keep_their_numbers()
        => Assert.Equal("weight: row 3 is 0, row 5 is 0, where torch draws; all others follow N(0, 1²)",
            Judge("Embedding(100, 16, padding_idx=1)", weights =>
            {
                Set(weights, "weight", 48..64, 0f);
                Set(weights, "weight", 80..96, 0f);
            }).Explanation);

    [Fact]
    public void Rows_of_zeros_explain_nothing_where_the_others_are_wrong_too()
    {
        Verdict verdict = Judge("Embedding(100, 16)", weights =>
        {
            foreach (ref float x in weights["weight"].AsSpan<float>()) { x *= 2; }
            Set(weights, "weight", 48..64, 0f);
        });
        Assert.Equal(Cause.Unknown, verdict.Cause);
        Assert.StartsWith("weight is not N(0, 1²): no known cause fits", verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_bits_have_runs_by_chance_only_where_they_are_expected()
    {
        Assert.Equal(Cause.Zeros, Judge("Embedding(100, 16)", weights => Set(weights, "weight", 48..64, (Half)0), DType.Float16).Cause);
        // Nine zeros in ten: runs of 16 are the rule.
        Assert.Equal(Judgement.SameDistribution, Judge("init.sparse_((200, 100), 0.9)", _ => { }).Judgement);
    }

    [Theory]
    [InlineData(0, "is not U(-0.3, 0.3): ")]
    [InlineData(1 << 20, "beyond its first 1,048,576 elements is not U(-0.3, 0.3): ")]
    public void All_of_a_large_tensor_is_judged(int from, string said)
    {
        Verdict verdict = Judge("init.uniform_((1536, 2048), -0.3, 0.3)", weights =>
        {
            foreach (ref float x in weights.Values.Single().AsSpan<float>()[from..]) { x *= 0.97f; }
        });
        Assert.Equal((Judgement.Deviates, Cause.Unknown), (verdict.Judgement, verdict.Cause));
        Assert.Contains(said, verdict.Explanation, StringComparison.Ordinal);
        Assert.Equal(Judgement.SameDistribution, Judge("init.uniform_((1536, 2048), -0.3, 0.3)", _ => { }).Judgement);
    }

    [Fact]
    public void One_element_of_a_large_tensor_is_found()
    {
        // Far from all stretches that are sampled.
        Verdict verdict = Judge("init.uniform_((1536, 2048), -0.3, 0.3)", weights => Set(weights, "", 1_100_000..1_100_001, 0.31f));
        Assert.Equal((Judgement.Deviates, Cause.Unknown, "tensor[1100000] is 0.310000002, which U(-0.3, 0.3) cannot give",
            new FirstDifference("", 1_100_000)), Parts(verdict));
        Assert.Equal(Cause.Zeros,
            Judge("init.uniform_((1536, 2048), -0.3, 0.3)", weights => Set(weights, "", 1_100_000..1_100_016, 0f)).Cause);
    }

    [Fact]
    public void Integers_are_no_weights()
    {
        StateDict weights = new() { { "weight", InitPlan.Of("Linear(64, 32)").Materialize(0)["weight"] },
            { "bias", TensorBuffer.Of(new long[32], [32]) } };
        Verdict verdict = Verifier.Judge(weights, new("Linear(64, 32)"));
        Assert.Equal((Judgement.Deviates, Cause.DType, "bias is int64; torch has float32", new FirstDifference("bias")), Parts(verdict));
    }
}
