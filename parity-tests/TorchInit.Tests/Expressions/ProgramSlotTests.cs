using TorchInit.Syntax;

namespace TorchInit.Tests.Expressions;

/// <summary>Which tensor is where after ties, wrappers and second names: names and first values are those of torch 1.13.1, seed
/// 0.</summary>
public class ProgramSlotTests
{
    const string Class = "class N(nn.Module):\n  def __init__(self):\n    super().__init__()\n    ";

    [Theory]
    [InlineData("a = nn.Linear(2, 2)\nb = nn.Linear(2, 2)\nb.weight = a.weight\na.weight = nn.Parameter(torch.ones(2, 2))\n"
        + "net = nn.Sequential(a, b)", "0.weight 1.0000, 0.bias -0.2723, 1.weight -0.0053, 1.bias -0.2137")]
    [InlineData("a = nn.Embedding(3, 2)\nb = nn.Linear(2, 3)\nb.weight = a.weight\nb.reset_parameters()\nnet = nn.Sequential(a, b)",
        "0.weight 0.5872, 1.weight 0.5872, 1.bias -0.6560")]
    [InlineData("a = nn.Linear(2, 2)\nb = nn.Linear(2, 2)\nm = nn.Sequential(a, b)\nb.weight = a.weight\n"
        + "net = nn.TransformerEncoder(m, 1)",
        "layers.0.0.weight -0.0053, layers.0.0.bias -0.2723, layers.0.1.weight -0.0053, layers.0.1.bias -0.2137")]
    [InlineData("a = nn.Linear(2, 2)\nb = nn.Linear(2, 2)\nc = nn.Linear(2, 2)\na.weight = b.weight\nb.weight = c.weight\n"
        + "net = nn.Sequential(a, b, c)",
        "0.weight -0.0140, 0.bias -0.2723, 1.weight -0.6755, 1.bias -0.2137, 2.weight -0.6755, 2.bias 0.2795")]
    public void A_tie_is_of_one_place(string text, string expected) => Assert.Equal(expected, FirstValues(text));

    [Theory]
    [InlineData("nn.utils.weight_norm(self.a)", "a.bias -0.5820, a.weight_g 0.3794, a.weight_v -0.0053")]
    [InlineData("self.b = nn.utils.weight_norm(self.a)",
        "a.bias -0.5820, a.weight_g 0.3794, a.weight_v -0.0053, b.bias -0.5820, b.weight_g 0.3794, b.weight_v -0.0053")]
    [InlineData("self.w = self.a.weight; self.register_parameter('v', self.a.bias)",
        "w -0.0053, v -0.5820, a.weight -0.0053, a.bias -0.5820")]
    [InlineData("self.b = nn.Sequential(nn.ReLU(), nn.Linear(1, 1)); self.c = self.b[1]",
        "a.weight -0.0053, a.bias -0.5820, b.1.weight -0.7359, b.1.bias -0.3852, c.weight -0.7359, c.bias -0.3852")]
    public void A_wrapper_changes_the_module_and_a_part_may_have_two_names(string statement, string expected)
        => Assert.Equal(expected, FirstValues($"{Class}self.a = nn.Linear(2, 1)\n    {statement}\nnet = N()"));

    [Fact]
    public void A_wrapper_changes_a_variable()
        => Assert.Equal("bias -0.5820, weight_g 0.3794, weight_v -0.0053",
            FirstValues("net = nn.Linear(2, 1)\nnn.utils.weight_norm(net)"));

    [Fact]
    public void A_wrapper_of_what_a_container_has_is_refused()
        => Assert.Contains("weight_norm of a module that is part of another one is not followed", Assert.Throws<NotFollowedException>(()
            => FirstValues("l = nn.Linear(2, 1)\nnet = nn.Sequential(l)\nnn.utils.weight_norm(l)")).Message, StringComparison.Ordinal);

    [Fact]
    public void Buffers_are_replaced_by_buffers_and_saved_if_persistent()
        => Assert.Equal("w 0.4901", FirstValues($"{Class}self.register_buffer('m', torch.rand(2), persistent=False)\n"
            + "    self.register_buffer('n', torch.rand(2), False)\n    self.register_buffer(name='w', tensor=torch.rand(2))\n"
            + "    self.w = torch.rand(3)\nnet = N()"));

    [Theory]
    [InlineData("print(torch.rand(3))", "torch.rand")]
    [InlineData("print(nn.Linear(3, 3))", "nn.Linear")]
    [InlineData("print(net(torch.randn(1, 2)))", "torch.randn")]
    [InlineData("print(x.bernoulli(0.5))", "x.bernoulli")]
    [InlineData("o = torch.optim.SGD(nn.Linear(2, 1).parameters(), lr=0.1)", "nn.Linear")]
    public void What_is_skipped_may_not_draw(string statement, string found)
        => Assert.Contains($"is skipped, found '{found}'; it needs a line of its own", Assert.Throws<TorchExpressionException>(()
            => TorchProgram.Parse($"{statement}\nnet = nn.Linear(2, 1)")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_only_prints_is_skipped()
        => Assert.Equal("weight -0.0053, bias -0.5820", FirstValues("net = nn.Linear(2, 1)\nprint('w', net, sum(p.numel() for p in "
            + "net.parameters()))\no = torch.optim.SGD(net.parameters(), lr=0.1)"));

    [Fact]
    public void A_memory_format_changes_no_value()
        => Assert.Equal("weight -0.0053, bias -0.5820",
            FirstValues("net = nn.Linear(2, 1)\nnet = net.to(memory_format=torch.channels_last)"));

    static string FirstValues(string text)
        => string.Join(", ", TorchProgram.Parse(text).ToPlan(TorchProfile.For("1.13")).Materialize(0).Select(tensor
            => FormattableString.Invariant($"{tensor.Key} {tensor.Value.AsSpan<float>()[0]:F4}")));
}
