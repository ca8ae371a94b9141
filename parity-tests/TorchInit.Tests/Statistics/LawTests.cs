using TorchInit.Parity;

namespace TorchInit.Tests.Statistics;

/// <summary>Laws against integrals and counts made another way.</summary>
public class LawTests
{
    static readonly Law[] s_laws = [new UniformLaw(-0.3, 0.41, 24), new NormalLaw(0.3, 1.7, 24, 24),
        new TruncNormalLaw(0.5, 0.7, 0, 1, 24), new TruncNormalLaw(0, 0.02, -2, 2, 24), new SparseLaw(0.25, new NormalLaw(0, 0.1, 24, 24)),
        new HaarEntryLaw(12, 1.5)];

    public static TheoryData<int> Laws => [.. Enumerable.Range(0, s_laws.Length)];

    [Theory, MemberData(nameof(Laws))]
    public void Moments_are_integrals_of_the_distribution_function(int at)
    {
        Law law = s_laws[at];
        double low = law.Mean - 12 * law.StandardDeviation, high = law.Mean + 12 * law.StandardDeviation;
        const int Steps = 400_000;
        double width = (high - low) / Steps;
        for (int order = 1; order <= 4; order++)
        {
            double sum = 0;
            for (int step = 0; step < Steps; step++)
            {
                double left = low + step * width;
                sum += Math.Pow((left + width / 2 - law.Mean) / law.StandardDeviation,
                    order) * (law.AtMost(left + width) - law.AtMost(left));
            }
            Assert.Equal(law.StandardMoment(order), sum, 2e-3);
        }
    }

    [Theory]
    [InlineData("uniform_((256,), -0.3, 0.41)", "bfloat16", "1.13", 256)]
    [InlineData("normal_((64,), 0.3, 1.7)", "bfloat16", "2.11", 0)]
    [InlineData("init.trunc_normal_((64,), std=0.02)", "float16", "2.11", 0)]
    [InlineData("normal_((64,), 0.3, 1.7)", "float16", "2.15", 0)]
    public void A_16_bit_law_has_the_values_that_are_drawn_and_its_shares_add_up(string expression, string dtype, string torch, int most)
    {
        DistributionCase item = new(expression, DType.Parse(dtype), TorchProfile.For(torch));
        GridLaw law = Assert.IsType<GridLaw>(item.Regions.Single().Law);
        Assert.Equal(1, law.Points.Sum(point => point.Weight), 1e-9);
        Assert.True(most == 0 || law.Count <= most);
        Assert.Empty(Examination.Run(new PlanInitialiser(), item, 20_000, new(1e-6, item.Tests, 1e-6)).Accusations);
    }

    [Fact]
    public void Regions_follow_the_plan()
    {
        IReadOnlyList<LawRegion> regions = PlanLaws.Of(InitPlan.Of("Embedding(10, 4, padding_idx=3)"));
        Assert.Equal([12, 13, 14, 15], regions.Single(region => region.Law is ConstantLaw { Value: 0 }).Positions!);
        Assert.Equal(36, regions.Single(region => region.Law is NormalLaw).Positions!.Count);
        Assert.Contains(PlanLaws.Of(InitPlan.Of("TransformerEncoder(TransformerEncoderLayer(16, 4, 32), 2)")),
            region => region.CopyOf is not null);
        Assert.Contains(PlanLaws.Of(InitPlan.Of("utils.weight_norm(Linear(20, 30))")), region => region.Law is null);
    }
}
