using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

/// <summary>Uniform, normal and truncated normal laws against closed forms and SciPy 1.10.</summary>
public class ContinuousLawTests
{
    [Fact]
    public void A_uniform_law_is_a_ramp()
    {
        UniformLaw law = new(-1, 3, 24);
        Assert.Equal([0.0, 0, 0.25, 0.5, 1, 1], new[] { -2.0, -1, 0, 1, 3, 4 }.Select(law.AtMost));
        Assert.Equal(law.AtMost(0.5), law.Below(0.5));
        Assert.Equal((-1.0, 3.0), law.Support);
        Assert.Equal((Math.ScaleB(1, -23), Math.ScaleB(1, -24)), (law.Collision, law.Cell));
        Assert.Equal((false, true), (law.HasAtoms, law.ElementsAreIndependent));
        // ∫ xᵏ/4 from −1 to 3.
        Expect.Moments(law, 1, 28.0 / 12, 80.0 / 16, 244.0 / 20);
        Assert.Equal("U(-1, 3)", law.ToString());
    }

    [Fact]
    public void Standard_moments_of_a_uniform_do_not_cancel_far_from_0()
    {
        UniformLaw law = new(1e9, 1e9 + 1, 53);
        // 3ᵏᐟ²/(k + 1).
        foreach ((int order, double moment) in new[] { (1, 0.0), (2, 1), (3, 0), (4, 1.8), (6, 27.0 / 7), (8, 9) })
        {
            Assert.Equal(moment, law.StandardMoment(order), 1e-12);
        }
    }

    [Fact]
    public void A_normal_law_ends_where_its_bits_do()
    {
        NormalLaw law = new(0.5, 2, 24, 24), wide = new(0, 1, 53, 53), stored = new(0, 1, 53, 24);
        // √(48·ln 2) and √(106·ln 2), a millionth more for roundings.
        Assert.Equal(0.5 - 2 * 5.768107546403532 * 1.000001, law.Support.Low, 1e-12);
        Assert.Equal(0.5 + 2 * 5.768107546403532 * 1.000001, law.Support.High, 1e-12);
        Assert.Equal(8.571674348652905 * 1.000001, wide.Support.High, 1e-12);
        Assert.Equal([Math.ScaleB(1, -24), Math.ScaleB(1, -53), Math.ScaleB(1, -24)],
            new[] { law, wide, stored }.Select(one => one.Collision));
        Assert.Equal(Math.ScaleB(1, -53), law.Cell);
        Assert.Equal((false, true), (law.HasAtoms, law.ElementsAreIndependent));
        Assert.Equal("N(0.5, 2²)", law.ToString());
    }

