namespace TorchInit.Tests.Expressions;

public class PythonArithmeticTests
{
    /// <summary>The right sides are what Python 3.11 prints.</summary>
    [Theory]
    [InlineData("28*28", "784")]
    [InlineData("5**0.5", "2.23606797749979")]
    [InlineData("-1/3", "-0.3333333333333333")]
    [InlineData("7//2, -7//2, 7//-2, 7.5//2, -7.5//2", "3, -4, -4, 3.0, -4.0")]
    [InlineData("7%3, -7%3, 7%-3, 7.5%2, -7.5%2, 0.0%-3", "1, 2, -2, 1.5, 0.5, -0.0")]
    [InlineData("-2**2, (-2)**2, 2**-1, 2**3**2, --3, -+-3", "-4, 4, 0.5, 512, 3, 3")]
    [InlineData("2+3*4, (2+3)*4, 10-4-3, 100/10/2", "14, 20, 3, 5.0")]
    [InlineData("2**64//2**60, 2**63-1, -2**63", "16, 9223372036854775807, -9223372036854775808")]
    [InlineData("10**30/10**29, (2**53+1)/1, 10**400/10**399", "10.0, 9007199254740992.0, 10.0")]
    [InlineData("9007199254740993/3, 1/(2**1074), 3/(2**1075)", "3002399751580331.0, 5e-324, 1e-323")]
    [InlineData("True+1, -True, not 0, not [1], 0x10+0b11+0o7", "2, -1, True, False, 26")]
    [InlineData("math.sqrt(2)*2, math.pi, np.pi/2, math.log(10), math.exp(1)",
        "2.8284271247461903, 3.141592653589793, 1.5707963267948966, 2.302585092994046, 2.718281828459045")]
    [InlineData("int(3.9), int(-3.9), int('12'), float('1e3'), float(3), round(2.5), abs(-4), max(3, 7, 5), min([4, 2])",
        "3, -3, 12, 1000.0, 3.0, 2, 4, 7, 2")]
    [InlineData("[3]*2+[1], (1,)*2, 'a'*3, 'a'+'b', len([1, 2]), sum([1, 2.5])", "[3, 3, 1], (1, 1), 'aaa', 'ab', 2, 3.5")]
    [InlineData("[i*2 for i in range(3)], [(i, j) for i in range(2) for j in [5, 6]]", "[0, 2, 4], [(0, 5), (0, 6), (1, 5), (1, 6)]")]
    [InlineData("*[1, 2], *(3,), *range(2)", "1, 2, 3, 0, 1")]
    [InlineData("[10, 20, 30][1], [10, 20, 30][-1], (1, 2, 3)[1:], [1, 2, 3][:-1]", "20, 30, (2, 3), [1, 2]")]
    [InlineData("range(5, 0, -2), list(range(3)), [a+b for a, b in zip([1, 2], [3, 4])]", "[5, 3, 1], [0, 1, 2], [4, 6]")]
    [InlineData("a=nn.init.calculate_gain('relu'), b=init.calculate_gain('tanh')*2", "a=1.4142135623730951, b=3.3333333333333335")]
    [InlineData("**{'a': 1, 'b': 2}", "a=1, b=2")]
    [InlineData("torch.float64, {'a': 1}, OrderedDict([('b', 2)])", "torch.float64, {'a': 1}, OrderedDict({'b': 2})")]
    [InlineData("1, # one\n2  # two\n", "1, 2")]
    public void Literals_are_calculated_as_in_Python(string arguments, string canonical)
    {
        TorchCall call = TorchExpression.Parse($"f({arguments})");
        Assert.Equal($"f({canonical})", call.ToString());
        Assert.Equal(call, TorchExpression.Parse(call.ToString()));
    }

    [Theory]
    [InlineData("1/0", "ZeroDivisionError")]
    [InlineData("1.0//0", "ZeroDivisionError")]
    [InlineData("0**-1", "ZeroDivisionError")]
    [InlineData("1e308**2", "OverflowError")]
    [InlineData("10**400*1.0", "OverflowError")]
    [InlineData("'a'-1", "TypeError")]
    [InlineData("[1][5]", "IndexError")]
    [InlineData("math.log(0)", "ValueError")]
    [InlineData("int(inf)", "OverflowError")]
    [InlineData("int(nan)", "ValueError")]
    public void What_Python_raises_is_named(string argument, string kind)
        => Assert.Equal(kind, Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse($"f({argument})")).PythonKind);

    [Theory]
    [InlineData("init.eye_(torch.empty(3, 5))", "init.eye_((3, 5))")]
    [InlineData("nn.init.normal_(torch.zeros((2, 3)).T, std=0.5)", "init.normal_((2, 3).T, std=0.5)")]
    [InlineData("torch.empty(4).uniform_(-1, 1)", "uniform_((4,), -1, 1)")]
    [InlineData("init.eye_(tensor=torch.ones([2, 2]))", "init.eye_(tensor=(2, 2))")]
    [InlineData("init.zeros_(torch.empty(3, dtype=torch.float64))", "init.zeros_(empty(3, dtype=torch.float64))")]
    public void A_tensor_that_is_filled_is_its_shape(string expression, string canonical)
        => Assert.Equal(canonical, TorchExpression.Parse(expression).ToString());

    [Fact]
    public void A_dtype_of_its_own_is_the_tensors()
    {
        InitPlan plan = InitPlan.Of("nn.Linear(4, 3, dtype=torch.float64)");
        Assert.All(plan.StateTensors, tensor => Assert.Equal(DType.Float64, tensor.DType));
        StateDict own = plan.Materialize(seed: 3);
        StateDict wide = InitPlan.Of("Linear(4, 3)").Materialize(seed: 3, DType.Float64);
        Assert.Equal(wide["weight"].AsSpan<double>().ToArray(), own["weight"].AsSpan<double>().ToArray());
    }
}
