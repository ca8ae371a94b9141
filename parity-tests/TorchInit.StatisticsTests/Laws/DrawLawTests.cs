using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

/// <summary>The laws of draws beside uniforms and normals, and of arithmetic on them.</summary>
public class DrawLawTests
{
    [Theory]
    [InlineData("torch.empty(64).exponential_(1.5)", "Exp(1.5)")]
    [InlineData("torch.empty(64).exponential_(2) * 4", "Exp(0.5)")]
    [InlineData("torch.empty(64).log_normal_(0.5, 0.25)", "exp N(0.5, 0.25²)")]
    [InlineData("torch.empty(64).cauchy_(1, 2) * -2 + 3", "Cauchy(1, 4)")]
    [InlineData("torch.empty(64).geometric_(0.25)", "Geometric(0.25)")]
    [InlineData("torch.empty(64).bernoulli_(0.25)", "Bernoulli(0.25) on 2 values")]
    [InlineData("torch.bernoulli(torch.full((64,), 0.25))", "Bernoulli(0.25) on 2 values")]
    [InlineData("torch.bernoulli(torch.rand(64))", "Bernoulli(0.5) on 2 values")]
    [InlineData("torch.bernoulli(torch.ones(64))", "1")]
    [InlineData("torch.randint(3, 9, (64,))", "whole numbers from 3 to 8")]
    [InlineData("torch.randint(3, 9, (64,)).float()", "whole numbers from 3 to 8 on 6 values")]
    [InlineData("torch.empty(64).random_()", "whole numbers from 0 to 16777216")]
    [InlineData("torch.empty(64, dtype=torch.int64).random_(-2**63, None)", "whole numbers from -9223372036854775808 to 9223372036854775807")]
    [InlineData("torch.empty(64, dtype=torch.uint8).random_()", "whole numbers from 0 to 255")]
    [InlineData("torch.randperm(64)", "a permutation of 0 to 63")]
    [InlineData("torch.randperm(64).float()", "a permutation of 0 to 63")]
    [InlineData("list(RandomSampler(range(9)))", "a permutation of 0 to 8")]
    [InlineData("list(RandomSampler(range(9), num_samples=4))", "4 of 0 to 8, none twice")]
    [InlineData("list(RandomSampler(range(9), replacement=True))", "whole numbers from 0 to 8")]
    [InlineData("torch.multinomial(torch.tensor([1.0, 2.0, 0.0]), 64, replacement=True)", "categories by weight on 2 values")]
    [InlineData("torch.multinomial(torch.ones(5), 3)", "3 of 0 to 4, none twice")]
    [InlineData("torch.multinomial(torch.tensor([1.0, 2.0, 5.0]), 2)", "2 of 3 categories by weight, none twice")]
    [InlineData("nn.Dropout(0.5)(torch.ones(64))", "Bernoulli(0.5) after div_ after mul_ on 2 values")]
    [InlineData("nn.Dropout(0.25)(torch.randn(64))", "25 % zeros, else N(0, 1.333²)")]
    [InlineData("(torch.rand(64) > 0.75).float()", "Bernoulli(0.25) on 2 values")]
    public void A_draw_has_its_law(string expression, string law)
        => Assert.Equal(law, $"{Expect.Of(expression)}");

    [Theory]
    [InlineData("nn.Dropout(0.25)(torch.ones(64, device='cuda'))", "1 mul dropout(0.25) on 2 values")]
    [InlineData("nn.Dropout(0.25)(torch.randn(64, device='cuda'))", "25 % zeros, else N(0, 1.333²)")]
    public void A_GPUs_dropout_has_its_law(string expression, string law)
        => Assert.Equal(law, $"{Expect.Of(expression, torch: "2.11")}");

    [Fact]
    public void Given_probabilities_and_rows_of_weights_are_parts_with_a_law_each()
    {
        IReadOnlyList<LawRegion> regions = PlanLaws.Of(InitPlan.Of("torch.bernoulli(torch.tensor([0.25, 0.5, 0.25]))"));
        Assert.Equal(["0, 2", "1"], regions.Select(region => string.Join(", ", region.Positions!)));
        Assert.Equal([0.25, 0.5], regions.Select(region => region.Law!.Mean));
        regions = PlanLaws.Of(InitPlan.Of("torch.multinomial(torch.tensor([[1.0, 1.0], [0.0, 3.0]]), 4, replacement=True)"));
        Assert.Equal(["0, 1, 2, 3", "4, 5, 6, 7"], regions.Select(region => string.Join(", ", region.Positions!)));
        Assert.Equal([0.5, 1], regions.Select(region => region.Law!.Mean));
    }

    [Theory]
    [InlineData("torch.multinomial(torch.rand(5), 3)")]
    [InlineData("torch.randperm(64)[:3]")]
    [InlineData("torch.empty(64).log_normal_(0, 40)")]
    public void Where_no_law_is_known_none_is_stated(string expression) => Assert.DoesNotContain(
        PlanLaws.Of(InitPlan.Of(expression)), region => region.Law is not null);

    [Theory]
    [InlineData("Linear(3, 4)", 2)]
    [InlineData("BatchNorm1d(3)", 4)]
    public void Whole_numbers_that_are_not_drawn_have_none(string expression, int regions)
        => Assert.Equal(regions, PlanLaws.Of(InitPlan.Of(expression)).Count);

