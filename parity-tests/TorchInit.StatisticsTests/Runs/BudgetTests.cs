using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

public class BudgetTests
{
    [Theory]
    [InlineData(4, 0.25)]
    [InlineData(1, 1.0)]
    [InlineData(0, 1.0)]
    public void A_test_has_its_share(long tests, double share)
        => Assert.Equal(share * 1e-6, new AlphaBudget(1e-6, tests, 0.5).Alpha, 1e-20);

    [Fact]
    public void Accusations_are_the_findings_that_accuse()
    {
        Finding[] findings = [Values.Finding("mean", false), Values.Finding("variance", true)];
        Assert.Equal([findings[1]], new RegionFindings(new("weight", null, ""), null, findings).Accusations);
    }

    [Theory]
    [InlineData(0.2, 0.2, 0.2, 0.2, false)]
    [InlineData(0.3, 0.2, 0.1, 0.2, true)]
    [InlineData(0.1, 0.2, 0.3, 0.2, true)]
    public void Two_samples_are_accused_by_one_of_two_distances(double distance, double threshold, double pooled, double pooledThreshold,
        bool accused)
        => Assert.Equal(accused,
            new TwoSampleResult(new("Linear(2, 2)"), "weight", 1, 4, [], distance, threshold, pooled, pooledThreshold, 1).Accused);
}
