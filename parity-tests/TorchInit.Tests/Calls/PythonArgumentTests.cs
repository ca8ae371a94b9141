namespace TorchInit.Tests.Calls;

/// <summary>Arguments as Python takes them, by the version: the answers are those of torch 1.13.1, 2.6.0 and 2.11.0.</summary>
public class PythonArgumentTests
{
    [Theory]
    [InlineData("TransformerEncoderLayer(8, 2, 16, 0.1, 'relu', 1e-5, False, False, 'cpu')", "2.0")]
    [InlineData("TransformerEncoderLayer(8, 2, 16, 0.1, 'relu', 1e-5, False, False, True, 'cpu')", "2.1")]
    [InlineData("LayerNorm(3, 1e-5, True, 'cpu', None)", "1.13")]
    [InlineData("LayerNorm(3, 1e-5, True, True, 'cpu', None)", "2.1")]
    [InlineData("Embedding(5, 3, None, None, 2.0, False, False, None, 'cpu')", "1.13")]
    [InlineData("Embedding(5, 3, None, None, 2.0, False, False, None, True, 'cpu')", "2.0")]
    [InlineData("init.uniform_((3,), 0.0, 1.0, None)", "2.3")]
    public void An_argument_by_position_is_the_versions(string expression, string version)
        => Assert.NotEmpty(InitPlan.Of(expression, TorchProfile.For(version)).Tensors);

    [Theory]
    [InlineData("LayerNorm(3, 1e-5, True, True, 'cpu', None)", "1.13", "TypeError",
        "LayerNorm.__init__() takes from 2 to 6 positional arguments but 7 were given")]
    [InlineData("init.uniform_((3,), 0.0, 1.0, None)", "1.13", "TypeError",
        "uniform_() takes from 1 to 3 positional arguments but 4 were given")]
    [InlineData("BatchNorm2d()", "2.6", "TypeError", "_BatchNorm.__init__() missing 1 required positional argument: 'num_features'")]
    [InlineData("GRU(3, 4, size=5)", "2.6", "TypeError", "RNNBase.__init__() got an unexpected keyword argument 'size'")]
    [InlineData("Tanh(3)", "1.13", "TypeError", "Module.__init__() takes 1 positional argument but 2 were given")]
    [InlineData("Tanh(3)", "2.6", "TypeError", "Tanh.__init__() takes 1 positional argument but 2 were given")]
    [InlineData("GRU(3, 4, batch_first=1)", "2.11", "TypeError", "batch_first should be of type bool, got: int")]
    [InlineData("GroupNorm(3, 2)", "2.6", "ValueError", "num_channels must be divisible by num_groups")]
    [InlineData("GroupNorm(3, 2)", "2.11", "ValueError", "num_channels (2) must be divisible by num_groups (3)")]
    [InlineData("Linear(3, 'x')", "2.6", "TypeError", null)]
    [InlineData("Dropout(2.0)", "2.6", "ValueError", "dropout probability has to be between 0 and 1, but got 2.0")]
    [InlineData("init.dirac_((3, 3, 0, 1), 2)", "2.6", "ValueError", "dim 0 must be divisible by groups")]
    [InlineData("init.dirac_((4, 3, 0, 1), 2)", "2.6", "IndexError", "index 0 is out of bounds for dimension 2 with size 0")]
    [InlineData("init.dirac_((2, 2, 0))", "2.6", "IndexError", "index 0 is out of bounds for dimension 2 with size 0")]
    [InlineData("init.kaiming_uniform_((3, 5), a=1e300)", "2.6", "OverflowError", "(34, 'Numerical result out of range')")]
    public void The_exception_is_the_versions(string expression, string version, string kind, string? text)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => InitPlan.Of(expression, TorchProfile.For(version)));
        Assert.Equal((kind, text), (error.TorchKind, error.TorchMessage));
    }

    [Fact]
    public void A_modules_arguments_are_made_before_it_is_looked_at()
        => Assert.Equal("in_channels must be divisible by groups",
        Assert.Throws<TorchArgumentException>(() => InitPlan.Of("Sequential(Conv2d(3, 4, 3, groups=2), 'x', size=3)")).TorchMessage);

    [Fact]
    public void A_module_where_none_stands_is_refused_and_not_forgotten()
    {
        Assert.Contains("Linear(2, 3)", Assert.Throws<ArgumentException>(() => InitPlan.Of("LayerNorm(3, Linear(2, 3))")).Message,
            StringComparison.Ordinal);
        Assert.Contains("not a module", Assert.Throws<ArgumentException>(() => InitPlan.Of("Sequential(uniform_((3,)))")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.b", "module name can't contain \".\", got: a.b")]
    [InlineData("", "module name can't be empty string \"\"")]
    [InlineData("training", "attribute 'training' already exists")]
    [InlineData("twice", "attribute 'twice' already exists")]
    public void A_childs_name_is_one_that_torch_takes(string name, string text)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(()
            => Modules.Sequential(("twice", Modules.Linear(2, 3)), (name, Modules.Parameterless("ReLU()"))));
        Assert.Equal(("KeyError", text), (error.TorchKind, error.TorchMessage));
    }

    [Theory]
    [InlineData("a.b", "parameter name can't contain \".\"")]
    [InlineData("", "parameter name can't be empty string \"\"")]
    [InlineData("child", "attribute 'child' already exists")]
    public void A_parameters_name_is_one_that_torch_takes(string name, string text)
        => Assert.Equal(text, Assert.Throws<TorchArgumentException>(()
        => new PlanBuilder().Child("child", Modules.Linear(2, 3)).Parameter(name, 3)).TorchMessage);

    [Fact]
    public void The_square_of_an_integer_slope_is_rounded_once()
    {
        // 2 / (1 + 9007199254740993²) in Python: the square has 107 bits; with a double slope the result is 1.5700924586837752e-16.
        Assert.Equal(1.570092458683775e-16,
            InitPlan.Of("init.calculate_gain('leaky_relu', 9007199254740993)").Materialize(0)[""].AsSpan<double>()[0]);
        Assert.Equal(1.4901160977842433e-08,
            InitPlan.Of("init.calculate_gain('leaky_relu', 94906267)").Materialize(0)[""].AsSpan<double>()[0]);
    }

    [Fact]
    public void A_reset_says_again_that_a_tensor_is_empty()
    {
        InitPlan plan = InitPlan.Of("Linear(0, 3)");
        Generator generator = new(0);
        StateDict state = plan.Materialize(generator);
        Assert.Equal(["Initializing zero-element tensors is a no-op"],
            HeardWarnings.Of(() => plan.ResetParameters(state, generator)).Select(warning => warning.Message));
    }
}