    [Fact]
    public void Words_that_do_not_divide_are_counted()
    {
        // 2³² = 1·(3·2³⁰) + 2³⁰: the first third comes twice as often.
        WholeUniformLaw law = new(0, 3u << 30);
        Assert.Equal(0.5, law.AtMost((1 << 30) - 1), 1e-15);
        Assert.Equal(0.75, law.AtMost(Math.Pow(2, 31) - 1), 1e-15);
        Assert.Equal((0, 1), (law.Below(0), law.AtMost(3.0 * (1 << 30) - 1)));
        Assert.Equal(1342177279.5, law.Mean, 2);
        WholeUniformLaw die = new(1, 6);
        Assert.Equal((3.5, 35 / 12.0), (die.Mean, die.StandardDeviation * die.StandardDeviation), Near(1e-8));
        Assert.Equal(1 / 6.0, Expect.Weight(die, 3), 1e-8);
        Assert.Equal(0, Expect.Weight(die, 3.5));
    }

    [Theory, InlineData(0.25), InlineData(0.9), InlineData(0.01)]
    public void A_geometric_laws_moments_are_its_sums(double p)
    {
        GeometricLaw law = new(p);
        (double Value, double Weight)[] points = [.. Enumerable.Range(1, 6000).Select(k => ((double)k, Expect.Weight(law, k)))];
        double mean = points.Sum(point => point.Value * point.Weight);
        double variance = points.Sum(point => Math.Pow(point.Value - mean, 2) * point.Weight);
        Assert.Equal((1 / p, Math.Sqrt(1 - p) / p), (law.Mean, law.StandardDeviation), Near(1e-9 / p));
        foreach (int order in new[] { 3, 4, 8 })
        {
            double moment = points.Sum(point => Math.Pow(point.Value - mean, order) * point.Weight) / Math.Pow(variance, order / 2.0);
            Assert.Equal(1, law.StandardMoment(order) / moment, 1e-6);
        }
    }

    [Fact]
    public void Tails_are_not_cancelled()
    {
        Assert.Equal(1e-20, new ExponentialLaw(1, 53, 24).AtMost(1e-20), 1e-30);
        Assert.Equal(1 / (Math.PI * 1e12), new CauchyLaw(0, 1, 24).AtMost(-1e12), 1e-22);
        Assert.Equal(0.25, new CauchyLaw(1, 2, 24).AtMost(-1), 1e-15);
        Assert.Equal(0.5, new LogNormalLaw(0.5, 0.25, 24).AtMost(Math.Exp(0.5)), 1e-15);
        Assert.True(double.IsNaN(new CauchyLaw(0, 1, 24).Mean));
        Assert.Equal(Math.Exp(0.5), new LogNormalLaw(0, 1, 24).Mean, 1e-12);
    }

    [Fact]
    public void Sixteen_bits_round_ties_to_even_and_reach_infinity()
    {
        // Of 0 to 4096 in bfloat16, whole numbers above 256 are multiples: 257 goes to 256, 259 to 260.
        GridLaw law = Assert.IsType<GridLaw>(DrawLaw.Stored<BFloat16>(new WholeUniformLaw(0, 4096)));
        Assert.Equal(new[] { 1, 2, 1, 3 }.Select(count => count / 4096.0).ToArray(), [Expect.Weight(law, 255), Expect.Weight(law, 256),
            Expect.Weight(law, 258), Expect.Weight(law, 260)], Near(1e-9));
        GridLaw far = Assert.IsType<GridLaw>(DrawLaw.Stored<Half>(new CauchyLaw(0, 1, 24)));
        Assert.Equal(1 / (Math.PI * 65520), Expect.Weight(far, double.PositiveInfinity), 1e-10);
        Assert.Equal(1 / (Math.PI * 65520), Expect.Weight(far, double.NegativeInfinity), 1e-10);
        Assert.False(far.MomentsTell);
    }

    [Fact]
    public void The_places_of_a_permutation_are_uniform_and_what_comes_twice_has_none()
    {
        SuccessiveLaw law = new(new WholeUniformLaw(0, 4, 64), 4, 4);
        double[] places = law.Places([2, 0, 3, 1, 2, 2, 4, 0.5], 8);
        Assert.Equal([2, 0, 1, 0], places[..4].Zip([4, 3, 2, 1], (place, left) => (int)(place * left)));
        Assert.Equal(2, (int)(places[4] * 4));
        Assert.All(places[5..], place => Assert.True(double.IsNaN(place)));
        // Of weights 1, 2, 5: after 2 was taken, 0 has a third.
        SuccessiveLaw weighted = new(new GridLaw("", [(0, 1), (1, 2), (2, 5)]), 3, 2);
        double[] of = weighted.Places([2, 0, 0, 1], 2);
        Assert.InRange(of[0], 3 / 8.0, 1);
        Assert.InRange(of[1], 0, 1 / 3.0);
        Assert.InRange(of[2], 0, 1 / 8.0);
        Assert.InRange(of[3], 0, 2 / 7.0);
        // Drawn again, the values are spread otherwise; a draw that ends early puts back what it took.
        double[] again = weighted.Places([2, 2, 2], 1);
        Assert.Equal(3, again.Distinct().Count());
        Assert.All(again, place => Assert.InRange(place, 3 / 8.0, 1));
    }

    static NearComparer Near(double tolerance) => new(tolerance);

    sealed class NearComparer(double tolerance) : IEqualityComparer<(double, double)>, IEqualityComparer<double>
    {
        public bool Equals((double, double) x, (double, double) y) => Equals(x.Item1, y.Item1) && Equals(x.Item2, y.Item2);

        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode((double, double) obj) => 0;

        public int GetHashCode(double obj) => 0;
    }
}
