using TorchInit.Parity;
using TorchInit.Tests.Plans;

namespace TorchInit.Tests.Draws;

/// <summary>Tensor expressions: how they are read, and what their plans can do.</summary>
public class TensorExpressionTests
{
    static IEnumerable<string> Expressions => DrawTable.Groups.Where(row => row.Name is not ("Refusals" or "One stream")).SelectMany(row
        => row.Expressions);

    [Theory]
    [InlineData("torch.randn(5) * 0.02", "mul(randn(5), 0.02)")]
    [InlineData("0.02 * randn(5)", "mul(randn(5), 0.02)")]
    [InlineData("1 - rand(3)", "rsub(rand(3), 1)")]
    [InlineData("1 / rand(3)", "mul(reciprocal(rand(3)), 1)")]
    [InlineData("randn(2) + rand(2) * 3 - 1", "sub(add(randn(2), mul(rand(2), 3)), 1)")]
    [InlineData("(randn(2) + rand(2)) * 3", "mul(add(randn(2), rand(2)), 3)")]
    [InlineData("-randn(2) ** 2", "neg(pow(randn(2), 2))")]
    [InlineData("randn(2, 3).t().abs()", "abs(t(randn(2, 3)))")]
    [InlineData("randn(2, 3).T", "t(randn(2, 3))")]
    [InlineData("torch.empty(5, dtype=torch.float64).exponential_(1.5)", "exponential_(empty(5, dtype=torch.float64), 1.5)")]
    [InlineData("nn.Dropout(0.5)(torch.ones(6, 6))", "dropout(ones(6, 6), 0.5)")]
    [InlineData("nn.Parameter(torch.randn(4) / math.sqrt(4))", "Parameter(div(randn(4), 2.0))")]
    public void Operators_and_methods_are_calls(string text, string call)
    {
        TorchCall read = TorchExpression.Parse(text);
        Assert.Equal(call, read.ToString());
        Assert.Equal(read, TorchExpression.Parse(read.ToString()));
    }

