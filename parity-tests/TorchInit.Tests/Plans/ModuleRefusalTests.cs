namespace TorchInit.Tests.Plans;

/// <summary>Arguments of modules that torch refuses, with its kind of exception, and those that no caller of torch can give.</summary>
public class ModuleRefusalTests
{
    static string Kind(Action made) => Assert.Throws<TorchArgumentException>(made).TorchKind;

    [Fact]
    public void Containers_without_a_child_or_its_name()
    {
        Assert.Throws<ArgumentNullException>("children", () => Modules.Sequential((InitPlan)null!));
        Assert.Throws<ArgumentNullException>("children", () => Modules.Sequential(Modules.Linear(1, 1), null!));
        Assert.Throws<ArgumentNullException>("children", () => Modules.Sequential(("a", null!)));
        Assert.Throws<ArgumentNullException>("children", () => Modules.Sequential((null!, Modules.Linear(1, 1))));
    }

    // As torch 1.13.1 answers.
    [Theory]
    [InlineData("keys", "ModuleDict")]
    [InlineData("items", "ModuleDict")]
    [InlineData("values", "ModuleDict")]
    [InlineData("clear", "ModuleDict")]
    [InlineData("update", "ModuleDict")]
    [InlineData("append", "Sequential")]
    [InlineData("insert", "Sequential")]
    [InlineData("extend", "Sequential")]
    [InlineData("pop", "ModuleDict Sequential")]
    [InlineData("forward", "ModuleDict Sequential")]
    [InlineData("training", "ModuleDict Sequential")]
    [InlineData("copy", "")]
    [InlineData("weight", "")]
    public void Names_of_a_containers_attributes(string name, string refusing)
    {
        foreach ((string torchClass, string expression) in (IEnumerable<(string, string)>)
            [("ModuleDict", $"ModuleDict({{'{name}': Linear(1, 1)}})"),
                ("Sequential", $"Sequential(OrderedDict([('{name}', Linear(1, 1))]))")])
        {
            if (refusing.Split(' ').Contains(torchClass)) { Assert.Equal("KeyError", Kind(() => InitPlan.Of(expression))); }
            else { Assert.Equal($"{name}.weight", InitPlan.Of(expression).Tensors[0].Name); }
        }
    }

    [Theory]
    [InlineData(0, "ZeroDivisionError")]
    [InlineData(double.NaN, "ValueError")]
    [InlineData(1e300, "OverflowError")]
    [InlineData(1e-160, "TypeError")]
    [InlineData(1e-310, "OverflowError")]
    [InlineData(-1, "RuntimeError")]
    public void Divisors_of_an_adaptive_softmax(double divisor, string kind)
        => Assert.Equal(kind, Kind(() => Modules.AdaptiveLogSoftmaxWithLoss(16, 100, [10, 20], divisor)));

    [Fact]
    public void Divisors_of_an_adaptive_softmax_that_torch_takes()
    {
        Assert.Equal([32, 16], Modules.AdaptiveLogSoftmaxWithLoss(16, 100, [10, 20], 0.5)["tail.0.0.weight"].Shape);
        Assert.Equal([0, 16], Modules.AdaptiveLogSoftmaxWithLoss(16, 100, [10, 20], double.PositiveInfinity)["tail.0.0.weight"].Shape);
    }

    [Fact]
    public void The_smallest_number_divided_by_minus_one()
    {
        Assert.Empty(Modules.GroupNorm(-1, long.MinValue, affine: false).Tensors);
        Assert.Equal("RuntimeError", Kind(() => Modules.GroupNorm(-1, long.MinValue)));
        Assert.Equal("RuntimeError", Kind(() => Modules.MultiheadAttention(long.MinValue, -1, profile: TorchProfile.For("1.13"))));
        Assert.Equal("ValueError", Kind(() => Modules.MultiheadAttention(long.MinValue, -1)));
        Assert.Equal("RuntimeError", Kind(() => Init.Dirac<float>(new float[6], [long.MinValue, 2, 3], -1)));
    }
}