    // SciPy 1.10: norm.cdf.
    [Theory]
    [InlineData(-10, 7.61985302416047e-24)]
    [InlineData(-1, 0.15865525393145707)]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.6914624612740131)]
    [InlineData(3, 0.9986501019683699)]
    public void The_normal_distribution_function_is_right_in_both_tails(double z, double probability)
    {
        Assert.Equal(1, NormalLaw.Cumulative(z) / probability, 1e-12);
        Assert.Equal(1, new NormalLaw(1, 2, 24, 24).AtMost(1 + 2 * z) / probability, 1e-12);
        Assert.Equal(1, new NormalLaw(1, 2, 24, 24).Below(1 + 2 * z) / probability, 1e-12);
    }

    [Fact]
    public void The_normal_density_is_the_textbooks()
    {
        Assert.Equal(0.3989422804014327, NormalLaw.StandardDensity(0), 1e-15);
        Assert.Equal(0.24197072451914337, NormalLaw.StandardDensity(1), 1e-15);
        Assert.Equal(0.05399096651318805, NormalLaw.StandardDensity(-2), 1e-15);
    }

    [Fact]
    public void Normal_moments_are_the_textbooks()
    {
        // m, m² + s², m³ + 3ms², m⁴ + 6m²s² + 3s⁴ for m = 2 and s = 3.
        Expect.Moments(new NormalLaw(2, 3, 24, 24), 2, 13, 62, 475, 1e-9);
        NormalLaw law = new(1e9, 1e-3, 53, 53);
        foreach ((int order, double moment) in new[] { (1, 0.0), (2, 1), (3, 0), (4, 3), (5, 0), (6, 15), (8, 105) })
        {
            Assert.Equal(moment, law.StandardMoment(order));
        }
    }

    // SciPy 1.10: numerical integrals of the density, and truncnorm.cdf at a tenth, a half and four fifths of the range.
    [Theory]
    [InlineData(0.5, 0.7, 0, 1, 0.5, 0.32780645092865, 0.2417096763929748, 0.1905367719902525, 0.08825481916751401, 0.5,
        0.8159969419979463)]
    [InlineData(0, 0.02, -2, 2, 0, 0.0004, 0, 4.8e-07, 0, 0.5, 1)]
    [InlineData(0, 1, 0.5, 0.9, 0.690728338028696, 0.49031667830818687, 0.35707227357593946, 0.26616936621184345, 0.1119803354832164,
        0.5348270396661655, 0.8228760733332124)]
    [InlineData(1, 2, -1, 4, 1.2903748943050526, 3.327807392482333, 8.924603618674803, 26.82941353642806, 0.08775830029387485,
        0.5681468570581366, 0.8814156224197586)]
    public void A_truncated_normal_is_SciPys(double mean, double std, double a, double b, double first, double second, double third,
        double fourth, double tenth, double half, double fourFifths)
    {
        TruncNormalLaw law = new(mean, std, a, b, 24);
        Expect.Moments(law, first, second, third, fourth, 1e-11);
        foreach ((double share, double probability) in new[] { (0.1, tenth), (0.5, half), (0.8, fourFifths), (-0.1, 0), (0, 0), (1, 1),
            (1.1, 1) })
        {
            Assert.Equal(probability, law.AtMost(a + share * (b - a)), 1e-12);
            Assert.Equal(probability, law.Below(a + share * (b - a)), 1e-12);
        }
        Assert.Equal((a, b), law.Support);
        Assert.False(law.HasAtoms);
        Assert.Equal(FormattableString.Invariant($"N({mean:G4}, {std:G4}²) in [{a:G4}, {b:G4}]"), law.ToString());
    }

    [Fact]
    public void An_outlier_is_an_atom_at_the_lower_cut()
    {
        TruncNormalLaw law = new(0, 1, -2, 1, 24, 0.25), rest = new(0, 1, -2, 1, 24);
        Assert.True(law.HasAtoms);
        Assert.Equal([0.0, 0.25, 0.25 + 0.75 * rest.AtMost(0.5), 1], new[] { -2.1, -2, 0.5, 1 }.Select(law.AtMost));
        Assert.Equal([0.0, 0, 0.25 + 0.75 * rest.AtMost(0.5), 1], new[] { -2.1, -2, 0.5, 1.5 }.Select(law.Below));
        for (int order = 1; order <= 4; order++)
        {
            Assert.Equal(0.75 * rest.RawMoment(order) + 0.25 * Math.Pow(-2, order), law.RawMoment(order), 1e-12);
        }
    }

    [Fact]
    public void Cuts_far_out_are_none()
    {
        TruncNormalLaw law = new(2, 3, -1000, 1000, 24);
        Expect.Moments(law, 2, 13, 62, 475, 1e-9);
        // The numbers up to 2 + 6·3 are 2⁻¹⁹ apart at most, and the density is φ(0) / 3 at most.
        Assert.Equal(Math.ScaleB(0.3989422804014327 / 3, -19), law.Collision, 1e-15);
        Assert.Equal(Math.ScaleB(4, -24), new TruncNormalLaw(0, 0.02, -2, 2, 24).Collision);
        Assert.Equal(Math.ScaleB(1, -24), law.Cell);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1000)]
    public void Moments_about_the_mean_do_not_depend_on_where_it_is(double mean)
    {
        Law[] laws = [new NormalLaw(mean, 0.01, 24, 24), new UniformLaw(mean - 0.01, mean + 0.01, 24),
            new TruncNormalLaw(mean, 0.01, mean - 0.01, mean + 0.02, 24), new TruncNormalLaw(mean, 0.01, mean - 0.01, mean + 0.02, 24, 0.1),
            new GridLaw("grid", [(mean, 1), (mean + 0.01, 2), (mean + 0.03, 1)])];
        Law[] centred = [new NormalLaw(0, 0.01, 24, 24), new UniformLaw(-0.01, 0.01, 24),
            new TruncNormalLaw(0, 0.01, -0.01, 0.02, 24), new TruncNormalLaw(0, 0.01, -0.01, 0.02, 24, 0.1),
            new GridLaw("grid", [(0, 1), (0.01, 2), (0.03, 1)])];
        foreach ((Law law, Law same) in laws.Zip(centred))
        {
            Assert.Equal(same.StandardDeviation, law.StandardDeviation, 1e-12);
            foreach (int order in (int[])[3, 4, 6, 8])
            {
                Assert.Equal(1, (1 + law.StandardMoment(order)) / (1 + same.StandardMoment(order)), 1e-8);
            }
        }
    }
}
