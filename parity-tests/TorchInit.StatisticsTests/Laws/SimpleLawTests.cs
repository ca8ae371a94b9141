using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

/// <summary>Constants, mixtures, entries of orthogonal matrices, and what all laws share.</summary>
public class SimpleLawTests
{
    [Fact]
    public void A_constant_is_one_atom()
    {
        ConstantLaw law = new(-1.5);
        Assert.Equal([0.0, 1, 1], new[] { -1.6, -1.5, -1.4 }.Select(law.AtMost));
        Assert.Equal([0.0, 0, 1], new[] { -1.6, -1.5, -1.4 }.Select(law.Below));
        Assert.Equal((-1.5, -1.5), law.Support);
        Assert.Equal((1.0, true, true), (law.Collision, law.HasAtoms, law.ElementsAreIndependent));
        Expect.Moments(law, -1.5, 2.25, -3.375, 5.0625);
        Assert.Equal("-1.5", law.ToString());
    }

    [Fact]
    public void A_mixture_has_an_atom_at_0()
    {
        SparseLaw law = new(0.25, new UniformLaw(-1, 3, 24));
        Assert.Equal([0.0, 0.75 * 0.125, 0.25 + 0.75 * 0.25, 0.25 + 0.75 * 0.5, 1], new[] { -1.0, -0.5, 0, 1, 3 }.Select(law.AtMost));
        Assert.Equal([0.0, 0.75 * 0.125, 0.75 * 0.25, 0.25 + 0.75 * 0.5, 1], new[] { -1.0, -0.5, 0, 1, 3 }.Select(law.Below));
        Assert.Equal((-1.0, 3.0), law.Support);
        Assert.Equal((0.0, 2.0), new SparseLaw(0.5, new UniformLaw(1, 2, 24)).Support);
        Assert.Equal((-2.0, 0.0), new SparseLaw(0.5, new UniformLaw(-2, -1, 24)).Support);
        Assert.True(law.HasAtoms);
        Assert.Equal(0.0625 + 0.5625 * Math.ScaleB(1, -23), law.Collision);
        Assert.Equal(0.0625 * 0.0625 + 0.9375 * 0.9375, new SparseLaw(0.0625, new ConstantLaw(1)).Collision, 1e-15);
        foreach ((int order, double moment) in new[] { (1, 0.75), (2, 0.75 * 28 / 12), (3, 3.75), (4, 0.75 * 12.2) })
        {
            Assert.Equal(moment, law.RawMoment(order), 1e-12);
        }
        Assert.Equal("25 % zeros, else U(-1, 3)", law.ToString().Replace("25%", "25 %", StringComparison.Ordinal));
    }

    [Fact]
    public void Standard_moments_are_central_moments_over_powers_of_the_deviation()
    {
        // 1 with a share of 3/4, else 0: variance 3/16, third central moment 3/4·1/64 − 1/4·27/64 = −3/32, fourth 21/256.
        SparseLaw law = new(0.25, new ConstantLaw(1));
        Assert.Equal((0.75, Math.Sqrt(3.0 / 16)), (law.Mean, law.StandardDeviation));
        Assert.Equal(0, law.StandardMoment(1), 1e-15);
        Assert.Equal(1, law.StandardMoment(2), 1e-14);
        Assert.Equal(-3.0 / 32 / Math.Pow(3.0 / 16, 1.5), law.StandardMoment(3), 1e-14);
        Assert.Equal(21.0 / 256 / (9.0 / 256), law.StandardMoment(4), 1e-14);
        // A rounding below 0 is no deviation.
        Assert.Equal(0, new ConstantLaw(0.1).StandardDeviation);
    }

    [Fact]
    public void A_transform_is_clamped_to_half_a_cell_or_spread_over_an_atom()
    {
        UniformLaw law = new(0, 1, 2);
        Assert.Equal([0.125, 0.125, 0.5, 0.875, 0.875], new[] { 0.0, 0.1, 0.5, 0.95, 1 }.Select(x => law.Transform(x, 0.7)));
        SparseLaw atoms = new(0.5, law);
        Assert.Equal(0.5 * 0.7, atoms.Transform(0, 0.7), 1e-15);
        Assert.Equal(0.75, atoms.Transform(0.5, 0.7), 1e-15);
        Assert.Equal(Math.ScaleB(1, -54), new NormalLaw(0, 1, 53, 53).Transform(-1000, 0));
    }

    // Size 2 is a cosine, size 3 a uniform.
    [Theory]
    [InlineData(2, -2.1, 0)]
    [InlineData(2, -2, 0)]
    [InlineData(2, -1, 1.0 / 3)]
    [InlineData(2, 0, 0.5)]
    [InlineData(2, 1.4142135623730951, 0.75)]
    [InlineData(2, 2, 1)]
    [InlineData(2, 2.5, 1)]
    [InlineData(3, -1, 0.25)]
    [InlineData(3, 1, 0.75)]
    [InlineData(3, 1.5, 0.875)]
    public void An_entry_of_an_orthogonal_matrix(long size, double x, double probability)
        => Assert.Equal(probability, new HaarEntryLaw(size, 2).AtMost(x), 1e-12);

    [Fact]
    public void Entries_of_an_orthogonal_matrix_depend_on_each_other()
    {
        HaarEntryLaw law = new(10, 2);
        Assert.False(law.ElementsAreIndependent);
        Assert.False(law.HasAtoms);
        Assert.Equal((-2.00002, 2.00002), law.Support);
        Assert.Equal(Math.ScaleB(1, -22), law.Collision);
        // gain²/n and 3·gain⁴/(n(n + 2)).
        Expect.Moments(law, 0, 0.4, 0, 0.4);
        Assert.Equal("an entry of 2·Q, Q of 10 × 10", law.ToString());
    }

    [Fact]
    public void A_region_says_where_and_which_law()
    {
        Assert.Equal("weight: U(-1, 3)", new LawRegion("weight", new UniformLaw(-1, 3, 24), "step").ToString());
        Assert.Equal("bias[2 elements]: step", new LawRegion("bias", null, "step", [0, 1]).ToString());
        // What an init function fills has no name.
        Assert.Equal("tensor: step", new LawRegion("", null, "step").ToString());
        Assert.Equal("weight", new LawRegion("weight", null, "step").Name);
    }
}
