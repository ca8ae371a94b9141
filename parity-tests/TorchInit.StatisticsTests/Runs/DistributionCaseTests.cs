using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

public class DistributionCaseTests
{
    [Fact]
    public void A_case_has_the_plan_of_its_expression()
    {
        DistributionCase item = new("Linear(4, 3)", DType.BFloat16, TorchProfile.For("2.11"));
        Assert.Equal(("Linear(4, 3)", DType.BFloat16, "Linear(4, 3) bfloat16"), (item.Expression, item.DType, item.ToString()));
        Assert.Equal(TorchProfile.For("2.11"), item.Plan.Profile);
        Assert.All(item.Regions, region => Assert.IsType<GridLaw>(region.Law));
    }

    [Fact]
    public void A_plan_is_its_own_case()
    {
        InitPlan plan = InitPlan.Of("Linear(4, 3)");
        DistributionCase item = new(plan, DType.Float16);
        Assert.Equal(("Linear(4, 3)", DType.Float16), (item.Expression, item.DType));
        Assert.Same(plan, item.Plan);
        Assert.All(item.Regions, region => Assert.IsType<GridLaw>(region.Law));
        Assert.Equal("plan", Assert.Throws<ArgumentNullException>(() => new DistributionCase(null!, DType.Float32)).ParamName);
    }

    // 15 detectors a region, one a pair, one for structure.
    [Theory]
    [InlineData("Linear(4, 3)", "weight-bias", 2 * 15 + 1 + 1)]
    [InlineData("Bilinear(2, 3, 4)", "weight-bias", 2 * 15 + 1 + 1)]
    [InlineData("GRU(4, 2)",
        "weight_ih_l0-weight_hh_l0 weight_hh_l0-bias_ih_l0 weight_ih_l0-bias_ih_l0 bias_ih_l0-bias_hh_l0 weight_ih_l0-bias_hh_l0", 4 * 15
        + 5 + 1)]
    [InlineData("LayerNorm(4)", "", 2 * 15 + 1)]
    [InlineData("init.orthogonal_((4, 4))", "", 15 + 1)]
    [InlineData("Embedding(4, 3, padding_idx=0)", "", 2 * 15 + 1)]
    public void Neighbours_are_pairs_and_the_first_with_each(string expression, string pairs, long tests)
    {
        DistributionCase item = new(expression);
        Assert.Equal(pairs, string.Join(' ', item.Pairs.Select(pair => $"{pair.Left.Tensor}-{pair.Right.Tensor}")));
        Assert.Equal(tests, item.Tests);
    }

    [Fact]
    public void Copies_and_tensors_without_a_law_have_no_partner()
    {
        DistributionCase copies = new("TransformerEncoder(TransformerEncoderLayer(4, 2, 4), 2)");
        Assert.Contains(copies.Regions, region => region.CopyOf is not null);
        Assert.DoesNotContain(copies.Pairs, pair => pair.Left.CopyOf is not null || pair.Right.CopyOf is not null);
        Assert.DoesNotContain(new DistributionCase("utils.weight_norm(Linear(4, 3))").Pairs, pair => pair.Left.Law is null
            || pair.Right.Law is null);
    }

    [Fact]
    public void The_table_has_every_dtype_that_torch_draws()
    {
        IReadOnlyList<string> expressions = DistributionTable.Expressions;
        Assert.Equal(56, expressions.Distinct().Count());
        Assert.All(expressions, expression => Assert.NotEmpty(InitPlan.Of(expression).Tensors));
        IReadOnlyList<DistributionCase> cases = DistributionTable.Cases(TorchProfile.Default);
        // Torch has no QR in 16 bits: two expressions lack two dtypes. Three draw whole numbers, whatever the floating type.
        Assert.Equal(56 * 4 - 2 * 2 - 3 * 3, cases.Count);
        Assert.Equal(["float32", "float64"], cases.Where(item => item.Expression == "init.orthogonal_((8, 12))")
            .Select(item => item.DType.TorchName()));
        Assert.Equal(["init.orthogonal_((8, 12))", "init.orthogonal_((12, 5), gain=sqrt(2))", "randint(0, 100, (4096,))", "randperm(200)",
            "list(RandomSampler(range(50), num_samples=20))"],
            expressions.Where(expression => cases.Count(item => item.Expression == expression) != 4));
        Assert.All(cases, item => Assert.Equal(TorchProfile.Default, item.Plan.Profile));
    }
}
