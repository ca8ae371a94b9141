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

    /// <summary>Not the shape that was made from it, and not the argument of a layer inside.</summary>
    [Theory]
    [InlineData("inFeatures is -1; allowed: 0 or more.", "Trying to create tensor with negative dimension -1: [5, -1]", 0)]
    [InlineData("outFeatures is -1; allowed: 0 or more.", "Trying to create tensor with negative dimension -1: [-1, 5]", 1)]
    [InlineData("hiddenSize is -2; allowed: 0 or more.", "Trying to create tensor with negative dimension -8: [-8, 3]", 2)]
    [InlineData("kernelSize is -3; allowed: 0 or more.", "Trying to create tensor with negative dimension -3: [2, 1, 3, -3]", 3)]
    [InlineData("numFeatures is -4; allowed: 0 or more.", "Trying to create tensor with negative dimension -4: [-4]", 4)]
    [InlineData("normalizedShape is -4; allowed: 0 or more.", "Trying to create tensor with negative dimension -4: [2, -4]", 5)]
    [InlineData("dModel is 7; allowed: a multiple of nhead = 2.", "embed_dim must be divisible by num_heads", 6)]
    [InlineData("dimFeedforward is -1; allowed: 0 or more.", "Trying to create tensor with negative dimension -1: [-1, 4]", 7)]
    [InlineData("outFeatures is -2; allowed: 0 or more.", "Trying to create tensor with negative dimension -2: [3, -2]", 8)]
    [InlineData("in_features is -1; allowed: 0 or more.", "Trying to create tensor with negative dimension -1: [5, -1]", 9)]
    [InlineData("num_features is -4; allowed: 0 or more.", "Trying to create tensor with negative dimension -4: [-4]", 10)]
    [InlineData("high is 300; allowed: one above a value in the dtype's range.", "to - 1 is out of bounds for unsigned char", 11)]
    [InlineData("samples is 0; allowed: 1 or more.", "num_samples should be a positive integer value, but got num_samples=0", 12)]
    public void A_size_is_named_as_it_was_given(string message, string torch, int call)
    {
        Func<object?>[] calls =
        [
            () => Modules.Linear(-1, 5), () => Modules.Linear(5, -1), () => Modules.LSTMCell(3, -2), () => Modules.Conv2d(1, 2, (3, -3)),
            () => Modules.BatchNorm1d(-4), () => Modules.LayerNorm((2, -4)), () => Modules.TransformerEncoderLayer(7, 2),
            () => Modules.TransformerDecoderLayer(4, 2, -1),
            () => Modules.LinearCrossEntropyLoss(4, 3, [-2], profile: TorchProfile.For("2.13")),
            () => InitPlan.Of("Linear(-1, 5)"), () => InitPlan.Of("BatchNorm2d(-4)"),
            () =>
            {
                TorchInit.Draws.RandInt<byte>(new byte[2], new Generator(0), 0, 300);
                return null;
            },
            () => Samplers.Random(5, new Generator(0), samples: 0),
        ];
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(calls[call]);
        Assert.StartsWith($"{message} torch: ", error.Message, StringComparison.Ordinal);
        Assert.Equal((torch, message.Split(' ')[0]), (error.TorchMessage, error.ParamName));
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
