namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>a if condition else b: the value that Python would take.</summary>
    TorchValue Choice()
    {
        TorchValue value = Condition();
        if (!IsWord("if")) { return value; }
        ExpressionToken at = Take();
        TorchValue condition = Condition();
        bool taken = IsTrue(at, condition);
        if (!IsWord("else")) { throw Expected("'else'"); }
        Take();
        Deeper();
        TorchValue other = Choice();
        _nesting--;
        // A device that depends on the machine means none, as in torch.device(…).
        bool isMachines = condition is TorchCall call && call.Name.EndsWith(".is_available", StringComparison.Ordinal);
        return isMachines && value is TorchString && other is TorchString ? TorchNone.Instance : taken ? value : other;
    }

    /// <summary>a or b: the first that is true.</summary>
    TorchValue Condition() => Chained("or", Conjunction, isLast: true);

    /// <summary>a and b: the first that is false.</summary>
    TorchValue Conjunction() => Chained("and", Negation, isLast: false);

    /// <summary>Operands joined by a keyword: the first with the given truth value, else the last.</summary>
    TorchValue Chained(string word, Func<TorchValue> operand, bool isLast)
    {
        TorchValue value = operand();
        while (IsWord(word))
        {
            ExpressionToken at = Take();
            bool stays = IsTrue(at, value) == isLast;
            TorchValue other = operand();
            value = stays ? value : other;
        }
        return value;
    }

    TorchValue Negation()
    {
        if (!IsWord("not")) { return Comparison(); }
        ExpressionToken at = Take();
        Deeper();
        TorchValue operand = Negation();
        _nesting--;
        return new TorchBool(!IsTrue(at, operand));
    }

    /// <summary>a &lt; b &lt; c, a is not None, a in b; on a tensor it compares each element.</summary>
    TorchValue Comparison()
    {
        ExpressionToken start = Current;
        TorchValue left = Sum();
        TorchValue? answer = null;
        while (Comparator() is { } symbol)
        {
            (left, TorchValue right) = (Evaluated(start, left), Evaluated(Current, Sum()));
            if (InPython(start, () => TensorOperators.Of(symbol, left, right)) is { } tensor)
            {
                if (answer is not null) { throw Error(start, "expected one comparison of a tensor, found several"); }
                answer = Counted(tensor);
            }
            else if (answer is null or TorchBool { Value: true })
            {
                answer = new TorchBool(InPython(start, () => Holds(symbol, left, right)));
            }
            left = right;
        }
        return answer ?? left;
    }

    /// <summary>Reads a comparison operator; null if there is none.</summary>
    string? Comparator()
    {
        if (Current.Kind == TokenKind.Punctuation && Text(Current) is "<" or ">" or "<=" or ">=" or "==" or "!=") { return Text(Take()); }
        if (IsWord("in"))
        {
            Take();
            return "in";
        }
        if (IsWord("is"))
        {
            Take();
            if (!IsWord("not")) { return "is"; }
            Take();
            return "is not";
        }
        if (!IsWord("not") || _tokens[_next + 1].Kind != TokenKind.Name || Text(_tokens[_next + 1]) != "in") { return null; }
        Take();
        Take();
        return "not in";
    }

    bool Holds(string symbol, TorchValue left, TorchValue right)
    {
        (PythonArgument a, PythonArgument b) = (new("left", left), new("right", right));
        return symbol switch
        {
            "<" => a.IsLess(b),
            "<=" => a.IsAtMost(b),
            ">" => a.IsGreater(b),
            ">=" => a.IsAtLeast(b),
            "==" => a.IsEqualTo(b),
            "!=" => !a.IsEqualTo(b),
            "is" => IsSame(left, right),
            "is not" => !IsSame(left, right),
            _ => (b.Items ?? throw b.TypeError("a sequence", $"argument of type '{b.Type}' is not iterable"))
                .Any(item => new PythonArgument("item", item).IsEqualTo(a)) == (symbol == "in"),
        };
    }

    /// <summary>a is b, for None, True, False, classes, and module attributes, which may be None.</summary>
    bool IsSame(TorchValue left, TorchValue right) => ReferenceEquals(left, right)
        || (left is TorchBool or TorchNone or TorchString && left == right)
        || (right is TorchNone && left is TorchMember member && !Has(member));

    bool IsTrue(ExpressionToken at, TorchValue value) => !TensorOperators.IsTensor(value) ? new PythonArgument("", value).IsTrue
        : throw Error(at, "expected a condition on literals, found a tensor: its values are not known before it is drawn");
}
