namespace TorchInit.Syntax;

/// <summary>Recursive descent over the words of one expression; used once. Each method reads what its name says and leaves the word after
/// it.</summary>
sealed partial class ExpressionParser
{
    readonly string _text;
    readonly List<ExpressionToken> _tokens;
    int _next;
    int _nesting;

    // The argument that is being read, for errors: "argument 2 of Linear", "argument bias of Linear".
    string _where = "";

    // Whose arguments are being read: a tensor's function takes a dtype.
    string _callee = "";

    public ExpressionParser(string text)
    {
        _text = text;
        if (text.Length > TorchExpression.MaxLength)
        {
            throw new TorchExpressionException(text, 0, $"expected at most {TorchExpression.MaxLength} characters, found {text.Length}");
        }
        _tokens = ExpressionScanner.Scan(text);
    }

    ExpressionToken Current => _tokens[_next];

    public TorchCall WholeCall()
    {
        ExpressionToken start = Current;
        TorchValue value = start.Kind == TokenKind.Name || MayBeTensor() ? Value() : throw Expected("a call, for example Linear(3, 4)");
        ExpectEnd();
        return value as TorchCall ?? throw Error(start, $"expected a call of a module or an init function, found {Shown(start)}");
    }

    public TorchValue WholeValue()
    {
        TorchValue value = Value();
        ExpectEnd();
        return value;
    }

    TorchValue Value() => Sum();

    TorchValue Atom()
    {
        ExpressionToken token = Current;
        return token.Kind switch
        {
            TokenKind.Name => NameOrCall(),
            TokenKind.Integer or TokenKind.Float => Number(negative: false),
            TokenKind.String => new TorchString(StringText()),
            TokenKind.Punctuation when Is('-') || Is('+') => SignedNumber(),
            TokenKind.Punctuation when Is('(') => Parenthesised(),
            TokenKind.Punctuation when Is('[') => List(),
            _ => throw Expected("a value"),
        };
    }

    TorchList List()
    {
        Open('[');
        (List<TorchValue> items, _) = Items(']');
        Close(']');
        return new TorchList(items);
    }

    /// <summary>A tuple, a tuple's transposed view, or a value in parentheses.</summary>
    TorchValue Parenthesised()
    {
        Open('(');
        (List<TorchValue> items, bool comma) = Items(')');
        Close(')');
        bool isTuple = items.Count != 1 || comma;
        if (!Is('.')) { return isTuple ? new TorchTuple(items) : items[0]; }
        ExpressionToken dot = Take();
        if (Current.Kind != TokenKind.Name || Text(Current) != "T") { throw Expected("T, the transposed view"); }
        if (!isTuple)
        {
            throw Error(dot, "expected .T after a tuple of sizes, for example (20, 30).T, found it after a value in parentheses");
        }
        Take();
        return new TorchTransposed(new TorchTuple(items));
    }

    /// <summary>Values with commas between, also after the last; whether there was any comma.</summary>
    (List<TorchValue> Items, bool Comma) Items(char close)
    {
        List<TorchValue> items = [];
        bool comma = false;
        while (!Is(close))
        {
            items.Add(Value());
            if (Is(close)) { break; }
            Expect(',', close);
            comma = true;
        }
        return (items, comma);
    }

    void Open(char bracket)
    {
        if (++_nesting > TorchExpression.MaxNesting)
        {
            throw Error(Current, $"expected at most {TorchExpression.MaxNesting} levels of nesting, found one more");
        }
        Expect(bracket);
    }

    void Close(char bracket)
    {
        Expect(bracket);
        _nesting--;
    }

    ExpressionToken Take() => _tokens[_next++];

    bool Is(char punctuation) => IsAt(_next, punctuation);

    bool IsAt(int index, char punctuation) => index < _tokens.Count && _tokens[index].Kind == TokenKind.Punctuation
        && _text[_tokens[index].Start] == punctuation;

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
            TokenKind.Name => $"the name '{text}'",
            TokenKind.String => $"the string {text}",
            TokenKind.Punctuation => $"'{text}'",
            _ => $"the number {text}",
        };
    }

    TorchExpressionException Expected(string what) => Error(Current, $"expected {what}, found {Shown(Current)}");

    TorchExpressionException Error(ExpressionToken token, string problem)
        => new(_text, token.Start, _where.Length == 0 ? problem : $"{problem}, in {_where}");
}
