namespace TorchInit.Tests.Expressions;

public class TorchProgramTests
{
    /// <summary>What is made beforehand and what is written inside of it have the same draws.</summary>
    [Theory]
    [InlineData("a = nn.Linear(3, 4)\nb = nn.Linear(4, 5)\nnet = nn.Sequential(a, nn.ReLU(), b)",
        "Sequential(Linear(3, 4), ReLU(), Linear(4, 5))")]
    [InlineData("e = nn.TransformerEncoderLayer(8, 2, 16)\nm = nn.TransformerEncoder(e, 2)",
        "TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 2)")]
    [InlineData("l = nn.Linear(4, 3)\nm = nn.utils.weight_norm(l)", "utils.weight_norm(Linear(4, 3))")]
    [InlineData("l = nn.Linear(4, 3)\nm = nn.utils.parametrizations.spectral_norm(l)", "parametrizations.spectral_norm(Linear(4, 3))")]
    [InlineData("layers = []\nfor i in range(3):\n    layers.append(nn.Linear(2 + i, 3 + i))\nnet = nn.Sequential(*layers)",
        "Sequential(Linear(2, 3), Linear(3, 4), Linear(4, 5))")]
    [InlineData("sizes = [4, 3, 2]\nnet = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:])])",
        "ModuleList([Linear(4, 3), Linear(3, 2)])")]
    [InlineData("import torch\nfrom torch import nn\nnet = nn.Linear(2*2, 3)", "Linear(4, 3)")]
    [InlineData("x = 5; m = nn.Linear(x, x // 2)", "Linear(5, 2)")]
    [InlineData("w = torch.empty(3, 5)\nnn.init.xavier_uniform_(w)", "init.xavier_uniform_((3, 5))")]
    [InlineData("w = nn.Parameter(torch.empty(3, 5))\nw.data.normal_(0, 0.5)", "init.normal_((3, 5), 0, 0.5)")]
    public void Lines_draw_what_one_expression_draws(string lines, string expression)
    {
        StateDict expected = InitPlan.Of(expression).Materialize(seed: 9);
        StateDict actual = InitPlan.Of(lines).Materialize(seed: 9);
        Assert.Equal(expected.Values.Select(tensor => Convert.ToHexString(tensor.Bytes(0, tensor.Count))),
            actual.Values.Select(tensor => Convert.ToHexString(tensor.Bytes(0, tensor.Count))));
        if (expected.Keys.First().Length > 0) { Assert.Equal(expected.Keys, actual.Keys); }
    }

