namespace TorchInit.Tests.Expressions;

/// <summary>Several base classes, in Python's order.</summary>
public class BaseClassTextTests
{
    const string Diamond = "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(1, 1)\n"
        + "class B(A):\n    def __init__(self):\n        super().__init__()\n        self.b = nn.Linear(1, 1)\n"
        + "class C(A):\n    def __init__(self):\n        super().__init__()\n        self.c = nn.Linear(1, 1)\n";

    [Fact]
    public void Each_init_runs_once_the_farthest_first()
        => Assert.Equal(["a", "c", "b"], InitPlan.Of($"{Diamond}class D(B, C): pass\nnet = D()").StateTensors
            .Select(tensor => tensor.Name.Split('.')[0]).Distinct());

    [Theory]
    [InlineData("class M:\n    def apply(self, f): nn.init.ones_(self.fc.weight)\nclass N(nn.Module, M):", false)]
    [InlineData("class M:\n    def apply(self, f): nn.init.ones_(self.fc.weight)\nclass N(M, nn.Module):", true)]
    public void What_nn_Module_has_comes_before_what_stands_behind_it(string head, bool isOwn)
    {
        InitPlan plan = InitPlan.Of($"{head}\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(1, 1)\n"
            + "        self.apply(lambda m: nn.init.zeros_(m.weight) if isinstance(m, nn.Linear) else None)\nnet = N()");
        Assert.Equal(isOwn ? 1f : 0f, plan.Materialize(0)["fc.weight"].AsSpan<float>()[0]);
    }

    [Theory]
    [InlineData("class A(nn.Module): pass\nclass B(nn.Module, A): pass\nnet = B()", "that Python can put in one order")]
    [InlineData("class A: pass\nclass B(A, A): pass\nnet = B()", "duplicate base class")]
    [InlineData("class M:\n    def reset_parameters(self): pass\nclass L(nn.Linear, M): pass\nnet = L(1, 1)",
        "before Linear among the bases")]
    [InlineData("class L(nn.Sequential):\n    def __len__(self): return 7\nnet = L(nn.Linear(1, 1))", "leaves __len__ of Sequential")]
    [InlineData("class D:\n    def __get__(self, o, t=None): return 5\nd = D()\nnet = nn.Linear(1, 1)", "__get__")]
    [InlineData("class A:\n    @property\n    def n(self): return 2\n    @n.setter\n    def n(self, v): pass\na = A()\na.n = 3\n"
        + "net = nn.Linear(1, a.n)", "its setter is not followed")]
    public void What_is_not_followed_is_refused(string text, string said)
        => Assert.Contains(said, Assert.Throws<TorchExpressionException>(() => InitPlan.Of(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_chain_of_classes_has_an_end()
    {
        string text = "class C0(nn.Module): pass\n"
            + string.Concat(Enumerable.Range(1, 200).Select(at => $"class C{at}(C{at - 1}): pass\n"));
        Assert.Contains("at most 100 classes", Assert.Throws<TorchExpressionException>(() => InitPlan.Of(text)).Message,
            StringComparison.Ordinal);
    }
}
