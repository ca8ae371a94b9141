namespace TorchInit.Tests.Expressions;

/// <summary>Names of the text win over torch's, and what nobody calls is not made.</summary>
public class CallableTextTests
{
    [Fact]
    public void A_class_that_nobody_calls_is_not_the_result()
        => Assert.Equal(["0.weight", "0.bias"], Names("class A(nn.Module):\n    def __init__(self, d=2):\n        super().__init__()\n"
            + "        self.w = nn.Linear(d, 1)\nnet = nn.Sequential(nn.Linear(3, 2))"));

    [Fact]
    public void The_last_class_is_the_result_of_a_text_that_makes_nothing()
        => Assert.Equal(["b.weight"], Names("class A(nn.Module):\n    def __init__(self):\n        self.a = nn.Linear(1, 1)\n"
            + "class B(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.b = nn.Linear(2, 1, bias=False)"));

    [Fact]
    public void Several_models_have_their_names_in_front()
        => Assert.Equal(["g.f.weight", "d.f.weight"], Names("class G(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n"
            + "        self.f = nn.Linear(n, 1, bias=False)\ng = G(2)\nd = G(3)\nloss = nn.BCELoss()"));

    [Theory]
    [InlineData("Generator")]
    [InlineData("Transformer")]
    [InlineData("Parameter")]
    [InlineData("Sequential")]
    [InlineData("Tensor")]
    [InlineData("Dropout")]
    [InlineData("LSTM")]
    public void A_class_may_be_called_like_one_of_torch(string name)
    {
        string text = $"class {name}(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(2, 3)\n"
            + $"net = {name}()\nnet.apply(lambda m: nn.init.ones_(m.weight) if isinstance(m, nn.Linear) else None)\n"
            + $"for m in net.modules():\n    if isinstance(m, nn.{(name == "Generator" ? "LSTM" : name)}) or type(m) == nn.ReLU: "
            + "nn.init.zeros_(net.a.bias)";
        if (name is "Parameter" or "Tensor") { text = text[..text.IndexOf("for m", StringComparison.Ordinal)]; }
        InitPlan plan = InitPlan.Of(text);
        Assert.Equal($"{name}()", plan.Title);
        Assert.Equal(name, plan.TorchClass);
        Assert.All(plan.Materialize(3)["a.weight"].AsSpan<float>().ToArray(), weight => Assert.Equal(1, weight));
        Assert.Contains(plan.Materialize(3)["a.bias"].AsSpan<float>().ToArray(), bias => bias != 0);
    }

    [Theory]
    [InlineData("f'a{1 + 1:02d}{{}}{\"x\"!r}'", "a02{}'x'")]
    [InlineData("'%s-%d' % ('a', 3)", "a-3")]
    [InlineData("'{}{1}{k}'.format(1, 2, k='z')", "12z")]
    [InlineData("'a' 'b' r'\\n'", "ab\\\\n")]
    [InlineData("'a.b'.split('.')[-1].upper().replace('B', 'c')", "c")]
    [InlineData("'_'.join(['a', 'b'])", "a_b")]
    public void Names_are_made_as_in_Python(string expression, string made)
        => Assert.Equal(["n.weight"], Names($"class A(nn.Module):\n    def __init__(self, t):\n        super().__init__()\n"
            + "        setattr(self, 'n' if t == '" + made.Replace("'", "\\'", StringComparison.Ordinal)
            + $"' else 'other', nn.Linear(1, 1, bias=False))\na = A({expression})"));

    [Fact]
    public void A_reset_that_leaves_buffers_open_is_not_followed()
        => Assert.Contains("has a reset_parameters of its own", Assert.Throws<NotFollowedException>(()
            => InitPlan.Of("class A(nn.BatchNorm2d):\n    def reset_parameters(self): pass\na = A(2)")).Message, StringComparison.Ordinal);

    /// <summary>The reader is where it was, with its variables, when a default in the middle of a function is not understood.</summary>
    [Fact]
    public void A_default_that_is_not_understood_matters_only_where_it_is_used()
    {
        const string Text = "def f(a):\n    b = a\n    return q\ndef g(x=f(1)):\n    return x\nnet = nn.Linear(2, 2)";
        Assert.Equal(["weight", "bias"], Names(Text));
        Assert.Contains("found the name 'q'", Assert.Throws<TorchExpressionException>(() => InitPlan.Of($"{Text}\ng()")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_has_the_name_of_its_class()
        => Assert.Equal("A()", InitPlan.Of("class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
            + "        self.l = nn.Linear(1, 1)\nnet = copy.deepcopy(A())").Title);

    static IEnumerable<string> Names(string text) => InitPlan.Of(text).StateTensors.Select(tensor => tensor.Name);
}
