namespace TorchInit.Tests.Expressions;

/// <summary>Values that are not followed may stand in a text as long as no weight depends on them; the corpus has what
/// torch gives.</summary>
public class UnknownValueTextTests
{
    const string Head = "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        + "        self.fc = nn.Linear(2, 2)\n        ";

    [Theory]
    [InlineData("self.freqs = 10000.0 ** (torch.arange(0, 8, 2).float() / 8)")]
    [InlineData("self.register_buffer('angles', torch.polar(torch.ones(3), torch.ones(3)), persistent=False)")]
    [InlineData("q, self.r = torch.linalg.qr(torch.randn(2, 2))")]
    [InlineData("self.x = [torch.randn(3).softmax(0) + torch.randn(3) @ torch.randn(3)]")]
    [InlineData("x = torch.zeros(4)\n        x.add_(torch.randn(4).cumsum(0))\n        self.x = x * 2")]
    public void What_no_weight_needs_may_be_anything(string line)
        => Assert.Equal(["fc.weight", "fc.bias"], InitPlan.Of($"{Head}{line}\nnet = Net()").StateTensors.Select(tensor => tensor.Name));

    [Fact]
    public void What_it_draws_is_drawn()
    {
        InitPlan plan = InitPlan.Of("class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
            + "        q, r = torch.linalg.qr(torch.randn(4, 4))\n        self.fc = nn.Linear(2, 2)\nnet = Net()");
        InitPlan same = InitPlan.Of("x = torch.randn(4, 4)\nnet = nn.Linear(2, 2)");
        AssertBits.Equal(same.Materialize(5)["net.weight"].AsSpan<float>().ToArray(),
            plan.Materialize(5)["fc.weight"].AsSpan<float>().ToArray());
    }

    [Theory]
    [InlineData("self.register_buffer('angles', torch.polar(torch.ones(3), torch.ones(3)))", "polar")]
    [InlineData("self.w = nn.Parameter(torch.randn(3).softmax(0))", "softmax")]
    [InlineData("self.fc.weight.data.copy_(torch.linalg.qr(torch.randn(2, 2))[0])", "linalg.qr")]
    [InlineData("self.fc.weight.data[0] = torch.randn(2).softmax(0)", "softmax")]
    [InlineData("x = torch.zeros(2)\n        y = x.view(2, 1)\n        y += torch.randn(2, 1).softmax(0)\n        self.w = nn.Parameter(x)",
        "softmax")]
    [InlineData("x = torch.zeros(2, 2)\n        y = torch.movedim(x, 0, 1)\n        y[0] = 1\n        self.w = nn.Parameter(x)", "movedim")]
    [InlineData("p = torch.randn(2).softmax(0)\n        self.x = torch.bernoulli(p)", "softmax")]
    [InlineData("w = self.fc.weight.data\n        w /= w.norm()", "norm")]
    public void What_a_weight_or_a_draw_needs_is_refused(string line, string name)
        => Assert.StartsWith($"{name} is not followed: ", Assert.Throws<NotFollowedException>(
            () => InitPlan.Of($"{Head}{line}\nnet = Net()")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_filled_afterwards_is_known_again()
    {
        InitPlan plan = InitPlan.Of($"{Head}self.fc.weight.data.copy_(torch.zeros(2, 2).softmax(0))\n        "
            + "nn.init.ones_(self.fc.weight)\nnet = Net()");
        Assert.All(plan.Materialize(0)["fc.weight"].AsSpan<float>().ToArray(), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void A_variable_that_is_the_result_is_refused()
        => Assert.StartsWith("matmul is not followed: ", Assert.Throws<NotFollowedException>(
            () => InitPlan.Of("x = torch.randn(2, 3)\ny = x.T @ x")).Message, StringComparison.Ordinal);
}
