using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

public class GridLawTests
{
    // 0 with 3/8, 1 with 1/8, 4 with 1/2; the zeros of both signs are one, weights of nothing are nothing.
    static readonly GridLaw s_law = new("grid", [(4, 4), (0.0, 1), (1, 1), (-0.0, 2), (9, 0), (7, -1)]);

    [Fact]
    public void Equal_values_are_joined_and_weights_are_shares()
    {
        Assert.Equal([(0.0, 0.375), (1, 0.125), (4, 0.5)], s_law.Points);
        Assert.Equal(3, s_law.Count);
        Assert.Equal((0.0, 4.0), s_law.Support);
        Assert.Equal(0.140625 + 0.015625 + 0.25, s_law.Collision);
        Assert.Equal((true, true), (s_law.HasAtoms, s_law.ElementsAreIndependent));
        Assert.Equal("grid on 3 values", s_law.ToString());
        Assert.Equal("grid on 1,000 values", new GridLaw("grid", Enumerable.Range(0, 1000).Select(i => ((double)i, 1.0))).ToString());
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 0, 0.375)]
    [InlineData(0.5, 0.375, 0.375)]
    [InlineData(1, 0.375, 0.5)]
    [InlineData(3, 0.5, 0.5)]
    [InlineData(4, 0.5, 1)]
    [InlineData(5, 1, 1)]
    public void The_distribution_function_is_a_stair(double x, double below, double atMost)
        => Assert.Equal((below, atMost), (s_law.Below(x), s_law.AtMost(x)));

    [Fact]
    public void Moments_are_sums()
    {
        Expect.Moments(s_law, 2.125, 8.125, 32.125, 128.125);
        double std = Math.Sqrt(8.125 - 2.125 * 2.125);
        Assert.Equal((0.375 * Math.Pow(-2.125, 3) + 0.125 * Math.Pow(-1.125, 3) + 0.5 * Math.Pow(1.875, 3)) / Math.Pow(std, 3),
            s_law.StandardMoment(3), 1e-12);
        Assert.Equal(1, s_law.StandardMoment(2), 1e-12);
    }

    [Fact]
    public void A_grid_holds_its_values_only()
        => Assert.Equal([true, true, true, false, false], new[] { 0.0, 1, 4, 2, 9 }.Select(s_law.Holds));

    [Fact]
    public void A_grid_has_a_value()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new GridLaw("grid", [(1, 0)]));
        Assert.Equal("points", error.ParamName);
        Assert.Contains("allowed: one or more values of positive weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_is_equal_to_itself_only()
    {
        GridLaw one = new("grid", [(1, 1)]), other = new("grid", [(1, 1)]);
        Assert.True(one.Equals(one));
        Assert.False(one.Equals(other));
        Assert.False(one.Equals((GridLaw?)null));
        Assert.Equal(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(one), one.GetHashCode());
    }
}
