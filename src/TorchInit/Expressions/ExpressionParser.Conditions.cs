namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>a if condition else b: the value that Python would take.</summary>
    TorchValue Choice()
    {
        int start = _next;
        if (IsWord("lambda")) { return Lambda(); }
        if (IfOf(start) is not { } word) { return Condition(); }
        _next = word;
        ExpressionToken at = Take();
        TorchValue condition = Condition();
        if (!IsWord("else")) { throw Expected("'else'"); }
        Take();
        int behind = _next;
        Deeper();
        TorchValue? value = null, other = null;
        bool isMachines = IsMachines(condition), isTaken = isMachines || IsTrue(at, condition);
        if (isTaken)
        {
            _next = start;
            value = Condition();
            if (_next != word) { throw Expected("'if'"); }
            _next = behind;
        }
        if (!isTaken || isMachines) { other = Choice(); }
        else { SkipOperand(); }
        _nesting--;
        if (!isMachines) { return (value ?? other)!; }
        // A device that depends on the machine means none, as in torch.device(…).
        return value is TorchString && other is TorchString or TorchNone ? TorchNone.Instance
            : throw Error(at, "expected a condition that does not depend on the machine, except for the name of a device");
    }

    /// <summary>The token of the 'if' in a if condition else b, which Python evaluates before a; null for another expression.</summary>
    int? IfOf(int start)
    {
        if (_ifs.TryGetValue(start, out int? known)) { return known; }
        int depth = 0, at = start;
        for (; !IsLineEnd(at); at++)
        {
            ExpressionToken token = _tokens[at];
            char letter = token.Kind == TokenKind.Punctuation ? _text[token.Start] : ' ';
            if (letter is '(' or '[' or '{') { depth++; }
            if (letter is ')' or ']' or '}' && depth-- == 0) { break; }
            if (depth > 0) { continue; }
            if (letter is ',' or ':' || (letter == '=' && token.End == token.Start + 1)) { break; }
            string word = token.Kind == TokenKind.Name && token.End - token.Start <= 4 ? Text(token) : "";
            if (word is "for" or "else") { break; }
            if (word == "if") { return _ifs[start] = at; }
        }
        return _ifs[start] = null;
    }

    readonly Dictionary<int, int?> _ifs = [];

    /// <summary>Whether a value is known only on the machine that runs the text: torch.cuda.is_available().</summary>
    static bool IsMachines(TorchValue value) => value is TorchCall call && call.Name.EndsWith(".is_available", StringComparison.Ordinal);

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
            if (IsTrue(at, value) != isLast) { value = operand(); }
            else if (isLast) { SkipOperand("or", "if", "else"); }
            else { SkipOperand("and", "or", "if", "else"); }
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
        TorchValue left = Bits();
        TorchValue? answer = null;
        while (Comparator() is { } symbol)
        {
            if (answer is TorchBool { Value: false })
            {
                SkipOperand("and", "or", "if", "else");           // Python does not evaluate the rest of a chain
                break;
            }
            (left, TorchValue right) = (Evaluated(start, left), Evaluated(Current, Bits()));
            if (InPython(start, () => TensorOperators.Of(symbol, left, right)) is { } tensor)
            {
                if (answer is not null) { throw Error(start, "expected one comparison of a tensor, found several"); }
                answer = Counted(tensor);
            }
            else if (answer is null or TorchBool { Value: true })
            {
                answer = new TorchBool(InPython(start, () => Holds(start, symbol, left, right)));
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

    bool Holds(ExpressionToken at, string symbol, TorchValue left, TorchValue right)
    {
        (PythonArgument a, PythonArgument b) = (new("left", Known(at, left)), new("right", Known(at, right)));
        if (symbol is "==" or "!=" && left is TorchCall x && right is TorchCall && !ReferenceEquals(left, right)
            && (ClassOf(x)?.IsRecord == true || MethodOf(x, "__eq__") is not null))
        {
            throw Error(at, $"expected a comparison that is known, found == of objects of {ProgramRecorder.NameOf(x)}");
        }
        if (symbol is "==" or "!=" && left is TorchCall && right is TorchCall) { return ReferenceEquals(left, right) == (symbol == "=="); }
        if (left is PythonSet one && right is PythonSet other && symbol is "<" or "<=" or ">" or ">=")
        {
            bool isSame = one.IsIn(other) && other.IsIn(one);
            return symbol[0] == '<' ? one.IsIn(other) && (symbol == "<=" || !isSame) : other.IsIn(one) && (symbol == ">=" || !isSame);
        }
        return symbol switch
        {
            "<" => a.IsLess(b),
            "<=" => a.IsAtMost(b),
            ">" => a.IsGreater(b),
            ">=" => a.IsAtLeast(b),
            "==" => a.IsEqualTo(b),
            "!=" => !a.IsEqualTo(b),
            "is" => IsSame(at, left, right),
            "is not" => !IsSame(at, left, right),
            _ => IsIn(a, b) == (symbol == "in"),
        };
    }

    /// <summary>a in b: part of a string, or an item of a sequence.</summary>
    static bool IsIn(PythonArgument item, PythonArgument sequence)
        => sequence.Value is PythonSet set ? set.Contains(item.Value)
            : (item.Value, sequence.Value) is (TorchString part, TorchString text)
            ? text.Value.Contains(part.Value, StringComparison.Ordinal)
            : (sequence.Items ?? throw sequence.TypeError("a sequence", $"argument of type '{sequence.Type}' is not iterable"))
                .Any(other => other is TorchCall ? ReferenceEquals(other, item.Value) : new PythonArgument("item", other).IsEqualTo(item));

    /// <summary>a is b, for None, True, False, classes, modules, and module attributes, which may be None.</summary>
    bool IsSame(ExpressionToken at, TorchValue left, TorchValue right)
    {
        if (ReferenceEquals(left, right)) { return true; }
        if (left is TorchMember member && right is TorchNone) { return !HasTensor(at, member); }
        if (left is TorchMember || right is TorchMember || (left, right) is (TorchInt or TorchFloat, TorchInt or TorchFloat))
        {
            throw Error(at, $"expected None, True, False, a class or a module beside 'is', found {Short(right.ToString())}");
        }
        return left is TorchBool or TorchNone or TorchString or PythonCallable && left == right;
    }

    bool IsTrue(ExpressionToken at, TorchValue value)
    {
        if (IsTensor(value) || (value is TorchMember member && HasTensor(at, member)))
        {
            throw Error(at, "expected a condition on literals, found a tensor: its values are not known before it is drawn");
        }
        if (value is TorchCall made && (IsModule(made) || IsPlainObject(made)))
        {
            if (MethodOf(made, "__bool__") is not null || MethodOf(made, "__len__") is not null)
            {
                throw Error(at, $"expected a condition on literals, found an object of {ProgramRecorder.NameOf(made)}, which decides "
                    + "itself whether it is true");
            }
            if (_program is not null && !IsMade(value))
            {
                MakePending();
                Program.Make(value);
            }
            return (ItemsOf(value) ?? [value]).Count > 0;
        }
        return value is not TorchMember && new PythonArgument("", Known(at, value)).IsTrue;
    }

    /// <summary>Refuses the call of a function that is not followed: what it returns is not known.</summary>
    TorchValue Known(ExpressionToken at, TorchValue value)
        => value is not TorchCall call || TensorTable.IsTensor(call) || IsModule(call) || IsPlainObject(call) ? value
            : throw Error(at, $"expected a condition on literals, found {Short(call.ToString())}, which is not followed: "
                + "nothing is run here");

    bool IsPlainObject(TorchValue value) => _program?.IsPlainObject(value) == true;

    bool IsModule(TorchCall call) => (_program?.AttributesOf(call) is not null && !IsPlainObject(call))
        || (CallTable.Knows(call.Name) && !IsFill(call.Name)) || IsParameters(call);
}
