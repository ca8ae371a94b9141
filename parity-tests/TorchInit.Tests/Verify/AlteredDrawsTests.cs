using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Draws that were altered after they were made: what was done to them is named, with the seed and without it.</summary>
public class AlteredDrawsTests
{
    const string Expression = "Linear(64, 128)";

    // A seed that is not tried.
    const ulong Unknown = 987_654_321;

    /// <summary>Seed 7 is tried in any case, the other only if it is named.</summary>
    public static TheoryData<ulong, bool> Seeds => new() { { 7, true }, { 7, false }, { Unknown, true }, { Unknown, false } };

    static readonly DType[] s_dtypes = [DType.Float32, DType.Float64, DType.BFloat16, DType.Float16];

    internal static StateDict Altered(string expression, ulong seed, DType dtype, Func<string, int, double, double> change)
    {
        StateDict weights = new();
        foreach ((string name, TensorBuffer tensor) in InitPlan.Of(expression).Materialize(new Generator(seed), dtype))
        {
            double[] values = [.. Elements64.Of(tensor).Select((value, at) => change(name, at, value))];
            TensorBuffer changed = TensorBuffer.Of(values, [.. tensor.Shape]);
            weights.Add(name, BitHypotheses.Cast(new() { { "", changed } }, dtype)[""]);
        }
        return weights;
    }

    static void Named(Cause cause, string expression, ulong seed, bool isNamed, string[] said, Func<string, int, double, double> change,
        params DType[] dtypes)
    {
        foreach (DType dtype in dtypes.Length == 0 ? s_dtypes : dtypes)
        {
            Verdict verdict = Verifier.Judge(Altered(expression, seed, dtype, change), new(expression, dtype), isNamed ? seed : null);
            Assert.True((Judgement.Deviates, cause) == (verdict.Judgement, verdict.Cause),
                $"{dtype}: {verdict.Cause}: {verdict.Explanation}");
            Assert.Contains(said, words => verdict.Explanation.Contains(words, StringComparison.Ordinal));
        }
    }

    static double Factor(int row) => 0.5 + row % 13 * 0.1;

    [Theory, MemberData(nameof(Seeds))]
    public void Rows_with_factors_of_their_own(ulong seed, bool isNamed) => Named(Cause.RowScale, Expression, seed, isNamed,
        ["weight: each row is torch's, times a factor of its own: 0.5 to 1.7",
            "each row follows U(-0.125, 0.125) times a factor of its own, "],
        (name, at, value) => name == "weight" ? value * Factor(at / 64) : value);

    [Theory, MemberData(nameof(Seeds))]
    public void Columns_with_factors_of_their_own(ulong seed, bool isNamed) => Named(Cause.RowScale, Expression, seed, isNamed,
        ["weight: each column is torch's, times a factor of its own: ", "each column follows U(-0.125, 0.125) times a factor of its own, "],
        (name, at, value) => name == "weight" ? value * Factor(at % 64) : value);

    [Fact]
    public void Channels_of_a_convolution_and_normals() => Named(Cause.RowScale, "init.kaiming_normal_((64, 16, 3, 3))", Unknown, false,
        ["each slice along axis 0 follows N(0, "], (_, at, value) => value * Factor(at / 144));

    [Fact]
    public void Normalised_rows_have_one_norm()
    {
        StateDict weights = InitPlan.Of(Expression).Materialize(7);
        Span<float> elements = weights["weight"].AsSpan<float>();
        for (int row = 0; row < 128; row++)
        {
            Span<float> own = elements.Slice(row * 64, 64);
            float norm = MathF.Sqrt(own.ToArray().Sum(value => value * value));
            foreach (ref float value in own) { value /= norm; }
        }
        Verdict verdict = Verifier.Judge(weights, new(Expression), 7);
        Assert.Equal(Cause.RowScale, verdict.Cause);
        Assert.EndsWith("; every row has norm 1", verdict.Explanation, StringComparison.Ordinal);
        PlanLocation located = PlanLocator.Of(weights, new(Expression), 7);
        Assert.Equal((Cause.RowScale, "weight"), (located.Cause, located.First.Tensor));
    }

    /// <summary>Weight standardisation takes the mean from each row and divides it by its deviation.</summary>
    [Fact]
    public void Rows_with_factors_and_terms() => Named(Cause.RowScale, Expression, Unknown, true,
        ["scaled and shifted by numbers of its own"],
        (name, at, value) => name == "weight" ? value * Factor(at / 64) + at / 64 % 5 * 0.05 : value, DType.Float32, DType.Float64);