    [Theory, InlineData("1 * 2"), InlineData("Linear(3, 4) * 2"), InlineData("rand(3) *"), InlineData("rand(3).exponential_"),
        InlineData("rand(3)."), InlineData("* rand(3)")]
    public void Anything_else_is_refused(string text) => Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse(text));

    [Theory, InlineData("rand(3) + rand(4)"), InlineData("randint(5, (3,)) ** -2"),
        InlineData("randint(5, (3,)) - zeros(3, dtype=torch.bool)"),
        InlineData("rand(3, device='cuda:h100')"),
        InlineData("rand(3) * 'a'"), InlineData("exponential_(Linear(3, 4))"), InlineData("multinomial([1, 2], 1)"),
            InlineData("randint((3,))"),
        InlineData("rand(2, 3).view(4)"), InlineData("rand(2.5)"), InlineData("random_split(range(5), [1, 2])")]
    public void What_no_plan_can_do_is_refused(string text) => Assert.ThrowsAny<ArgumentException>(() => InitPlan.Of(text));

    [Fact]
    public void Every_plan_reads_back_from_JSON_and_draws_the_same()
    {
        foreach (string expression in Expressions)
        {
            InitPlan plan = InitPlan.Of(expression);
            InitPlan read = PlanJson.Read(PlanJson.Write(plan));
            Assert.Equal(plan.ToString(), read.ToString());
            foreach (((string _, TensorBuffer expected), (string name,
                TensorBuffer actual)) in plan.Materialize(5).Zip(read.Materialize(5)))
            {
                Assert.True(expected.Bytes(0, expected.Count).SequenceEqual(actual.Bytes(0, actual.Count)), $"{expression} {name}");
            }
        }
    }

    [Fact]
    public void Slices_are_parts_of_the_whole()
    {
        foreach (string expression in Expressions)
        {
            InitPlan plan = InitPlan.Of(expression);
            SliceTests.Compare(plan, new(9L, plan.Profile), DType.Float32, new(1));
        }
    }

    [Fact]
    public void Arithmetic_is_cut_where_a_fill_is()
    {
        InitPlan plan = InitPlan.Of("torch.randn(4000000, 1000) * 1.6666666666666667 / math.sqrt(30)");
        float[] expected = new float[64];
        InitPlan.Of("torch.randn(4000000, 1000)").MaterializeSlice("", 3_999_999_936, 64, 8).AsSpan<float>().CopyTo(expected);
        foreach (ref float x in expected.AsSpan()) { x = x * (float)(5 / 3.0) / (float)Math.Sqrt(30); }
        AssertBits.Equal(expected, plan.MaterializeSlice("", 3_999_999_936, 64, 8).AsSpan<float>());
    }

    [Theory, InlineData("torch.rand(700000)"), InlineData("randn(600000) * 0.5 + 1"), InlineData("empty(500000).exponential_(2)"),
        InlineData("empty(500000).log_normal_()"), InlineData("randint(0, 100, (900000,), dtype=torch.uint8)"),
            InlineData("F.dropout(rand(400000), 0.1)"),
        InlineData("empty(400000, dtype=torch.bool).bernoulli_(0.25)")]
    public void Threads_change_nothing(string expression)
    {
        InitPlan plan = InitPlan.Of(expression);
        Generator one = new(5L, plan.Profile), many = new(5L, plan.Profile);
        TensorBuffer expected = plan.Materialize(one, maxDegreeOfParallelism: 1)[""], actual = plan.Materialize(many,
            maxDegreeOfParallelism: 7)[""];
        Assert.True(expected.Bytes(0, expected.Count).SequenceEqual(actual.Bytes(0, actual.Count)));
        Assert.Equal(one.GetState(), many.GetState());
    }

    [Theory, InlineData("rand(3, 2)", 6L), InlineData("randn(5)", 12L), InlineData("empty(5).exponential_()", 10L),
        InlineData("randint(0, 9, (5,))", 5L), InlineData("empty(5).log_normal_()", 12L), InlineData("list(RandomSampler(range(9)))", 2L),
        InlineData("randn(20) * 0.02", 36L), InlineData("F.dropout(ones(9))", 18L)]
    public void Words_are_counted_before_they_are_drawn(string expression, long words) => Assert.Equal(words,
        InitPlan.Of(expression).Words());

    [Theory, InlineData("torch.randn(200, 30) * 1.6666666666666667 / math.sqrt(30)", "N(0, 0.3043²)"),
        InlineData("randn(500) * 0.02 + 1", "N(1, 0.02²)"),
        InlineData("1 - rand(99) * 2", "U(-1, 1)"), InlineData("-rand(99)", "U(-1, 0)"), InlineData("randn(99).exp()", null),
        InlineData("(randn(99) + 1) / -4", "N(-0.25, 0.25²)")]
    public void Arithmetic_with_numbers_has_a_law(string expression, string? law)
        => Assert.Equal(law, PlanLaws.Of(InitPlan.Of(expression)) is [{ Law: { } found }] ? found.ToString() : null);

    [Fact]
    public void A_random_normal_times_a_number_is_no_normal_of_that_deviation()
    {
        float scaled = InitPlan.Of("randn(5) * 0.02").Materialize(0)[""].AsSpan<float>()[0];
        float drawn = InitPlan.Of("empty(5).normal_(0, 0.02)").Materialize(0)[""].AsSpan<float>()[0];
        Assert.Equal((0x3cfc7a0fu, 0x3cfc7a10u), (BitConverter.SingleToUInt32Bits(scaled), BitConverter.SingleToUInt32Bits(drawn)));
    }

    [Fact]
    public void Several_tensors_have_their_numbers()
    {
        Assert.Equal(["0", "1"], InitPlan.Of("ParameterList([torch.randn(3), torch.rand(2, 2)])").Materialize(0).Keys);
        Assert.Equal(["0", "1", "2"], InitPlan.Of("random_split(range(10), [3, 3, 4])").Materialize(0).Keys);
    }

    [Fact]
    public void The_default_dtype_is_of_what_names_none()
    {
        InitPlan plan = InitPlan.Of("rand(3) * 2");
        Assert.Equal(DType.Float64, plan.Materialize(0, DType.Float64)[""].DType);
        Assert.Equal(DType.Float16, InitPlan.Of("rand(3, dtype=torch.float16) * 2").Materialize(0, DType.Float64)[""].DType);
        Assert.Equal(DType.Int64, InitPlan.Of("randint(9, (2,))").Materialize(0, DType.Float64)[""].DType);
    }
}
