using CsCheck;

namespace TorchInit.Tests.Expressions;

public class TorchExpressionErrorTests
{
    [Theory]
    [InlineData("", 0, "expected a call, for example Linear(3, 4), found the end of the expression")]
    [InlineData("3", 0, "expected a call, for example Linear(3, 4), found the number 3")]
    [InlineData("Linear", 0, "found the name 'Linear'")]
    [InlineData("None", 0, "expected a call of a module")]
    [InlineData("Linear(3, 4", 11, "expected ',' or ')', found the end of the expression, in argument 2 of Linear")]
    [InlineData("Linear(3 4)", 9, "expected ',' or ')', found the number 4, in argument 1 of Linear")]
    [InlineData("Linear(,)", 7, "expected a value, found ','")]
    [InlineData("Linear(3,, 4)", 9, "expected a value, found ','")]
    [InlineData("Linear(3, 4))", 12, "expected the end of the expression, found ')'")]
    [InlineData("Linear(3, 4); import os", 12, "found ';'")]
    [InlineData("Linear(bias=True, 3)", 18, "no positional argument may follow bias=")]
    [InlineData("Linear(bias=True, bias=True)", 18, "expected each argument once, found bias again")]
    [InlineData("Linear(None=3)", 7, "expected the name of an argument, found the name 'None'")]
    [InlineData("Linear(bias=)", 12, "expected a value, found ')', in argument bias of Linear")]
    [InlineData("Linear(bias==3)", 7, "expected a value, found the name 'bias'")]
    [InlineData("__import__('os').system('x')", 0, "names, which start with no underscore, found the name '__import__'")]
    [InlineData("Linear(__import__('os').system('x'))", 7, "found the name '__import__', in argument 1 of Linear")]
    [InlineData("Linear.__init__(3)", 0, "found the name 'Linear.__init__'")]
    [InlineData("Linear(3, 4).weight", 12, "expected the end of the expression, found '.'")]
    [InlineData("Linear(3, 4)[0]", 12, "found '['")]
    [InlineData("Linear(9223372036854775808)", 7,
        "expected an integer from -9223372036854775808 to 9223372036854775807, found the number 9223372036854775808, in argument 1 of "
            + "Linear")]
    [InlineData("Linear(n=-9223372036854775809)", 10, "found minus the number 9223372036854775809, in argument n of Linear")]
    [InlineData("Linear(0x1_0000_0000_0000_0000)", 7, "expected an integer from")]
    [InlineData("Linear(007)", 7, "expected a number in Python's spelling, found '007'")]
    [InlineData("Linear(1__0)", 7, "found '1__0'")]
    [InlineData("Linear(1_)", 7, "found '1_'")]
    [InlineData("Linear(0x)", 7, "found '0x'")]
    [InlineData("Linear(3j)", 7, "found '3j'")]
    [InlineData("Linear(1e)", 7, "found '1e'")]
    [InlineData("Linear(1.2.3)", 7, "found '1.2.3'")]
    [InlineData("Linear('relu)", 7, "expected a closing ' on the same line, found a string without end")]
    [InlineData("Linear('re\nlu')", 7, "a string without end")]
    [InlineData("Linear('relu\\')", 7, "a string without end")]
    [InlineData("Linear('a\\q')", 9, "expected one of the escapes")]
    [InlineData("Linear('\\x4')", 8, "expected one of the escapes")]
    [InlineData("Linear(b'a')", 7, "expected text, found bytes")]
    [InlineData("Linear(f'{3')", 7, "expected '}' after a value in an f-string")]
    [InlineData("Linear(f'{3:x}')", 7, "expected no format, or the width of an integer, found 'x'")]
    [InlineData("Linear(lambda: 3)", 0, "found the name 'lambda'")]
    [InlineData("Linear(nn.ReLU)", 0, "expected values and modules as arguments of Linear, found the name 'ReLU'")]
    [InlineData("Linear(3\0)", 8, "found the character U+0000")]
    [InlineData("Linear(（3)", 7, "expected a value, found '（'")]
    [InlineData("f((20, 30).t)", 11, "expected T, the transposed view, found the name 't'")]
    [InlineData("f((20).T)", 6, "expected .T after a tuple of sizes")]
    [InlineData("f([20, 30].T)", 10, "expected ',' or ')', found '.'")]
    [InlineData("f((20, 30).T.T)", 12, "found '.'")]
    [InlineData("float('inf')", 0, "expected a call of a module or an init function, found the name 'float'")]
    [InlineData("Linear(x)", 7, "expected a value, found the name 'x'; names that are values: None, True, False")]
    [InlineData("Linear(3, 4 * )", 14, "expected a value, found ')', in argument 2 of Linear")]
    [InlineData("Linear(3, 4 @ 2)", 12, "expected ',' or ')', found '@'")]
    [InlineData("Linear(*3)", 7, "expected a list or tuple after '*', found 3")]
    [InlineData("Linear(3, dtype=torch.int64)", 16,
        "found 'torch.int64'; dtypes that are drawn: torch.float32, float64, float16, bfloat16, in argument dtype of Linear")]
    [InlineData("Linear(-'a')", 7, "TypeError: bad operand type for unary -: 'str'")]
    [InlineData("Linear(1 / 0)", 9, "ZeroDivisionError: division by zero, in argument 1 of Linear")]
    [InlineData("Linear(1 // 0)", 9, "ZeroDivisionError")]
    [InlineData("Linear(1.0 % 0)", 11, "ZeroDivisionError")]
    [InlineData("Linear(0.0 ** -1)", 11, "ZeroDivisionError: 0.0 cannot be raised to a negative power")]
    [InlineData("Linear(2 ** 63)", 7, "expected an integer from -9223372036854775808 to 9223372036854775807, found 9223372036854775808")]
    [InlineData("Linear(9 ** 9 ** 9)", 9, "an intermediate integer has at most 4096 bits here")]
    [InlineData("Linear(1e300 ** 2)", 13, "OverflowError: (34, 'Numerical result out of range')")]
    [InlineData("Linear((-8) ** 0.5)", 12, "a complex number")]
    [InlineData("Linear([0] * 1000000)", 11, "a repeated sequence has at most 65536 items")]
    [InlineData("Linear({3: 1})", 0, "expected names as the keys of a dict for Linear")]
    [InlineData("Linear(*[i for i in range(100000)])", 20, "a range has at most 65536 numbers here")]
    [InlineData("Linear([i for i in 3])", 19, "TypeError: 'int' object is not iterable")]
    [InlineData("Linear(gain=init.calculate_gain('no'))", 12, "Unsupported nonlinearity no")]
    [InlineData("f(float('x'))", 2, "ValueError: could not convert string to float: 'x'")]
    [InlineData("f(sqrt('4'))", 2, "TypeError: must be real number, not str")]
    [InlineData("f(sqrt(-1))", 2, "ValueError: math domain error")]
    [InlineData("f.(3)", 2, "expected a name after the '.', found '('")]
    [InlineData("LazyLinear(4)()", 13, "expected the sizes of an input, for example (2, 3), found none, in the first input of LazyLinear")]
    [InlineData("LazyLinear(4)(2, -3)", 13, "expected integers of 0 or more as the sizes of an input, found -3")]
    [InlineData("LazyLinear(4)(2)(3)", 16, "expected the end of the expression, found '('")]
    public void What_is_no_call_is_refused_where_it_goes_wrong(string expression, int position, string named)
    {
        TorchExpressionException error = Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse(expression));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void The_message_points_at_the_place()
    {
        TorchExpressionException error = Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse("Linear(3,\n  4 @ 2,\n  "
            + "bias=False)"));
        Assert.Equal("expected ',' or ')', found '@', in argument 2 of Linear (line 2, column 5)\n    4 @ 2,\n      ^", error.Message);
    }

    [Fact]
    public void A_long_line_is_shown_round_the_place_only()
    {
        string expression = $"f({string.Concat(Enumerable.Repeat("1, ", 5000))}?, {new string('2', 5000)})";
        string[] lines = Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse(expression)).Message.Split('\n');
        Assert.Equal('?', lines[1][lines[2].Length - 1]);
        Assert.True(lines[1].Length <= 102);
    }

    [Fact]
    public void Nesting_and_length_have_bounds()
    {
        static string Nested(string open, string inner, string close, int levels)
            => $"{string.Concat(Enumerable.Repeat(open, levels))}{inner}{string.Concat(Enumerable.Repeat(close, levels))}";
        TorchExpression.Parse(Nested("f(", "", ")", 64));
        TorchExpression.Parse($"f({Nested("[", "1", "]", 63)})");
        foreach ((string open, string close) in new[] { ("f(", ")"), ("[", "]"), ("(", ")"), ("f(a=", ")"), ("sqrt(", ")") })
        {
            string nested = $"f({Nested(open, "1", close, 64)})";
            TorchExpressionException error = Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse(nested));
            Assert.Contains("expected at most 64 levels of nesting", error.Message, StringComparison.Ordinal);
            Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse($"f({string.Concat(Enumerable.Repeat(open, 60_000 / open.Length))}"));
        }
        TorchExpression.Parse($"f({string.Concat(Enumerable.Repeat("g((1,), [2], sqrt(3))(4), ", 100))})");   // side by side is not deep
        TorchExpression.Parse("f(" + new string(' ', TorchExpression.MaxLength - 3) + ")");
        Assert.Contains("expected at most 65536 characters, found 65537",
            Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse("f(" + new string(' ', TorchExpression.MaxLength - 2)
            + ")")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1", "e")]
    [InlineData("0", "x")]
    [InlineData("1_", "")]
    [InlineData("1", "._")]
    public void A_number_of_many_digits_is_refused_at_once(string digits, string end)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        string number = string.Concat(Enumerable.Repeat(digits, 60_000 / digits.Length)) + end;
        TorchExpressionException error = Assert.Throws<TorchExpressionException>(() => TorchExpression.Parse($"f({number})"));
        Assert.True(error.Message.Length < 500);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1),
            $"It took {watch.Elapsed}.");   // a quadratic reader needs minutes; a loaded machine seconds
    }

    [Fact]
    public void Any_text_is_a_call_or_a_TorchExpressionException()
    {
        Gen<string> words = Gen.OneOf(Gen.Char["()[]{}.,=+-'\"\\ \n#*:@"].Select(letter => letter.ToString()), Gen.String[0, 3],
            Gen.OneOf(Gen.Const("f("), Gen.Const("a="), Gen.Const("0x"), Gen.Const("1e5"), Gen.Const("12"), Gen.Const(".T"),
                Gen.Const("None"), Gen.Const("math.sqrt("), Gen.Const("float('inf')")));
        words.Array[0, 12].Select(parts => "f(" + string.Concat(parts)).Sample(expression =>
        {
            try
            {
                TorchCall call = TorchExpression.Parse(expression);
                Assert.Equal(call, TorchExpression.Parse(call.ToString()));
            }
            catch (TorchExpressionException)
            {
                // Refused, as most of these are: any other exception fails the test.
            }
        }, iter: 20_000);
    }
}
