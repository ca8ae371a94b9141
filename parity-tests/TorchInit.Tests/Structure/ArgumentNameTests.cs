namespace TorchInit.Tests.Structure;

/// <summary>An exception names the argument as the caller wrote it, and what no call can use is refused where it is made.</summary>
public class ArgumentNameTests
{
    static string? NameOf(Func<object?> call) => Assert.ThrowsAny<ArgumentException>(call).ParamName;

    [Fact]
    public void The_argument_of_the_call_is_named()
    {
        InitPlan linear = Modules.Linear(3, 4);
        Assert.Equal("version", NameOf(() => TorchProfile.For("2.16")));
        Assert.Equal("version", NameOf(() => TorchProfile.For("two")));
        Assert.Equal("device", NameOf(() => TorchProfile.Default.On("cuda:0")));
        Assert.Equal("tensor", NameOf(() => linear.MaterializeSlice("nope", 0, 1, 0L)));
        Assert.Equal("nPowerIterations", NameOf(() => Modules.ParametrizedSpectralNorm(linear, nPowerIterations: 0)));
        Assert.Equal("nPowerIterations", NameOf(() => Modules.ParametrizedSpectralNorm(linear, nPowerIterations: 2147483633)));
        Assert.Equal("steps", NameOf(() => new InitPlan("x", TorchProfile.Default, [], [null!])));
        Assert.Equal("name", NameOf(() => Gain.Parse("RELU")));
        Assert.Equal("nonlinearity", NameOf(() => InitPlan.Of("nn.init.kaiming_uniform_(torch.empty(2, 3), nonlinearity='RELU')")));
        Assert.Equal("lengths", NameOf(() => Samplers.Split([-1, 5], new Generator(0))));
        Assert.Equal("Shape", NameOf(() => new ParameterSpec("a", null!)));
        Assert.Equal("Name", NameOf(() => new ParameterSpec(null!, [1])));
        Assert.Equal("tensor", NameOf(() => new UniformStep((string)null!, 0, 1)));
        Assert.Equal("Index", NameOf(() => new Shard(5, 2)));
    }

    [Fact]
    public void An_implementation_is_a_member_of_its_enum()
    {
        Assert.Contains("LapackImplementation",
            Assert.Throws<ArgumentOutOfRangeException>(() => TorchProfile.Default with { Lapack = (LapackImplementation)9 }).Message,
            StringComparison.Ordinal);
        Assert.Contains("ErfImplementation",
            Assert.Throws<ArgumentOutOfRangeException>(() => TorchProfile.Default with { Erf = (ErfImplementation)9 }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_integer_that_does_not_fit_is_shown_as_it_was_written()
    {
        Assert.Contains("n_power_iterations is 1000000000000; allowed: at most 2147483632", Assert.Throws<ArgumentException>(() =>
            InitPlan.Of("parametrizations.spectral_norm(Linear(3, 4), n_power_iterations=10**12)")).Message, StringComparison.Ordinal);
        Assert.Equal("Expected n_power_iterations to be positive, but got n_power_iterations=-1000000000000",
            Assert.Throws<TorchArgumentException>(() =>
                InitPlan.Of("utils.spectral_norm(Linear(3, 4), n_power_iterations=-10**12)")).TorchMessage);
        TorchArgumentException dim = Assert.Throws<TorchArgumentException>(()
            => InitPlan.Of("utils.weight_norm(Linear(3, 4), dim=10**12)"));
        Assert.Equal("IndexError", dim.TorchKind);
        Assert.StartsWith("dim is 1000000000000;", dim.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fan_is_exact_or_refused()
    {
        Assert.Equal("Storage size calculation overflowed with sizes=[3, 1099511627776, 1099511627776]",
            Assert.Throws<TorchArgumentException>(() => Fan.Of([3, 1L << 40, 1L << 40])).TorchMessage);
        Assert.StartsWith("shape (0, 1099511627776, 1099511627776) has a fan of 1208925819614629174706176;",
            Assert.Throws<ArgumentException>(() => Fan.Of([0, 1L << 40, 1L << 40])).Message, StringComparison.Ordinal);
        _ = Modules.Conv1d(0, 1L << 33, 1L << 33, bias: false);      // torch's integers are unbounded, and nothing is drawn
    }

    [Fact]
    public void A_text_says_what_it_is_of()
    {
        Assert.Equal("LazyLinear(3)", Modules.LazyLinear(3).ToString());
        Assert.Contains("num_batches_tracked() int64\n", Modules.BatchNorm1d(3).ToString(), StringComparison.Ordinal);
    }
}