    [Fact]
    public void Modules_are_drawn_where_they_are_made_not_where_they_stand()
    {
        StateDict first = InitPlan.Of("b = nn.Linear(4, 5)\na = nn.Linear(3, 4)\nnet = nn.Sequential(a, b)").Materialize(seed: 0);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], first.Keys);
        Assert.Equal(InitPlan.Of("Linear(4, 5)").Materialize(seed: 0)["weight"].AsSpan<float>().ToArray(),
            first["1.weight"].AsSpan<float>().ToArray());
    }

    const string Net = """
        class Block(nn.Module):
            '''A block.'''
            def __init__(self, width, times=4):
                super().__init__()
                self.scale = nn.Parameter(torch.ones(width))
                self.ff = nn.Sequential(nn.Linear(width, times * width), nn.ReLU(), nn.Linear(times * width, width))

            def forward(self, x):
                return self.ff(x) * self.scale

        class Net(nn.Module):
            def __init__(self, width: int = 6):
                super(Net, self).__init__()
                self.embed = nn.Embedding(11, width)
                self.blocks = nn.ModuleList([Block(width) for _ in range(2)])
                self.head = nn.Linear(width, 11, bias=False)
                self.head.weight = self.embed.weight
                nn.init.normal_(self.embed.weight, std=0.02)

        torch.manual_seed(1337)
        net = Net(width=3)
        print(net)
        """;

    [Fact]
    public void A_class_gives_its_state_dict()
    {
        TorchProgram program = TorchProgram.Parse(Net);
        Assert.Equal(1337UL, program.Seed);
        InitPlan plan = program.ToPlan();
        Assert.Equal("Net()", plan.Title);
        Assert.Equal(["embed.weight", "blocks.0.scale", "blocks.0.ff.0.weight", "blocks.0.ff.0.bias", "blocks.0.ff.2.weight",
            "blocks.0.ff.2.bias", "blocks.1.scale", "blocks.1.ff.0.weight", "blocks.1.ff.0.bias", "blocks.1.ff.2.weight",
            "blocks.1.ff.2.bias", "head.weight"], plan.StateTensors.Select(tensor => tensor.Name));
        Assert.Equal("embed.weight", plan["head.weight"].SameAs);
        Assert.Equal(11, plan.Parameters.Count());
    }

    [Theory]
    [InlineData("m = nn.Lineer(3, 4)", "'Lineer' is not a name of torch.nn or torch.nn.init with initial values; nearest: Linear")]
    [InlineData("m = nn.Linear(3, 4)\nnn.init.zeros_(m.wieght)", "has no tensor 'wieght'; nearest: weight")]
    [InlineData("width = 3\nm = nn.Linear(wdith, 4)", "expected a value, found the name 'wdith'; nearest: width")]
    [InlineData("m = nn.Linear(3, 4)\ntorch.manual_seed(0)", "expected torch.manual_seed before the first module or tensor")]
    [InlineData("x = 3\nwhile True: pass", "at most 1048576 steps of work")]
    [InlineData("m = nn.Linear(3, 4)\nm.apply(weights)", "expected a value, found the name 'weights'")]
    [InlineData("x = 5", "expected a module or tensor that the text makes, found none")]
    [InlineData("m = nn.Linear(3, 4)\nm.weight.data.mull_(3)", "'mull_' is not a name")]
    [InlineData("self.fc = nn.Linear(3, 4)\nnn.init.zeros_(self.fc2.bias)",
        "expected an attribute that is already set, found 'fc2'; nearest: fc")]
    [InlineData("a = [0]\nfor i in range(60000):\n    a = a + [i]", "at most")]
    [InlineData("a = [nn.ReLU()]\nfor i in range(60):\n    a = [a, a]\nm = nn.Sequential(*a)", "at most 65536 parts")]
    [InlineData("class A(nn.Module):\n    def __init__(self):\n        self.a = A()\nm = A()", "at most 64 levels of nesting")]
    [InlineData("def f(n):\n    return f(n)\nm = nn.Linear(f(3), 4)", "at most 64 levels of nesting")]
    [InlineData("def f(n):\n    return n\nm = nn.Linear(f(), 4)", "missing a required argument: 'n'")]
    [InlineData("try:\n    import apex\nexcept ImportError:\n    pass", "expected no import inside 'try'")]
    [InlineData("x = 3\nassert x < 2, 'no'", "AssertionError")]
    [InlineData("x = 3\nraise ValueError('no')", "ValueError: the text raises it here")]
    [InlineData("class A(nn.Transformer):\n    pass\na = A()", "expected modules whose children are in the text")]
    [InlineData("class A(nn.BatchNorm2d):\n    def reset_running_stats(self): pass\na = A(2)", "leaves reset_running_stats")]
    [InlineData("p = [x.item() for x in torch.linspace(0, 1, 3)]\nm = nn.init.normal_(torch.empty(3), std=p[1] * 2)", "torch.linspace")]
    [InlineData("import os; os.system('ls')", "'os.system' is not a name")]
    public void What_is_not_understood_is_refused(string lines, string named)
    {
        Exception error = Assert.ThrowsAny<Exception>(() => TorchProgram.Parse(lines).ToPlan());
        Assert.True(error is ArgumentException or TorchExpressionException, error.ToString());
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 500, error.Message);
    }

    [Theory]
    [InlineData("Linaer(3, 4)", "nearest: Linear")]
    [InlineData("init.xavier_unifrom_((3, 4))", "nearest: init.xavier_uniform")]
    [InlineData("nn.Relu()", "nearest: ReLU")]
    [InlineData("Conv2D(3, 4, 5)", "nearest: Conv2d")]
    [InlineData("Zzzzzzzzzzzzzzzzz()", "allowed: for example Linear(3, 5)")]
    public void A_refused_name_says_the_nearest(string expression, string named)
    {
        string message = Assert.Throws<ArgumentException>(() => InitPlan.Of(expression)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.True(message.Length < 300, message);
    }
}
