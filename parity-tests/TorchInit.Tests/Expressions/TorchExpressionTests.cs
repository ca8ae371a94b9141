namespace TorchInit.Tests.Expressions;

public class TorchExpressionTests
{
    [Theory]
    [InlineData("Linear(3, 4)", "Linear(3, 4)")]
    [InlineData("nn.Linear(3,4,)", "Linear(3, 4)")]
    [InlineData("torch.nn.Linear( 3 ,\r\n\t4 )\n", "Linear(3, 4)")]
    [InlineData("torch . nn . Linear (3)", "Linear(3)")]
    [InlineData("torch.nn.init.kaiming_normal_((64, 32), mode='fan_out')", "init.kaiming_normal_((64, 32), mode='fan_out')")]
    [InlineData("nn.init.zeros_((3))", "init.zeros_(3)")]
    [InlineData("torch.nn.utils.weight_norm(nn.Linear(3, 4), dim=None)", "utils.weight_norm(Linear(3, 4), dim=None)")]
    [InlineData("nn.utils.parametrizations.spectral_norm(Linear(3,4))", "parametrizations.spectral_norm(Linear(3, 4))")]
    [InlineData("torch.randperm(5)", "randperm(5)")]
    [InlineData("ReLU()", "ReLU()")]
    [InlineData("f(a=1, b=[True, False, None], c=())", "f(a=1, b=[True, False, None], c=())")]
    [InlineData("f((3,), (3), [], [1,], (1,2,))", "f((3,), 3, [], [1], (1, 2))")]
    [InlineData("f(-3, +3, 1_000, 0x_Ff, -0x10, 0, 00, -0)", "f(-3, 3, 1000, 255, -16, 0, 0, 0)")]
    [InlineData("f(9223372036854775807, -9223372036854775808)", "f(9223372036854775807, -9223372036854775808)")]
    [InlineData("f(1., .1, 1e-3, 1E+5, 1_0.5_0, 00.5, 0e0, -0.0)", "f(1.0, 0.1, 0.001, 100000.0, 10.5, 0.5, 0.0, -0.0)")]
    [InlineData("f(inf, -inf, nan, math.inf, -math.inf, math.nan, float('inf'), float(\"-inf\"), -float('inf'), float('nan'), 1e999)",
        "f(inf, -inf, nan, inf, -inf, nan, inf, -inf, -inf, nan, inf)")]
    [InlineData("f(math.sqrt(5), sqrt(2), -sqrt(0.25), math.sqrt(inf))", "f(2.23606797749979, 1.4142135623730951, -0.5, inf)")]
    [InlineData("f('a', \"b\", 'it\\'s', \"it's\", '\\\"', '\\\\\\n\\r\\t\\x41', 'é𝄞')",
        "f('a', 'b', \"it's\", \"it's\", '\"', '\\\\\\n\\r\\tA', 'é𝄞')")]
    [InlineData("init.orthogonal_((20, 30).T, gain=1)", "init.orthogonal_((20, 30).T, gain=1)")]
    [InlineData("LazyLinear(4)(2, 3)", "LazyLinear(4)(2, 3)")]
    [InlineData("LazyLinear(4)((2, 3))", "LazyLinear(4)(2, 3)")]
    [InlineData("LazyLinear(4)([2, 3],)", "LazyLinear(4)(2, 3)")]
    [InlineData("LazyLinear(4)(7)", "LazyLinear(4)(7)")]
    [InlineData("LazyLinear(4)(())", "LazyLinear(4)(())")]
    public void A_spelling_has_one_canonical_form(string spelling, string canonical)
    {
        TorchCall call = TorchExpression.Parse(spelling);
        Assert.Equal(canonical, call.ToString());
        Assert.Equal(call, TorchExpression.Parse(canonical));
    }

    [Fact]
    public void A_call_is_this_tree()
    {
        TorchCall call = TorchExpression.Parse("nn.Conv2d(3, (1, 2), padding='same', eps=1e-5)(1, 3, 8)");
        Assert.Equal("Conv2d", call.Name);
        Assert.Equal([new TorchInt(3), new TorchTuple(new TorchInt(1), new TorchInt(2))], call.Arguments);
        Assert.Equal([new TorchKeyword("padding", new TorchString("same")), new TorchKeyword("eps", new TorchFloat(1e-5))], call.Keywords);
        Assert.Equal([1, 3, 8], call.Forward);
    }

    [Fact]
    public void Equality_is_by_structure()
    {
        Assert.NotEqual<TorchValue>(new TorchTuple(new TorchInt(1)), new TorchList(new TorchInt(1)));
        Assert.NotEqual<TorchValue>(new TorchInt(1), new TorchFloat(1));
        Assert.NotEqual(TorchExpression.Parse("f(a=1, b=2)"), TorchExpression.Parse("f(b=2, a=1)"));
        Assert.NotEqual(TorchExpression.Parse("f()(2)"), TorchExpression.Parse("f()"));
        Assert.Equal(TorchExpression.Parse("f([1, (nan,)])").GetHashCode(), TorchExpression.Parse("f([1, (nan,)])").GetHashCode());
    }

    [Theory]
    [InlineData("a-b")]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("None")]
    [InlineData("_private")]
    [InlineData("a.__b")]
    public void A_call_has_a_name_that_can_be_read_back(string name)
        => Assert.Contains($"name is '{name}'; allowed: ", Assert.Throws<ArgumentException>(() => new TorchCall(name)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_call_made_by_hand_is_checked_too()
    {
        Assert.Throws<ArgumentException>(() => new TorchKeyword("lambda", TorchNone.Instance));
        Assert.Throws<ArgumentException>(() => new TorchCall("f", keywords: [new("a", TorchNone.Instance), new("a", TorchNone.Instance)]));
        Assert.Throws<ArgumentException>(() => new TorchCall("f", forward: [2, -1]));
        Assert.Throws<ArgumentException>(() => new TorchTuple(new TorchInt(1), null!));
        Assert.Throws<ArgumentException>(() => new TorchString("\ud800"[..1]));
    }
}
