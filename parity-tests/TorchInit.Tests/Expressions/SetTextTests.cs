namespace TorchInit.Tests.Expressions;

/// <summary>Sets: what is in one is known, the order in which Python goes through it is not.</summary>
public class SetTextTests
{
    [Theory]
    [InlineData("net = nn.Linear(len({1, 2, 2.0, True}), 1)", 2)]
    [InlineData("s = {1, 2} & {2, 3} | {7}\ns.update([8])\ns.discard(99)\ns.remove(7)\nnet = nn.Linear(max(s), 1)", 8)]
    [InlineData("a = {1, 2}\nb = a\nb -= {1}\nnet = nn.Linear(len(a), 1)", 1)]
    [InlineData("s = {1, 2}\ns.remove(1.0)\nnet = nn.Linear(len(s), 1)", 1)]
    [InlineData("a = {1, 2}\nb = a | {3}\nnet = nn.Linear(len(a), 1)", 2)]
    [InlineData("net = nn.Linear(3 if {1} <= {1, 2} and not {1, 2} < {1, 2} else 4, 1)", 3)]
    [InlineData("net = nn.Linear(5 if 'a' in {c for c in 'banana'} else 4, 1)", 5)]
    [InlineData("net = nn.Linear(sorted(set('cab')).index('c') + 1, 1)", 3)]
    public void A_set_is_as_in_Python(string text, int width)
        => Assert.Equal([1, width], InitPlan.Of(text)["weight"].Shape.Select(size => (int)size));

    [Theory]
    [InlineData("for n in {1, 2}: net = nn.Linear(n, n)", "whose order is not followed")]
    [InlineData("net = nn.Linear(*list({1, 2}))", "whose order is not followed")]
    [InlineData("s = {nn.Linear(1, 1)}\nnet = nn.Linear(1, 1)", "numbers, names and classes in a set")]
    [InlineData("s = {1}\ns.remove(2)\nnet = nn.Linear(1, 1)", "KeyError: 2")]
    [InlineData("net = nn.Linear({1}, 2)", "than a set")]
    [InlineData("d = {'a': 1}\nv = d.values()\nd['b'] = 2\nnet = nn.Linear(sum(v), 1)", "while a variable holds its keys, values or items")]
    [InlineData("def f(n): return torch.randn(n) is None\nx = any(f(i) for i in range(3))\nnet = nn.Linear(1, 1)", "any, which ends early")]
    [InlineData("def f(n): torch.randn(n)\nx: f(2) = 3\nnet = nn.Linear(1, x)", "an annotation")]
    public void What_is_not_known_is_refused(string text, string said)
        => Assert.Contains(said, Assert.Throws<TorchExpressionException>(() => InitPlan.Of(text)).Message, StringComparison.Ordinal);
}
