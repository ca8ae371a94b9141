using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

public class FalseAlarmsTests
{
    [Fact]
    public void The_limit_is_the_binomials()
    {
        int done = 0;
        FalseAlarms alarms = FalseAlarms.Measure(3, 0.02, () => Interlocked.Increment(ref done));
        // 0.02³ = 8·10⁻⁶ is above one in a million, a fourth alarm cannot be. Tests: Linear 32, Embedding 31, Conv2d 32, GRU 66.
        Assert.Equal((3, 32L + 31 + 32 + 66, 0.02, 0, 3, 3), (alarms.Runs, alarms.Tests, alarms.Rate, alarms.Alarms, alarms.Most, done));
        Assert.True(alarms.Consistent);
        // 3·0.001² = 3·10⁻⁶ is above one in a million, 0.001³ below.
        Assert.Equal(2, FalseAlarms.Measure(3, 0.001).Most);
    }

    [Fact]
    public void A_high_rate_shows()
    {
        FalseAlarms alarms = FalseAlarms.Measure(8, 1);
        Assert.InRange(alarms.Alarms, 1, 7);
        Assert.Equal(0, alarms.Strict);
    }

    [Fact]
    public void A_sentence_says_rate_and_limit()
    {
        Assert.Equal("3 of 1,000 right runs accused at a stated rate of 0.01 a run; up to 28 are consistent with it, a binomial count "
            + "passes that once in a million; 0 accused at the run's own 1E-06", new FalseAlarms(1000, 100, 0.01, 3, 28, 0).ToString());
        Assert.True(new FalseAlarms(1000, 100, 0.01, 28, 28, 0).Consistent);
        Assert.False(new FalseAlarms(1000, 100, 0.01, 29, 28, 0).Consistent);
        Assert.False(new FalseAlarms(1000, 100, 0.01, 3, 28, 1).Consistent);
    }
}
