using TorchInit.Parity;
using TorchInit.StatisticsTests.Mutants;

namespace TorchInit.StatisticsTests.Runs;

/// <summary>Draws beside weights before all detectors: right ones pass in every era, wrong ones do not.</summary>
public class DrawCasesTests
{
    static readonly AlphaBudget s_budget = new(1e-6, 1000, 1e-6);

    static readonly string[] s_expressions =
    [
        .. DistributionTable.Expressions.SkipWhile(expression => !expression.StartsWith("empty(", StringComparison.Ordinal)),
        "empty(64, 64).exponential_(0.001) * 0.5", "-empty(64, 64).cauchy_(0, 0.01) + 3", "empty(64, 64).geometric_(0.0005)",
        "empty(4096, dtype=torch.uint8).geometric_(0.02)", "empty(4096, dtype=torch.int16).geometric_(0.001)",
        "empty(4096, dtype=torch.int8).random_()", "empty(4096, dtype=torch.bool).random_()", "empty(64, 64).random_()",
        "empty(64, 64).random_(-2**40, 3 * 2**39)", "empty(4096, dtype=torch.int64).random_(-2**63, None)",
        "randint(0, 3 * 2**30, (4096,))", "randint(0, 1000, (4096,)).float() / 1000", "(rand(4096) > 0.3).float()",
        "(randn(4096) > 0.5).to(torch.int64)", "bernoulli(tensor([0.1, 0.5, 0.9]))", "bernoulli(full((64, 64), 0.01))",
        "multinomial(tensor([[1.0, 2.0], [3.0, 1.0]]), 64, replacement=True)", "multinomial(tensor([[1.0, 2.0, 3.0], [3.0, 1.0, 0.0]]), 2)",
        "multinomial(ones(300), 7)", "randperm(1000)", "randperm(7).float()", "list(RandomSampler(range(7), num_samples=20))",
        "list(RandomSampler(range(30), replacement=True))", "list(WeightedRandomSampler([0.1, 0.2, 0.7], 50))",
        "randn(64, 64).half().float()", "empty(64, 64).exponential_().to(torch.bfloat16)", "rand(64, 64).double()",
        "abs(randint(-9, 10, (4096,)).float())", "randint(0, 9, (4096,)) * 3 + 1",
    ];

    [Theory]
    [InlineData("1.13", DType.Float32, DType.BFloat16)]
    [InlineData("2.15", DType.Float32, DType.Float64, DType.Float16)]
    public void Right_draws_are_not_accused(string torch, params DType[] dtypes)
    {
        TorchProfile profile = TorchProfile.For(torch) with { Erf = ErfImplementation.Glibc };      // no MKL
        DistributionCase[] cases = [.. from expression in s_expressions
                                       from dtype in dtypes
                                       where DistributionTable.IsDrawn(expression, dtype, profile)
                                       select new DistributionCase(expression, dtype, profile)];
        Assert.True(cases.Length > 60, $"{cases.Length}");
        Assert.Equal(s_expressions, cases.Select(item => item.Expression).Distinct());
        Assert.Empty(cases.Where(item => !item.Regions.Any(region => region.Law is not null))
            .Select(item => $"{item} has no law"));
        Assert.Empty(cases.AsParallel().SelectMany(item => Examination.Run(new PlanInitialiser(), item, 4096,
            s_budget).Accusations.Select(accusation => $"{item}: {accusation}")));
    }

    // The law of a product is that of independent factors only.
    [Theory]
    [InlineData("torch.manual_seed(0)\nx = torch.randn(64, dtype=torch.float64)\ny = x * (x > 0).double()", "y")]
    public void What_comes_from_one_draw_twice_has_no_law(string program, string tensor) => Assert.Null(PlanLaws.Of(InitPlan.Of(program))
        .Single(region => region.Tensor == tensor).Law);

    [Theory, InlineData("D1"), InlineData("D2"), InlineData("D3"), InlineData("D4"), InlineData("D5"), InlineData("D6"), InlineData("D7"),
        InlineData("D8"), InlineData("D9"), InlineData("D10")]
    public void A_planted_fault_is_found_by_values_alone(string number)
    {
        MutantResult result = MutantTrial.Run(Exhibit.Of(number), TorchProfile.Default);
        Assert.True(result.IsKilledWithoutBits);
        Assert.InRange(result.Cheapest!.Value.Value, 2, 65536);
    }

    // Each differs by 5 to 10 % in one parameter, in float32; 65,536 values tell.
    [Theory]
    [InlineData("empty(64, 64).exponential_(1.5)", "empty(64, 64).exponential_(1.6)")]
    [InlineData("empty(64, 64).log_normal_(0.3, 0.7)", "empty(64, 64).log_normal_(0.3, 0.75)")]
    [InlineData("empty(64, 64).cauchy_(0.2, 1.3)", "empty(64, 64).cauchy_(0.2, 1.4)")]
    [InlineData("empty(64, 64).geometric_(0.3)", "empty(64, 64).geometric_(0.32)")]
    [InlineData("empty(64, 64).bernoulli_(0.3)", "empty(64, 64).bernoulli_(0.32)")]
    [InlineData("randint(0, 20, (4096,))", "randint(0, 21, (4096,))")]
    [InlineData("randint(0, 20, (4096,))", "randint(0, 19, (4096,))")]
    [InlineData("multinomial(tensor([1.0, 2.0, 3.0]), 4096, replacement=True)",
        "multinomial(tensor([1.1, 2.0, 3.0]), 4096, replacement=True)")]
    [InlineData("multinomial(tensor([1.0, 2.0, 3.0, 4.0]), 3)", "multinomial(tensor([2.0, 2.0, 3.0, 4.0]), 3)")]
    [InlineData("F.dropout(randn(64, 64), 0.25)", "F.dropout(randn(64, 64), 0.27)")]
    public void A_law_that_is_a_little_wrong_is_rejected(string expression, string wrong)
    {
        DistributionCase item = new(expression);
        InitPlan other = InitPlan.Of(wrong);
        Mutant drawer = new("0", "wrong", "", "", [expression], (request, draw) => draw(request with { Plan = other }));
        const long Values = 65536;
        Assert.NotEmpty(Examination.Run(drawer, item, Values, s_budget).Accusations);
        Assert.Empty(Examination.Run(new PlanInitialiser(), item, Values, s_budget).Accusations);
    }
}
