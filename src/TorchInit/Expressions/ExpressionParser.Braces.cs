namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>Whether a brace opens a dict: it is empty, or a colon or ** comes before the first comma.</summary>
    bool IsDict()
    {
        int depth = 0, at = _next + 1;
        if (IsAt(at, '}') || (IsAt(at, '*') && _tokens[at].End == _tokens[at].Start + 2)) { return true; }
        for (; !IsLineEnd(at); at++)
        {
            char letter = _tokens[at].Kind == TokenKind.Punctuation ? _text[_tokens[at].Start] : ' ';
            if (depth == 0 && letter is ':' or ',' or '}') { return letter == ':'; }
            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
        }
        return true;
    }

    /// <summary>{'a': 1}: a dict with strings or integers as keys.</summary>
    TorchDict Dict()
    {
        ExpressionToken start = Current;
        Open('{');
        Dictionary<string, TorchValue> items = new(StringComparer.Ordinal);
        if (ForOf('}') is { } at)
        {
            foreach (TorchTuple pair in Comprehension(at, '}', Pair).Cast<TorchTuple>()) { Add(pair); }
        }
        while (!Is('}'))
        {
            if (Is('*') && IsDouble())
            {
                Take();
                TorchDict more = Value() as TorchDict ?? throw Error(start, "expected a dict after '**'");
                foreach ((string key, TorchValue value) in more.Items) { items[key] = value; }
            }
            else { Add(Pair()); }
            if (Is('}')) { break; }
            Expect(',', '}');
        }
        Close('}');
        return (TorchDict)Counted(new TorchDict([.. items]));

        void Add(TorchTuple pair) => items[PythonKey.Of(pair.Items[0])!] = pair.Items[1];

        TorchTuple Pair()
        {
            TorchValue key = Value();
            if (PythonKey.Of(key) is null) { throw Error(start, "expected names or integers as the keys of a dict"); }
            Expect(':');
            return new(key, Value());
        }
    }

    /// <summary>{'a', 'b'}: a set.</summary>
    PythonSet Set()
    {
        ExpressionToken start = Current;
        Open('{');
        List<TorchValue> items = ForOf('}') is { } at ? Comprehension(at, '}') : Items('}').Items;
        Close('}');
        return Set(start, items);
    }

    PythonSet Set(ExpressionToken at, IReadOnlyList<TorchValue> items)
    {
        if (items.FirstOrDefault(item => !PythonSet.CanHave(item)) is { } other)
        {
            throw Error(at, $"expected numbers, names and classes in a set, found {Short(other.ToString())}");
        }
        SpendCopy(items.Count, at);
        Spend((int)Math.Min((long)items.Count * items.Count, int.MaxValue), at);        // each is compared with the others
        return (PythonSet)Counted(new PythonSet(items));
    }

    /// <summary>set(…), frozenset(…).</summary>
    PythonSet SetOf(ExpressionToken at, string name, List<TorchValue> arguments, List<TorchKeyword> keywords)
        => (arguments, keywords) switch
        {
            ([], []) => Set(at, []),
            ([PythonSet given], []) => given with { },
            ([var given], []) => Set(at, Iterated(at, given)),
            _ => throw Error(at, $"expected one argument of {name}"),
        };

    /// <summary>A method of a set.</summary>
    TorchValue OfSet(ExpressionToken at, PythonSet set, string name, List<TorchValue> arguments)
    {
        switch (name, arguments)
        {
            case ("add", [var item]):
                Become(at, set, Set(at, [.. set.Items, item]));
                return TorchNone.Instance;
            case ("discard" or "remove", [var item]):
                if (name == "remove" && !set.Contains(item)) { throw Error(at, $"KeyError: {Short(item.ToString())}", "KeyError"); }
                Become(at, set, PythonSet.Of("-", set, Set(at, [item]))!);
                return TorchNone.Instance;
            case ("update", [var more]):
                Become(at, set, Set(at, [.. set.Items, .. Members(more).Items]));
                return TorchNone.Instance;
            case ("union", [var more]): return PythonSet.Of("|", set, Members(more))!;
            case ("intersection", [var more]): return PythonSet.Of("&", set, Members(more))!;
            case ("difference", [var more]): return PythonSet.Of("-", set, Members(more))!;
            case ("issubset", [var more]): return new TorchBool(set.IsIn(Members(more)));
            case ("issuperset", [var more]): return new TorchBool(Members(more).IsIn(set));
            case ("copy", []): return set with { };
            default: throw Error(at, $"expected other arguments of {name}");
        }

        PythonSet Members(TorchValue value) => value as PythonSet ?? Set(at, Iterated(at, value));
    }
}
