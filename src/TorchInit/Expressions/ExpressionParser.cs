namespace TorchInit.Syntax;

/// <summary>Recursive descent over the tokens of one text; used once. Each method reads what its name says and stops at the token after
/// it.</summary>
sealed partial class ExpressionParser
{
    readonly string _text;
    readonly List<ExpressionToken> _tokens;
    readonly ValueBudget _budget = new();
    readonly ProgramRecorder? _program;
    PythonScope _scope = new(null);
    int _next;
    int _nesting;

    // The argument being read, for errors: "argument 2 of Linear", "argument bias of Linear".
    string _where = "";

    // The function whose arguments are being read: a tensor function takes a dtype.
    string _callee = "";

    /// <summary>The parser of a text: one expression, in which line breaks count as spaces, or statements, which are recorded.</summary>
    /// <param name="text">The text.</param>
    /// <param name="program">What records statements; null for a call as a value.</param>
    /// <param name="isExpression">Whether line breaks count as spaces, although the text is recorded.</param>
    public ExpressionParser(string text, ProgramRecorder? program = null, bool isExpression = false)
    {
        _program = program;
        _text = text;
        if (text.Length > TorchExpression.MaxLength)
        {
            throw new TorchExpressionException(text, 0, $"expected at most {TorchExpression.MaxLength} characters, found {text.Length}");
        }
        _tokens = ExpressionScanner.Scan(text, statements: program is not null && !isExpression);
    }

    ExpressionToken Current => _tokens[_next];

    public TorchCall WholeCall()
    {
        ExpressionToken start = Current;
        TorchValue value = start.Kind == TokenKind.Name || MayBeTensor() ? Choice() : throw Expected("a call, for example Linear(3, 4)");
        ExpectEnd();
        return value as TorchCall ?? throw Error(start, $"expected a call of a module or an init function, found {Shown(start)}");
    }

    /// <summary>One expression whose call says all that happens; null for one that makes a module twice, elsewhere, or for nothing, which
    /// only a record of its steps can say.</summary>
    public TorchCall? PlainCall() => WholeCall() is var call && !_needsRecord && IsPlain(call) ? call : null;

    public TorchValue WholeValue()
    {
        TorchValue value = Value();
        ExpectEnd();
        return value;
    }

    /// <summary>A value after all of Python's operators; an integer must then fit in 64 bits.</summary>
    TorchValue Value()
    {
        ExpressionToken token = Current;
        int start = _next;
        TorchValue value = Evaluated(token, Choice());
        if (value is not PythonLong large) { return value; }
        bool negative = large.Value.Sign < 0;
        ExpressionToken digits = _tokens[_next - 1];
        string found = _next - start == (negative ? 2 : 1) && digits.Kind == TokenKind.Integer
            ? $"{(negative ? "minus " : "")}{Shown(digits)}" : $"{Short(large.ToString())}";
        throw Error(_next - start == 2 ? digits : token, $"expected an integer from {long.MinValue} to {long.MaxValue}, found {found}");
    }

    TorchValue Atom()
    {
        ExpressionToken token = Current;
        return token.Kind switch
        {
            TokenKind.Name => NameOrCall(),
            TokenKind.Integer or TokenKind.Float => Number(),
            TokenKind.String => Strings(),
            TokenKind.Punctuation when Is('(') => Parenthesised(),
            TokenKind.Punctuation when Is('[') => List(),
            TokenKind.Punctuation when Is('{') => IsDict() ? Dict() : Set(),
            _ => throw Expected("a value"),
        };
    }

    TorchValue List()
    {
        Open('[');
        List<TorchValue> items = ForOf(']') is { } at ? Comprehension(at, ']') : Items(']').Items;
        Close(']');
        return Counted(new TorchList(items));
    }

    /// <summary>A tuple, or a value in parentheses.</summary>
    TorchValue Parenthesised()
    {
        Open('(');
        bool isIterator = ForOf(')') is not null;
        (List<TorchValue> items, bool comma) = ForOf(')') is { } at ? (Comprehension(at, ')'), true) : Items(')');
        Close(')');
        if (isIterator) { return Once(Counted(new TorchTuple(items)), TorchNone.Instance); }
        return items.Count != 1 || comma ? Counted(new TorchTuple(items)) : items[0];
    }