    [Theory, MemberData(nameof(Seeds))]
    public void Values_shifted_by_a_number(ulong seed, bool isNamed)
    {
        Named(Cause.Shifted, Expression, seed, isNamed,
            ["weight: its values are torch's, all shifted by ", "U(-0.125, 0.125), shifted by 0.0"], (_, _, value) => value + 0.02);
        Named(Cause.Shifted, "init.normal_((64, 64))", seed, isNamed, ["its values are torch's, all shifted by ", "N(0, 1²), shifted by "],
            (_, _, value) => value + 0.25);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Zeros_at_random(ulong seed, bool isNamed) => Named(Cause.Pruned, Expression, seed, isNamed,
        ["others have torch's bits", "as pruning at random leaves them; all others follow "],
        (name, at, value) => name == "weight" && (at * 2_654_435_761L >> 7) % 100 < 40 ? value * 0 : value);

    [Theory, MemberData(nameof(Seeds))]
    public void The_smallest_are_zero(ulong seed, bool isNamed) => Named(Cause.Pruned, Expression, seed, isNamed,
        ["the smallest ones, as pruning by magnitude leaves them; all of the",
            "as pruning by magnitude leaves them: no other is nearer to 0 than "],
        (name, _, value) => name == "weight" && Math.Abs(value) < 0.1 ? 0 : value);

    [Fact]
    public void The_share_and_the_right_ones_are_counted()
    {
        StateDict weights = Altered(Expression, 7, DType.Float32, (name, at, value)
            => name == "bias" ? value : at % 2 == 0 ? 0 : at < 20 ? value + 0.001 : value);
        Verdict verdict = Verifier.Judge(weights, new(Expression), 7);
        Assert.Equal("weight: 4,096 of 8,192 values (50.0 %) are 0, as pruning leaves them; 4,086 of the 4,096 others have torch's bits",
            verdict.Explanation);
        PlanLocation located = PlanLocator.Of(weights, new(Expression), 7);
        Assert.Equal((Cause.Pruned, "weight"), (located.Cause, located.First.Tensor));
    }

    /// <summary>Fewer zeros than a detector needs: exact zeros hardly ever come by chance.</summary>
    [Fact]
    public void Some_zeros_in_many_values_are_too_many()
    {
        Verdict verdict = Verifier.Judge(Altered("init.uniform_((1000, 1000))", Unknown, DType.Float32, (_, at, value)
            => at % 20_000 == 77 ? 0 : value), new("init.uniform_((1000, 1000))"));
        Assert.Equal((Judgement.Deviates, Cause.Pruned), (verdict.Judgement, verdict.Cause));
        Assert.StartsWith("tensor: 50 of 1,000,000 values (0.0 %) are 0", verdict.Explanation, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Quantised_per_channel(ulong seed, bool isNamed)
    {
        double[] largest = new double[128];
        foreach ((int at, double value) in Elements64.Of(InitPlan.Of(Expression).Materialize(seed)["weight"]).Index())
        {
            largest[at / 64] = Math.Max(largest[at / 64], Math.Abs(value));
        }
        foreach (int levels in (int[])[127, 7])
        {
            Named(Cause.Rounded, Expression, seed, isNamed, ["multiples of a step for each row, "], (name, at, value) => name != "weight"
                ? value : Math.Round(value / (largest[at / 64] / levels)) * (largest[at / 64] / levels), DType.Float32);
        }
    }

    /// <summary>One factor for all rows, and a trained tensor, are named as before.</summary>
    [Fact]
    public void What_is_no_matter_of_rows_is_not_called_so()
    {
        foreach (DType dtype in s_dtypes)
        {
            StateDict scaled = Altered(Expression, Unknown, dtype, (_, _, value) => value * 1.7);
            Assert.NotEqual(Cause.RowScale, Verifier.Judge(scaled, new(Expression, dtype)).Cause);
            Assert.Equal(Cause.Gain, Verifier.Judge(scaled, new(Expression, dtype), Unknown).Cause);
            StateDict trained = Altered(Expression, Unknown, dtype, (_, at, value) => value + 0.02 * Math.Sin(1e6 * at * value));
            Assert.Equal(Cause.Trained, Verifier.Judge(trained, new(Expression, dtype), Unknown).Cause);
        }
    }

    /// <summary>A uniform of 24 bits that is 0, or ½, makes a weight 0 once in 2²⁴: in 16 bits, too.</summary>
    [Theory]
    [InlineData("init.normal_((200, 64))")]
    [InlineData("init.uniform_((200, 64), -0.3, 0.3)")]
    [InlineData("init.trunc_normal_((200, 64), std=0.02)")]
    [InlineData("init.sparse_((200, 64), 0.5)")]
    public void A_single_zero_is_possible_in_every_dtype(string expression)
    {
        foreach (DType dtype in s_dtypes)
        {
            int left = 1;
            StateDict weights = Altered(expression, Unknown, dtype, (_, at, value) => at > 70 && value != 0 && left-- > 0 ? 0 : value);
            Verdict verdict = Verifier.Judge(weights, new(expression, dtype));
            Assert.True(verdict.Judgement == Judgement.SameDistribution, $"{dtype}: {verdict.Explanation}");
        }
    }

    [Fact]
    public void A_row_of_zeros_is_still_a_row()
        => Assert.Equal(Cause.Zeros, Verifier.Judge(Altered("Embedding(100, 16)", 7, DType.Float32, (_, at, value)
            => at is >= 48 and < 64 ? 0 : value), new("Embedding(100, 16)"), 7).Cause);
}
