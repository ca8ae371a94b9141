namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // The position of a comprehension's 'for' and of its closing bracket, by its first token.
    readonly Dictionary<int, (int For, int Close)> _fors = [];

    /// <summary>The position of the 'for' if the tokens up to the closing bracket are a comprehension; else null.</summary>
    int? ForOf(char close)
    {
        if (!_fors.TryGetValue(_next, out (int For, int Close) found)) { _fors[_next] = found = FindFor(_next); }
        return found.For >= 0 && found.Close >= 0 && IsAt(found.Close, close) ? found.For : null;
    }

    (int For, int Close) FindFor(int start)
    {
        int depth = 0;
        int at = start;
        int found = -1;
        for (; at < _tokens.Count && _tokens[at].Kind is not TokenKind.End; at++)
        {
            ExpressionToken token = _tokens[at];
            Spend(1, token);
            if (token.Kind == TokenKind.Name && depth == 0 && found < 0 && token.End - token.Start == 3
                && Text(token) == "for") { found = at; }
            if (token.Kind != TokenKind.Punctuation) { continue; }
            char letter = _text[token.Start];
            if (letter is '(' or '[' or '{') { depth++; }
            if (letter is ')' or ']' or '}' && depth-- == 0) { return (found, at); }
            if (letter == ',' && depth == 0 && found < 0) { return (-1, -1); }
        }
        return (-1, -1);
    }

    /// <summary>expression for names in values …: evaluates the expression, or what <paramref name="read"/> reads, once per
    /// value.</summary>
    List<TorchValue> Comprehension(int forAt, char close, Func<TorchValue>? read = null)
    {
        read ??= Value;
        int start = _next;
        int end = _fors[start].Close;
        List<TorchValue> items = [];
        _scope = new(_scope);
        Clause(forAt);
        _scope = _scope.Outer!;
        _next = end;
        return IsAt(_next, close) ? items : throw Expected($"'{close}'");

        void Clause(int at)
        {
            _next = at + 1;
            string[] names = Names();
            if (!IsWord("in")) { throw Expected("'in' after the names of 'for'"); }
            Take();
            ExpressionToken token = Current;
            TorchValue iterated = Evaluated(token, Condition());
            TorchValue[]? numbers = IsMade(iterated) ? null : NumbersOf(token, iterated);
            if (_program is not null && numbers is null) { Make(iterated); }
            IReadOnlyList<TorchValue> values = numbers ?? Iterated(token, iterated);
            int next = _next;
            if (IsWord("if"))
            {
                while (_next != end && !IsWord("for")) { SkipOne(); }
            }
            bool inner = IsWord("for");
            int behind = _next;
            if (!inner && behind != end) { throw Expected($"'for' or '{close}'"); }
            foreach (TorchValue value in values)
            {
                Bind(token, names, value);
                _next = next;
                bool taken = true;
                while (taken && IsWord("if"))
                {
                    Take();
                    taken = IsTrue(Current, Condition());
                }
                if (!taken) { continue; }
                if (inner)
                {
                    Clause(behind);
                    continue;
                }
                _next = start;
                items.Add(read());
                if (_program is not null) { Make(items[^1]); }
                if (_next != forAt) { throw Expected("'for'"); }
            }
        }
    }

    IReadOnlyList<TorchValue> Iterated(ExpressionToken token, TorchValue value)
    {
        CheckFollowed(token, value);
        if (value is TorchMember || IsTensor(value))
        {
            if (NumbersOf(token, value) is { } numbers) { return numbers; }
            throw Error(token, $"expected a list to iterate over, found the tensor {Short(value.ToString())}: its rows are not followed");
        }
        IReadOnlyList<TorchValue> values = ItemsOf(value) ?? new PythonArgument("", value).Items
            ?? throw Error(token, $"TypeError: '{PythonArgument.TypeOf(value)}' object is not iterable", "TypeError");
        Spend(values.Count, token);
        return values;
    }

    /// <summary>a, or a, b, or (a, b).</summary>
    string[] Names()
    {
        bool bracket = Is('(');
        if (bracket) { Take(); }
        List<string> names = [];
        while (Is('*') || (Current.Kind == TokenKind.Name && PythonName.IsIdentifier(Text(Current))))
        {
            string star = Is('*') ? Text(Take()) : "";
            names.Add(star + (Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("a name after '*'")));
            if (!Is(',')) { break; }
            Take();
        }
        if (names.Count == 0) { throw Expected("a name"); }
        if (bracket) { Expect(')'); }
        return [.. names];
    }

    void Bind(ExpressionToken token, string[] names, TorchValue value)
    {
        if (names.Length == 1 && names[0][0] != '*')
        {
            _scope.Set(names[0], value);
            return;
        }
        if (Array.FindIndex(names, name => name[0] == '*') is >= 0 and var rest)
        {
            IReadOnlyList<TorchValue> all = Iterated(token, value);
            int behind = names.Length - rest - 1, taken = all.Count - rest - behind;
            if (taken < 0) { throw Error(token, $"ValueError: not enough values to unpack, found {all.Count}", "ValueError"); }
            for (int i = 0; i < rest; i++) { _scope.Set(names[i], all[i]); }
            _scope.Set(names[rest][1..], new TorchList([.. all.Skip(rest).Take(taken)]));
            for (int i = 0; i < behind; i++) { _scope.Set(names[rest + 1 + i], all[rest + taken + i]); }
            return;
        }
        if (TensorOperators.IsTensor(value) && _program is not null)
        {
            foreach ((string name, int at) in names.Select((name, at) => (name, at)))
            {
                TorchCall part = new("unpack", [value, new TorchInt(at), new TorchInt(names.Length)]);
                Make(part);
                _scope.Set(name, part);
            }
            return;
        }
        IReadOnlyList<TorchValue> items = value is TorchTuple or TorchList ? new PythonArgument("", value).Items! : [];
        if (items.Count != names.Length)
        {
            throw Error(token, $"ValueError: expected {names.Length} values to unpack, found {Short(value.ToString())}", "ValueError");
        }
        foreach ((string name, TorchValue item) in names.Zip(items)) { _scope.Set(name, item); }
    }
}
