namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>A constant with a name, a number's function, or a call with the call that may follow it.</summary>
    TorchValue NameOrCall()
    {
        ExpressionToken token = Current;
        string name = DottedName();
        if (PythonName.IsNumberFunction(name) && Is('(')) { return NumberFunction(name); }
        if (Is('(')) { return Call(token, name); }
        return name switch
        {
            "None" => TorchNone.Instance,
            "True" => new TorchBool(true),
            "False" => new TorchBool(false),
            "inf" or "math.inf" => s_infinity,
            "nan" or "math.nan" => s_notANumber,
            _ when DTypeOf(name) is { } dtype => TensorTable.IsName(_callee) ? dtype
                : throw Error(token, $"expected a value, found '{name}': the dtype is no part of the expression, it is given by --dtype"),
            _ => throw Error(token,
                $"expected a value, found the name '{Short(name)}'; names that are values: None, True, False, inf, nan, math.inf, "
                    + $"math.nan; a call has (…) after its name"),
        };
    }

    string DottedName()
    {
        ExpressionToken last = Take();
        string name = Text(last);
        if (!Is('.')) { return name; }
        List<string> parts = [name];
        while (Is('.'))
        {
            Take();
            parts.Add(Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("a name after the '.'"));
        }
        return string.Join('.', parts);
    }

    TorchCall Call(ExpressionToken start, string name)
    {
        if (PythonName.WhyNotCallable(name) is { } allowed) { throw Error(start, $"expected {allowed}, found the name '{Short(name)}'"); }
        (string outer, string callee) = (_where, _callee);
        _callee = name;
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments(name);
        (_where, _callee) = (outer, callee);
        Close(')');
        long[]? forward = null;
        if (Is('(') && TensorOperators.Applied(name) is { } function) { return AppliedModule(function, arguments, keywords); }
        if (Is('('))
        {
            _where = $"the first input of {Short(name)}";
            forward = Sizes();
            _where = outer;
        }
        return new TorchCall(name, arguments, keywords, forward);
    }

    (List<TorchValue> Arguments, List<TorchKeyword> Keywords) Arguments(string name)
    {
        List<TorchValue> arguments = [];
        List<TorchKeyword> keywords = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        while (!Is(')'))
        {
            ExpressionToken token = Current;
            if (token.Kind == TokenKind.Name && IsAt(_next + 1, '='))
            {
                string keyword = Text(token);
                if (!PythonName.IsIdentifier(keyword)) { throw Expected("the name of an argument"); }
                if (!taken.Add(keyword)) { throw Error(token, $"expected each argument once, found {keyword} again"); }
                _next += 2;
                _where = $"argument {Short(keyword)} of {Short(name)}";
                keywords.Add(new TorchKeyword(keyword, Value()));
            }
            else
            {
                _where = $"argument {arguments.Count + 1} of {Short(name)}";
                arguments.Add(keywords.Count == 0 ? Value()
                    : throw Error(token,
                    $"expected a keyword argument, found {Shown(token)}: no positional argument may follow {keywords[^1].Name}="));
            }
            if (Is(')')) { break; }
            Expect(',', ')');
        }
        return (arguments, keywords);
    }

    /// <summary>(2, 3) or ((2, 3)): the sizes of a first input.</summary>
    long[] Sizes()
    {
        ExpressionToken token = Current;
        Open('(');
        (List<TorchValue> items, _) = Items(')');
        Close(')');
        IReadOnlyList<TorchValue> sizes = items switch
        {
            [] => throw Error(token, "expected the sizes of an input, for example (2, 3), found none"),
            [TorchTuple tuple] => tuple.Items,
            [TorchList list] => list.Items,
            _ => items,
        };
        return [.. sizes.Select(size => size is TorchInt { Value: >= 0 } number ? number.Value
            : throw Error(token, $"expected integers of 0 or more as the sizes of an input, found {Short(size.ToString())}"))];
    }

    static TorchDType? DTypeOf(string name)
    {
        if (!name.StartsWith("torch.", StringComparison.Ordinal)) { return null; }
        try { return new(DType.Parse(name)); }
        catch (ArgumentException) { return null; }
    }

    static string Short(string name) => name.Length <= 40 ? name : $"{name[..40]}…";
}
