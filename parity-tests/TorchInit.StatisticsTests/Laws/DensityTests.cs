using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

/// <summary>A density is what the distribution function grows by.</summary>
public class DensityTests
{
    public static TheoryData<string, double> Points
        => new(from law in Laws from x in new[] { -1.9, -1.2, -0.4, 0.1, 0.9, 1.7 } select (law.Key, x));

    static Dictionary<string, Law> Laws => new()
    {
        ["uniform"] = new UniformLaw(-1.5, 1, 24),
        ["normal"] = new NormalLaw(0.3, 0.7, 24, 24),
        ["cut"] = new TruncNormalLaw(0.3, 0.7, -1.5, 1, 24),
        ["cosine"] = new HaarEntryLaw(2, 2),
        ["flat"] = new HaarEntryLaw(3, 2),
        ["entry"] = new HaarEntryLaw(9, 1.8),
    };

    [Theory, MemberData(nameof(Points))]
    public void It_is_the_slope_of_the_distribution_function(string name, double x)
    {
        Law law = Laws[name];
        const double Step = 1e-5;
        Assert.Equal((law.AtMost(x + Step) - law.AtMost(x - Step)) / (2 * Step), law.Density(x), 1e-6);
    }

    [Fact]
    public void Bounds_belong_to_it()
    {
        Assert.Equal([0.0, 0.4, 0.4, 0], new[] { -1.51, -1.5, 1, 1.01 }.Select(new UniformLaw(-1.5, 1, 24).Density));
        TruncNormalLaw cut = new(0, 1, -1, 1, 24);
        double edge = 0.24197072451914337 / 0.6826894921370859;
        foreach ((double x, double density) in new[] { (-1.01, 0.0), (-1, edge), (1, edge), (1.01, 0) })
        {
            Assert.Equal(density, cut.Density(x), 1e-12);
        }
        Assert.Equal(0, new HaarEntryLaw(3, 2).Density(2));
        Assert.Equal(0, new HaarEntryLaw(3, 2).Density(-2));
    }

    [Fact]
    public void Where_single_values_have_probabilities_there_is_none()
    {
        foreach (Law law in new Law[] { new ConstantLaw(1), new SparseLaw(0.5, new UniformLaw(0, 1, 24)),
            new GridLaw("grid", [(0, 1), (1, 1)]), new TruncNormalLaw(0, 1, -1, 1, 24, 0.1) })
        {
            Assert.Equal(double.NaN, law.Density(0.5));
        }
    }
}
