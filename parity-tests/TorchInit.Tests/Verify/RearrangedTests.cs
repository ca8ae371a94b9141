using TorchInit.Parity;

namespace TorchInit.Tests.Verify;

/// <summary>Torch's values in another order are named as that, never as trained or as words of the generator.</summary>
public class RearrangedTests
{
    /// <summary>A tensor's elements by their new indices.</summary>
    static StateDict Moved(string expression, Func<string, bool> which, Func<TensorBuffer, int, int> from)
    {
        StateDict moved = new();
        foreach ((string name, TensorBuffer tensor) in InitPlan.Of(expression).Materialize(42))
        {
            float[] right = tensor.AsSpan<float>().ToArray();
            moved.Add(name, which(name)
                ? TensorBuffer.Of([.. Enumerable.Range(0, right.Length).Select(at => right[from(tensor, at)])], [.. tensor.Shape])
                : tensor);
        }
        return moved;
    }

    static int Blocks(TensorBuffer tensor, int at, int[] order)
    {
        int block = tensor.Count / order.Length;
        return (order[at / block] * block) + (at % block);
    }

    public static TheoryData<string, string, string> Ways => new()
    {
        { "halves", "Linear(32, 32)", "the same values in another order: blocks of 16 rows in the order 1, 0" },
        { "rolled", "Linear(64, 64)", "the same values in another order: rolled by 1 along axis 0" },
        { "flat", "Linear(64, 64)", "the same values in another order: rolled by 1" },
        { "columns", "Linear(64, 32)", "the same values in another order: column by column" },
        { "transposed", "Linear(64, 64)", "it is transposed" },
        { "flipped", "Conv2d(16, 16, 3)", "the same values in another order: flipped along axes 2, 3" },
        { "swapped", "Conv2d(16, 16, 3)", "the same values in another order: axes in the order 1, 0, 2, 3" },
        { "shuffled", "Linear(61, 32)", "the same values in another order" },
    };

    static StateDict Plant(string way, string expression) => Moved(expression, name => name == "weight", (tensor, at) => way switch
    {
        "halves" => Blocks(tensor, at, [1, 0]),
        "rolled" => (at + tensor.Count - 64) % tensor.Count,
        "flat" => (at + tensor.Count - 1) % tensor.Count,
        "columns" or "transposed" => (at % (int)tensor.Shape[0] * (int)tensor.Shape[1]) + (at / (int)tensor.Shape[0]),
        "flipped" => (at / 9 * 9) + 8 - (at % 9),
        "swapped" => (at / 9 % 16 * 144) + (at / 144 * 9) + (at % 9),
        _ => (int)((at * 1009L) % tensor.Count),
    });

    [Theory, MemberData(nameof(Ways))]
    public void Another_order_is_named(string way, string expression, string said)
    {
        StateDict weights = Plant(way, expression);
        Verdict verdict = Verifier.Judge(weights, new(expression), 42);
        Assert.Equal((Judgement.Deviates, way == "transposed" ? Cause.Transposed : Cause.Order, $"weight: {said}"),
            (verdict.Judgement, verdict.Cause, verdict.Explanation));
        Assert.Equal(said, PlanLocator.Of(weights, new(expression), 42).Said);
    }

    [Theory]
    [InlineData("LSTM(16, 32)", new[] { 0, 1, 3, 2 }, "blocks of 32 rows in the order 0, 1, 3, 2")]
    [InlineData("GRU(16, 32)", new[] { 1, 0, 2 }, "blocks of 32 rows in the order 1, 0, 2")]
    public void Gates_in_another_order_are_named(string expression, int[] order, string said)
    {
        StateDict weights = Moved(expression, _ => true, (tensor, at) => Blocks(tensor, at, order));
        Verdict verdict = Verifier.Judge(weights, new(expression), 42);
        Assert.Equal(Cause.Order, verdict.Cause);
        Assert.StartsWith($"weight_ih_l0, weight_hh_l0: the same values in another order: {said}", verdict.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_shift_is_named_only_where_all_bits_fit_it()
    {
        // The first rows are those of 500 words later; the others are not.
        Generator late = new(42);
        late.Advance(500);
        StateDict weights = InitPlan.Of("Linear(64, 32)").Materialize(987_654_321);
        InitPlan.Of("Linear(64, 32)").Materialize(late)["weight"].AsSpan<float>()[..256].CopyTo(weights["weight"].AsSpan<float>());
        foreach (string said in (string[])[PlanLocator.Of(weights, new("Linear(64, 32)"), 42).Said,
            Verifier.Judge(weights, new("Linear(64, 32)"), 42).Explanation])
        {
            Assert.DoesNotContain("taken that torch does not take", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_missing_padding_row_is_no_other_order()
    {
        const string Expression = "Embedding(100, 16, padding_idx=0)";
        StateDict weights = InitPlan.Of("Embedding(100, 16)").Materialize(42);
        Verdict verdict = Verifier.Judge(weights, new(Expression), 42);
        Assert.Equal(Cause.Changed, verdict.Cause);
        Assert.Contains("as if step 2, ", verdict.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("init.uniform_((512, 256), 0, 0.0625)", "U(0, 0.0625), not centred")]
    [InlineData("init.uniform_((512, 256), -0.153, 0.153)", "no known cause fits; U(±0.153) fits: 2.45 times as wide")]
    [InlineData("init.orthogonal_((512, 256))", "orthogonal_: its columns are orthonormal")]
    [InlineData("init.trunc_normal_((512, 256), std=0.100479, a=-0.200958, b=0.200958)", "Keras' he_normal: N(0, 0.1005²) cut at 2 σ")]
    [InlineData("init.normal_((512, 256), std=0.07)", "no known cause fits; N(0, 0.0")]
    public void What_fits_is_said_with_a_seed_and_without(string drawn, string said)
    {
        StateDict weights = new() { { "weight", InitPlan.Of(drawn).Materialize(987_654_321).Values.Single() },
            { "bias", InitPlan.Of("Linear(256, 512)").Materialize(987_654_321)["bias"] } };
        Assert.Contains(said, Verifier.Judge(weights, new("Linear(256, 512)")).Explanation, StringComparison.Ordinal);
        Assert.Contains(said, Verifier.Judge(weights, new("Linear(256, 512)"), 42).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_without_a_name_is_called_one()
    {
        StateDict weights = InitPlan.Of("init.orthogonal_((64, 64))").Materialize(987_654_321);
        weights.Values.Single().AsSpan<float>()[..64].Reverse();
        Assert.StartsWith("tensor is not orthogonal: ", Verifier.Judge(weights, new("init.orthogonal_((64, 64))")).Explanation,
            StringComparison.Ordinal);
    }
}
