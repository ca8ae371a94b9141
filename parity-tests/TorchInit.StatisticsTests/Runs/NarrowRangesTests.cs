using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

/// <summary>A narrow range far from 0 has few numbers to store, so right samples repeat themselves.</summary>
public class NarrowRangesTests
{
    [Theory]
    [InlineData("init.uniform_((256, 256), 0.99, 1.0)")]
    [InlineData("init.uniform_((256, 256), 0.999, 1.0)")]
    [InlineData("init.uniform_((256, 256), -8.01, -8.0)")]
    [InlineData("init.normal_((256, 256), 1.0, 0.01)")]
    [InlineData("init.normal_((256, 256), -30.0, 0.02)")]
    [InlineData("init.trunc_normal_((256, 256), 1.0, 0.01, 0.98, 1.02)")]
    public void Right_samples_repeat_values_and_are_not_accused(string expression)
    {
        Examination found = Examination.Run(new PlanInitialiser(), new(expression), 65_536, new(1e-6, 40, 1e-6));
        Assert.Empty(found.Accusations);
        Finding repeated = found.Regions[0].Findings.Single(finding => finding.Detector == "repeated values");
        Assert.True(repeated.Statistic > 1000, $"{repeated.Statistic} values are repeated");
    }

    [Theory]
    [InlineData(0.75, 1.0, 24, 8.0 / (1 << 24))]
    [InlineData(-1.0, -0.75, 24, 8.0 / (1 << 24))]
    [InlineData(-0.5, 0.5, 24, 2.0 / (1 << 24))]
    public void The_collisions_of_a_uniform_are_those_of_its_coarsest_numbers(double from, double to, int bits, double collision)
        => Assert.Equal(collision, new UniformLaw(from, to, bits).Collision, 1e-15);
}
