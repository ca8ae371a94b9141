namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>layers.append(…) and layers.extend(…): the variable gets a new list.</summary>
    bool Appends()
    {
        int open = _next;
        while (_tokens[open].Kind == TokenKind.Name && IsAt(open + 1, '.')) { open += 2; }
        if (open == _next || _tokens[open].Kind != TokenKind.Name || !IsAt(open + 1, '(')
            || Text(_tokens[open]) is not ("append" or "extend")) { return false; }
        ExpressionToken start = Current;
        string name = Text(Take());
        TorchValue? owner = null;
        TorchValue list = _scope.Find(name) ?? throw Error(start, $"expected a variable, found the name '{name}'");
        while (Take() is { } && _next < open)
        {
            owner = list;
            name = Text(Take());
            list = AttributeOf(start, owner, name);
        }
        bool isList = Text(Take()) == "extend";
        Open('(');
        TorchValue item = Value();
        if (Is(',')) { Take(); }
        Close(')');
        Make(item);
        TorchValue longer = Extended(start, list, item, isList);
        Store(start, owner, name, longer);
        Replace(start, list, longer);
        return true;
    }

    /// <summary>A list or container that grows does so under all its names.</summary>
    void Replace(ExpressionToken at, TorchValue before, TorchValue after)
    {
        if (before is not TorchList && ChildrenOf(before) is null) { return; }
        for (PythonScope? scope = _scope; scope is not null; scope = scope.Caller ?? scope.Outer)
        {
            CheckParts(scope.Own);
            scope.Replace(before, after);
        }
        foreach (List<KeyValuePair<string, TorchValue>> attributes in Program.Objects)
        {
            CheckParts(attributes);
            for (int i = 0; i < attributes.Count; i++)
            {
                if (ReferenceEquals(attributes[i].Value, before)) { attributes[i] = new(attributes[i].Key, after); }
            }
        }
        foreach (ProgramParameter parameter in _classes.Values.SelectMany(own => own.Parameters))
        {
            if (ReferenceEquals(parameter.Value, before)) { parameter.Value = after; }
        }

        // A module copies the list that it is given; its own children may grow.
        bool Holds(TorchValue value)
        {
            Spend(1, at);
            return ReferenceEquals(value, before) || value switch
            {
                TorchList list => list.Items.Any(Holds),
                TorchTuple tuple => tuple.Items.Any(Holds),
                TorchDict dict => dict.Items.Any(item => Holds(item.Value)),
                TorchCall call => before is TorchCall && IsModule(call) && call.Parts().Any(Holds),
                _ => false,
            };
        }

        void CheckParts(IEnumerable<KeyValuePair<string, TorchValue>> values)
        {
            foreach ((string name, TorchValue value) in values)
            {
                if (!ReferenceEquals(value, before) && Holds(value))
                {
                    throw Error(at, $"expected a list that is no part of another value when it grows, found it in '{Short(name)}'");
                }
            }
        }
    }

    /// <summary>A list, ModuleList or Sequential with items appended; for numbers, the sum.</summary>
    TorchValue Extended(ExpressionToken at, TorchValue list, TorchValue more, bool isList)
    {
        IReadOnlyList<TorchValue> added = !isList ? [more] : ChildrenOf(more) ?? new PythonArgument("", more).Items ?? [more];
        SpendCopy(added.Count + ((ChildrenOf(list) ?? (list as TorchList)?.Items)?.Count ?? 0), at);
        switch (list)
        {
            case TorchList items: return Counted(new TorchList([.. items.Items, .. added]));
            case TorchCall { Name: "ModuleList" or "Sequential" } call when ChildrenOf(call) is { } children:
                IReadOnlyList<TorchValue> all = [.. children, .. added];
                TorchCall longer = new(call.Name, call.Name == "Sequential" ? all : [new TorchList(all)]);
                Counted(longer);
                Make(longer);
                return longer;
            default:
                return Applied(_tokens[_next - 1] is { Kind: TokenKind.Punctuation } plus && Text(plus) == "+" ? plus
                : at, list, more);
        }
    }
}
