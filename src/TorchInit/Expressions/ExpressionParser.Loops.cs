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
        PythonScope around = _scope;
        _scope = new(around.IsOfClass ? around.Outer : around) { Caller = around.IsOfClass ? around : null };
        Clause(forAt);
        _scope = around;
        _next = end;
        return IsAt(_next, close) ? items : throw Expected($"'{close}'");

        void Clause(int at)
        {
            _next = at + 1;
            NamePattern names = Names();
            if (!IsWord("in")) { throw Expected("'in' after the names of 'for'"); }
            Take();
            ExpressionToken token = Current;
            // The first values belong to the place around the comprehension.
            PythonScope inside = _scope;
            if (at == forAt && items.Count == 0) { _scope = around; }
            TorchValue iterated = Evaluated(token, Condition());
            _scope = inside;
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
            int loops = _looped.Count;
            Loops(iterated);
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
            _looped.RemoveRange(loops, _looped.Count - loops);
        }
    }

    IReadOnlyList<TorchValue> Iterated(ExpressionToken token, TorchValue value)
    {
        CheckFollowed(token, value);
        UseUp(token, value);
        if (value is TorchMember || IsTensor(value))
        {
            if (NumbersOf(token, value) is { } numbers) { return numbers; }
            throw Error(token, $"expected a list to iterate over, found the tensor {Short(value.ToString())}: its rows are not followed");
        }
        if (value is PythonSet)
        {
            throw Error(token, "expected a list or tuple to iterate over, found a set, whose order is not followed; sorted(…) has one");
        }
        IReadOnlyList<TorchValue> values = ItemsOf(value) ?? new PythonArgument("", value).Items
            ?? throw Error(token, $"TypeError: '{PythonArgument.TypeOf(value)}' object is not iterable", "TypeError");
        Spend(values.Count, token);
        return values;
    }
}
