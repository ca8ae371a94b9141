namespace TorchInit.Syntax;

/// <summary>Parses a constructor call in torch's syntax: Python literals and calls, as data. Nothing is executed and no name is looked
/// up.</summary>
public static class TorchExpression
{
    /// <summary>The longest expression, in UTF-16 code units: 64 Ki.</summary>
    public const int MaxLength = 1 << 16;

    /// <summary>The deepest nesting of calls, tuples, lists and parentheses.</summary>
    public const int MaxNesting = 64;

    /// <summary>
    /// Parses a call, for example <c>nn.Conv2d(3, 8, (3, 3), bias=False)</c>, <c>init.orthogonal_((20, 30).T, gain=math.sqrt(2))</c>,
    /// <c>LazyLinear(4)(2, 3)</c>: None, True, False, integers (also 0x, with underscores), floats (also inf, nan, math.inf, float('inf'),
    /// sqrt(5)), strings, tuples, lists, a tuple's <c>.T</c>, nested calls, keyword arguments.
    /// </summary>
    /// <param name="expression">At most <see cref="MaxLength"/> long, nested at most <see cref="MaxNesting"/> deep; line breaks count as
    /// spaces.</param>
    /// <exception cref="TorchExpressionException">The text is not such a call, or an integer does not fit in 64 bits.</exception>
    public static TorchCall Parse(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return new ExpressionParser(expression).PlainCall() ?? throw new TorchExpressionException(expression, 0,
            "expected each module and each draw once, where it stands in the call, found one that is shared, thrown away, moved or cast; "
            + "TorchProgram and torchinit init read that");
    }

    /// <summary>Parses a value, such as the default of an argument.</summary>
    internal static TorchValue ParseValue(string expression) => new ExpressionParser(expression).WholeValue();
}
