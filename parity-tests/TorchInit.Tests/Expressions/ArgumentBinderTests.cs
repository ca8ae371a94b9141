namespace TorchInit.Tests.Expressions;

public class ArgumentBinderTests
{
    const string Linear = "in_features, out_features, bias=True";

    static BoundArguments Bind(string expression, string signature) => ArgumentBinder.Bind(TorchExpression.Parse(expression), signature);

    [Theory]
    [InlineData("Linear(3, 4)", true)]
    [InlineData("Linear(3, 4, False)", false)]
    [InlineData("Linear(3, bias=False, out_features=4)", false)]
    [InlineData("Linear(out_features=4, in_features=3)", true)]
    public void Arguments_are_bound_by_position_by_name_and_by_default(string expression, bool bias)
    {
        BoundArguments bound = Bind(expression, Linear);
        Assert.Equal((3, 4, bias), (bound.Long("in_features"), bound.Long("out_features"), bound.Bool("bias")));
        Assert.Equal(expression.Contains("False", StringComparison.Ordinal), bound.IsGiven("bias"));
    }

    // The messages are Python 3.11's for def Linear(…): … called with the same arguments.
    [Theory]
    [InlineData("Linear(3, 4, foo=1)", Linear, "foo", "Linear() got an unexpected keyword argument 'foo'")]
    [InlineData("Linear(3)", Linear, "out_features", "Linear() missing 1 required positional argument: 'out_features'")]
    [InlineData("Linear()", Linear, "in_features", "Linear() missing 2 required positional arguments: 'in_features' and 'out_features'")]
    [InlineData("f()", "a, b, c", "a", "f() missing 3 required positional arguments: 'a', 'b', and 'c'")]
    [InlineData("Linear(3, 4, True, 5)", Linear, "positional argument 4",
        "Linear() takes from 2 to 3 positional arguments but 4 were given")]
    [InlineData("f(1)", "", "positional argument 1", "f() takes 0 positional arguments but 1 was given")]
    [InlineData("f(1, 2)", "a", "positional argument 2", "f() takes 1 positional argument but 2 were given")]
    [InlineData("f(1, 2)", "a=0", "positional argument 2", "f() takes from 0 to 1 positional arguments but 2 were given")]
    [InlineData("f(1, 2)", "a, *, b=True", "positional argument 2", "f() takes 1 positional argument but 2 were given")]
    [InlineData("Linear(3, 4, False, bias=True)", Linear, "bias", "Linear() got multiple values for argument 'bias'")]
    [InlineData("f(1)", "a, *, b, c", "b", "f() missing 2 required keyword-only arguments: 'b' and 'c'")]
    [InlineData("f(args=1)", "*args", "args", "f() got an unexpected keyword argument 'args'")]
    public void A_wrong_call_gets_Pythons_TypeError(string expression, string signature, string argument, string message)
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => Bind(expression, signature));
        Assert.Equal(("TypeError", message, argument), (error.TorchKind, error.TorchMessage, error.ParamName));
    }

    [Fact]
    public void The_error_says_the_value_and_what_is_allowed()
    {
        Assert.StartsWith("foo is (1, 2); allowed: the arguments of Linear: in_features, out_features, bias=True. torch: TypeError: ",
            Assert.Throws<TorchArgumentException>(() => Bind("Linear(3, 4, foo=(1, 2))", Linear)).Message, StringComparison.Ordinal);
        Assert.StartsWith("out_features is not given; allowed: a value, because it has no default.",
            Assert.Throws<TorchArgumentException>(() => Bind("Linear(3)", Linear)).Message, StringComparison.Ordinal);
        Assert.StartsWith("bias is True; allowed: one value; False is already given by position.",
            Assert.Throws<TorchArgumentException>(() => Bind("Linear(3, 4, False, bias=True)", Linear)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keyword_only_and_variadic_parameters_are_Pythons()
    {
        BoundArguments bound = Bind("f(1, 2, 3, b=4)", "a, *rest, b=True");
        Assert.Equal("(2, 3)", bound["rest"].ToString());
        Assert.Equal(4, bound.Long("b"));
        Assert.Empty(Bind("Sequential()", "*args").Calls("args"));
        Assert.Equal(["Linear(3, 4)", "ReLU()"], Bind("Sequential(Linear(3, 4), ReLU())", "*args").Calls("args")
            .Select(call => call.ToString()));
        Assert.Equal([3L, 4], Bind("f()", "size=(3, 4), eps=1e-5, mode='fan_in'").Longs("size", 2));
    }

    [Fact]
    public void Getters_follow_Python_a_bool_is_an_integer_an_integer_is_a_float()
    {
        BoundArguments bound = Bind("f(True, 2, 0, 0.5, None, 'x', Linear(3, 4), [1, True], (20, 30).T, ())",
            "flag, two, zero, half, none, text, call, list, view, scalar");
        Assert.Equal(1, bound.Long("flag"));
        Assert.Equal(1.0, bound.Double("flag"));
        Assert.Equal(2.0, bound.Double("two"));
        Assert.Equal(0.5, bound.OptionalDouble("half"));
        Assert.True(bound.Bool("two"));
        Assert.False(bound.Bool("zero"));
        Assert.True(bound.IsNone("none"));
        Assert.Null(bound.OptionalLong("none"));
        Assert.Null(bound.OptionalDouble("none"));
        Assert.Null(bound.OptionalCall("none"));
        Assert.Equal("x", bound.String("text"));
        Assert.Equal("Linear", bound.Call("call").Name);
        Assert.Equal([2L, 2, 2], bound.Longs("two", 3));
        Assert.Equal([1L, 1], bound.Longs("list", 2));
        Assert.Equal([1L, 1], bound.LongOrTuple("list"));
        Assert.Equal([2L], bound.LongOrTuple("two"));
        Assert.Equal([1L, 1], bound.Shape("list"));
        Assert.Empty(bound.Shape("scalar"));
        Assert.Equal(2, bound.Items("list").Count);
        TensorLiteral view = bound.Tensor("view");
        Assert.True(view.IsTransposed);
        Assert.Equal([20L, 30], view.Shape);
        Assert.False(bound.Tensor("scalar").IsTransposed);
    }

    [Theory]
    [InlineData("None, False, 0, 0.0, -0.0, '', (), []", false)]
    [InlineData("True, 1, -1, 0.5, nan, 'x', '0', (0,), [None], ReLU()", true)]
    public void A_flag_is_what_Pythons_bool_says(string values, bool truth)
        => Assert.All(Bind($"f({values})", "*args").Items("args"), value => Assert.Equal(truth, Bind($"f({value})", "a").Bool("a")));

    public static readonly TheoryData<string, Action<BoundArguments>, string, string> WrongTypes = new()
    {
        { "3.0", bound => bound.Long("a"), "an integer", "torch: TypeError" },
        { "'3'", bound => bound.OptionalLong("a"), "an integer or None", "TypeError" },
        { "'0.5'", bound => bound.Double("a"), "a float", "TypeError" },
        { "[]", bound => bound.OptionalDouble("a"), "a float or None", "TypeError" },
        { "3", bound => bound.String("a"), "a string", "TypeError" },
        { "(1,)", bound => bound.Call("a"), "a call, for example Linear(3, 4)", "TypeError" },
        { "True", bound => bound.OptionalCall("a"), "a call, for example Linear(3, 4), or None", "TypeError" },
        { "(1, 2, 3)", bound => bound.Longs("a", 2), "an integer, or 2 integers in a tuple or list", "ValueError" },
        { "(1, 2.5)", bound => bound.Longs("a", 2), "an integer, or 2 integers in a tuple or list", "TypeError" },
        { "'same'", bound => bound.Longs("a", 1), "an integer, or 1 integer in a tuple or list", "TypeError" },
        { "2.5", bound => bound.LongOrTuple("a"), "an integer, or integers in a tuple or list", "TypeError" },
        { "3", bound => bound.Shape("a"), "a shape: integers of 0 or more in a tuple or list", "TypeError" },
        { "(3, -4)", bound => bound.Shape("a"), "sizes of 0 or more",
            "RuntimeError: Trying to create tensor with negative dimension -4: [3, -4]" },
        { "(3, 4).T", bound => bound.Shape("a"), "a shape: integers of 0 or more in a tuple or list", "TypeError" },
        { "(3, 4, 5).T", bound => bound.Tensor("a"), "a shape, for example (20, 30), or the view (20, 30).T of a shape with 2 sizes",
            "TypeError" },
        { "3", bound => bound.Items("a"), "a tuple or list", "TypeError" },
        { "[Linear(3, 4), 5]", bound => bound.Calls("a"), "calls, for example Linear(3, 4)", "TypeError" },
    };

    [Theory, MemberData(nameof(WrongTypes))]
    public void A_wrong_type_is_an_error_with_argument_value_and_what_is_allowed(string value, Action<BoundArguments> get, string allowed,
        string torch)
    {
        BoundArguments bound = Bind($"f({value})", "a");
        string message = Assert.Throws<TorchArgumentException>(() => get(bound)).Message;
        Assert.StartsWith($"a is {value}; allowed: {allowed}. torch: ", message, StringComparison.Ordinal);
        Assert.Contains(torch, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_the_signature_lacks_is_the_programs_error()
        => Assert.Contains("name is 'c'; allowed: the parameters of f: a, b",
            Assert.Throws<ArgumentException>(() => Bind("f(1)", "a, b=2")["c"]).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a, a")]
    [InlineData("a=1, b")]
    [InlineData("a, *, *b")]
    [InlineData("a b")]
    [InlineData("a=")]
    [InlineData("a,")]
    [InlineData("*a=1")]
    [InlineData("lambda")]
    public void A_text_that_is_no_signature_is_refused(string signature)
        => Assert.ThrowsAny<FormatException>(() => Bind("f(1)", signature));
}
