using TorchInit.Syntax;

namespace TorchInit.Tests.Expressions;

/// <summary>What a condition depends on is known, or the text is refused: a branch that Python would not run draws other numbers.</summary>
public class UnknownConditionTests
{
    [Theory]
    [InlineData("if f(1):\n    torch.rand(3)")]
    [InlineData("if os.path.exists('x'): torch.rand(3)")]
    [InlineData("if f(1) == 2: torch.rand(3)")]
    [InlineData("if f(1) in (1, 2): torch.rand(3)")]
    [InlineData("if m.weight: torch.rand(3)")]
    [InlineData("if m.no_such_thing: torch.rand(3)")]
    [InlineData("if m.no_such_thing is None: torch.rand(3)")]
    [InlineData("if hasattr(m, 'no_such_thing'): torch.rand(3)")]
    [InlineData("if 3 is 3: torch.rand(3)")]
    [InlineData("x = torch.rand(3) if torch.cuda.is_available() else torch.rand(4)")]
    [InlineData("if torch.cuda.is_available():\n    torch.rand(3)")]
    [InlineData("x = nn.Linear(2, 2, bias=not torch.cuda.is_available())")]
    [InlineData("x = not g(2) and torch.rand(3)")]
    public void Is_refused(string lines)
        => Assert.Throws<TorchExpressionException>(() => TorchProgram.Parse($"m = nn.Linear(3, 4)\n{lines}"));

    [Theory]
    [InlineData("class A(nn.Module):\n    l = nn.Linear(2, 2).frobnicate()\n    def __init__(self): pass\na = A()", "the body of a class")]
    [InlineData("print(nn.Linear(2, 2))\nm = nn.Linear(2, 2)", "print")]
    [InlineData("m = nn.Linear(2, 2)\nreturn nn.Sequential(m, nn.Linear(2, 2))", "return")]
    public void What_is_skipped_draws_nothing(string text, string where)
    {
        string message = Assert.Throws<TorchExpressionException>(() => TorchProgram.Parse(text)).Message;
        Assert.Contains($"inside {where}, which is skipped", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_grows_is_no_part_of_another_value()
        => Assert.Contains("found it in 'b'", Assert.Throws<TorchExpressionException>(()
            => TorchProgram.Parse("a = [nn.Linear(2, 2)]\nb = [a]\na.append(nn.Linear(2, 2))")).Message, StringComparison.Ordinal);

    /// <summary>A call that is data has no place for a module that two share, or for a draw that is thrown away.</summary>
    [Theory]
    [InlineData("Sequential(*[Linear(2, 2)] * 2)")]
    [InlineData("Linear(2, 3) and Linear(3, 4)")]
    [InlineData("ModuleList(reversed([Linear(1, 2), Linear(2, 3)]))")]
    [InlineData("(Linear(1, 2), Linear(2, 3))[0]")]
    public void One_call_does_not_say_it_all(string text)
    {
        string message = Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse(text)).Message;
        Assert.Contains("TorchProgram and torchinit init read that", message, StringComparison.Ordinal);
        Assert.NotEmpty(TorchProgram.Parse(text).ToPlan().Steps);
    }

    [Fact]
    public void A_thrown_away_draw_moves_the_stream()
    {
        InitPlan kept = InitPlan.Of("(Linear(1, 2), Linear(2, 3))[0]");
        Assert.Equal(["weight", "bias"], kept.StateTensors.Select(tensor => tensor.Name));
        Assert.Equal(InitPlan.Of("Sequential(Linear(1, 2), Linear(2, 3))").Words(), kept.Words());
    }
}