    /// <summary>Values separated by commas, with an optional trailing comma; also whether there was any comma.</summary>
    (List<TorchValue> Items, bool Comma) Items(char close)
    {
        List<TorchValue> items = [];
        bool comma = false;
        while (!Is(close))
        {
            if (Is('*'))
            {
                items.AddRange(Spread());
                comma = true;
            }
            else { items.Add(close == ')' && !comma ? Evaluated(Current, Choice()) : Value()); }
            if (Is(close)) { break; }
            Expect(',', close);
            comma = true;
        }
        return !comma || items is not [PythonLong large, ..] ? (items, comma)
            : throw Error(Current, $"expected integers from {long.MinValue} to {long.MaxValue}, found {Short(large.ToString())}");
    }

    /// <summary>*[3, 4]: the items of a list or tuple.</summary>
    IReadOnlyList<TorchValue> Spread()
    {
        ExpressionToken star = Take();
        TorchValue value = Value();
        UseUp(star, value);
        IReadOnlyList<TorchValue> items = ItemsOf(value) ?? new PythonArgument("", value).Items
            ?? throw Error(star, $"expected a list or tuple after '*', found {Short(value.ToString())}");
        SpendCopy(items.Count, star);
        return items;
    }

    void Open(char bracket)
    {
        Deeper();
        Expect(bracket);
    }

    void Close(char bracket)
    {
        Expect(bracket);
        _nesting--;
    }

    void Deeper()
    {
        if (++_nesting > TorchExpression.MaxNesting)
        {
            throw Error(Current, $"expected at most {TorchExpression.MaxNesting} levels of nesting, found one more");
        }
    }

    /// <summary>Checks that the value is not too deep or too large to be written out: it may contain a variable many times.</summary>
    TorchValue Counted(TorchValue value)
        => _budget.WhyNot(value) is { } problem ? throw Error(_tokens[Math.Max(0, _next - 1)], problem) : value;

    void Spend(long work, ExpressionToken at)
    {
        if (!_budget.Spend(work)) { throw Error(at, $"expected at most {ValueBudget.MostWork} steps of work, found more"); }
    }

    /// <summary>Charges for copying a sequence, with a factor: a list that grows in a loop costs the square of its length.</summary>
    void SpendCopy(long items, ExpressionToken at) => Spend(4 * items, at);

    ExpressionToken Take()
    {
        Spend(1, Current);
        if (Current.Kind == TokenKind.End) { throw Expected("more"); }
        return _tokens[_next++];
    }

    bool Is(char punctuation) => IsAt(_next, punctuation);

    bool IsAt(int index, char punctuation) => index < _tokens.Count && _tokens[index].Kind == TokenKind.Punctuation
        && _text[_tokens[index].Start] == punctuation;

    bool IsWord(string word) => Current.Kind == TokenKind.Name
        && _text.AsSpan(Current.Start, Current.End - Current.Start).SequenceEqual(word);

    void Expect(char punctuation, char? or = null)
    {
        if (!Is(punctuation)) { throw Expected(or is null ? $"'{punctuation}'" : $"'{punctuation}' or '{or}'"); }
        Take();
    }

    void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End) { throw Expected("the end of the expression"); }
    }

    string Text(ExpressionToken token) => _text[token.Start..token.End];

    string Shown(ExpressionToken token)
    {
        string text = token.End - token.Start <= 40 ? Text(token) : $"{_text.AsSpan(token.Start, 40)}…";
        return token.Kind switch
        {
            TokenKind.End => "the end of the expression",
            TokenKind.Line => "the end of the line",
            TokenKind.Name => $"the name '{text}'",
            TokenKind.String => $"the string {text}",
            TokenKind.Punctuation => $"'{text}'",
            _ => $"the number {text}",
        };
    }

    TorchExpressionException Expected(string what) => Error(Current, $"expected {what}, found {Shown(Current)}");

    TorchExpressionException Error(ExpressionToken token, string problem, string? kind = null)
        => new(_text, token.Start, _where.Length == 0 ? problem : $"{problem}, in {_where}", kind);
}
