namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>a, or a, *b, or (a, b), or i, (a, b).</summary>
    NamePattern Names()
    {
        List<NamePattern> parts = [];
        bool isTuple = false;
        while (Is('*') || Is('(') || Is('[') || (Current.Kind == TokenKind.Name && PythonName.IsIdentifier(Text(Current))))
        {
            bool isRest = Is('*');
            if (isRest) { Take(); }
            if (Is('(') || Is('['))
            {
                char close = Text(Take()) == "(" ? ')' : ']';
                Deeper();
                NamePattern inner = Names();
                _nesting--;
                Expect(close);
                parts.Add(inner.Parts is null ? new(null, [inner]) : inner);
            }
            else { parts.Add(new(Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("a name after '*'"), null, isRest)); }
            if (!Is(',')) { break; }
            Take();
            isTuple = true;
        }
        return parts.Count == 0 ? throw Expected("a name") : parts.Count == 1 && !isTuple && !parts[0].IsRest ? parts[0] : new(null, parts);
    }

    void Bind(ExpressionToken token, NamePattern target, TorchValue value)
    {
        if (target.Name is { } name)
        {
            _scope.Set(name, value);
            return;
        }
        IReadOnlyList<NamePattern> parts = target.Parts!;
        if (IsTensor(value) && _program is not null && parts.All(part => part is { Name: not null, IsRest: false }))
        {
            TorchCall[] rows = Unpacked(value, parts.Count);
            for (int at = 0; at < rows.Length; at++) { _scope.Set(parts[at].Name!, rows[at]); }
            return;
        }
        IReadOnlyList<TorchValue> items = Iterated(token, value);
        int rest = parts.ToList().FindIndex(part => part.IsRest), more = items.Count - parts.Count + 1;
        if (rest < 0 ? items.Count != parts.Count : more < 0)
        {
            throw Error(token, $"ValueError: expected {parts.Count} values to unpack, found {Short(value.ToString())}", "ValueError");
        }
        int taken = 0;
        for (int at = 0; at < parts.Count; at++)
        {
            Bind(token, parts[at], at == rest ? new TorchList([.. items.Skip(taken).Take(more)]) : items[taken]);
            taken += at == rest ? more : 1;
        }
    }
}
