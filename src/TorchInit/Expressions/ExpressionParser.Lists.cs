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
        Program.Make(item);
        Store(start, owner, name, Extended(start, list, item, isList));
        return true;
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
                Program.Make(longer);
                return longer;
            default:
                return Applied(_tokens[_next - 1] is { Kind: TokenKind.Punctuation } plus && Text(plus) == "+" ? plus
                : at, list, more);
        }
    }
}
