using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Tests;

public class CountTailsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0.875)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.125)]
    [InlineData(4, 0)]
    public void Three_coins(long heads, double probability) => Assert.Equal(probability, CountTails.BinomialAtLeast(heads, 3, 0.5), 1e-14);

    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(-3, 2, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 0)]
    [InlineData(1, -1, 0)]
    [InlineData(1, 2, 0.8646647167633873)]
    [InlineData(2, 2, 0.5939941502901616)]
    public void A_Poisson_tail_is_a_sum(long count, double mean, double probability)
        => Assert.Equal(probability, CountTails.PoissonAtLeast(count, mean), 1e-14);
}
