namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    readonly Dictionary<string, ProgramClass> _classes = new(StringComparer.Ordinal);

    ProgramRecorder Program => _program!;

    /// <summary>All statements of the text; the module or the variables that it leaves.</summary>
    public ProgramResult Statements()
    {
        TorchCall self = Program.NewObject("Module");
        _scope.Set("self", self);
        while (Current.Kind != TokenKind.End) { Statement(); }
        if (Program.AttributesOf(self)!.Count > 0) { return new(self, []); }
        TorchCall? last = null;
        foreach (ProgramClass own in _classes.Values.Where(own => !own.IsMade && own.Parameters.All(parameter => parameter.Default >= 0)))
        {
            last = Instance(own, Current, [], []);
        }
        KeyValuePair<string,
            TorchValue>[] variables = [.. _scope.Own.Where(variable => variable.Key != "self" && HasTensors(variable.Value))];
        last = variables.LastOrDefault(variable => Program.AttributesOf(variable.Value) is not null).Value as TorchCall ?? last;
        return new(last, variables);
    }

    bool HasTensors(TorchValue value) => IsMade(value);

    void Statement()
    {
        _where = "";
        ExpressionToken start = Current;
        if (Program.Steps.Count > ProgramRecorder.MostSteps)
        {
            throw Error(start, $"expected a text that makes and fills at most {ProgramRecorder.MostSteps} modules and tensors, found more");
        }
        string word = start.Kind == TokenKind.Name ? Text(start) : "";
        if (start.Kind == TokenKind.Line)
        {
            Take();
            return;
        }
        if (Is('@') || word is "import" or "from" or "return" or "pass" or "print") { SkipLine(); }
        else if (start.Kind == TokenKind.String && IsLineEnd(_next + 1)) { Take(); }
        else if (word == "class") { Class(); }
        else if (word == "def") { Function(null, _functions); }
        else if (word == "for") { For(); }
        else if (word == "if") { If(); }
        else if (word == "with")
        {
            if (!_text.AsSpan(start.End).TrimStart().StartsWith("torch.no_grad()"))
            {
                throw Error(start,
                "expected torch.no_grad() after 'with'");
            }
            int indent = Indent(start);
            while (!Is(':')) { _ = IsLineEnd(_next) ? throw Expected("':'") : Take(); }
            Take();
            Suite(indent, run: true);
        }
        else if (PythonName.IsReserved(word) && PythonBuiltins.Constant(word) is null)
        {
            throw Error(start, $"expected an assignment, a call, a class or a for loop, found '{word}': nothing is run here");
        }
        else { Simple(); }
        if (!IsLineEnd(_next) && word is not ("class" or "def" or "for" or "with" or "if")) { throw Expected("the end of the line"); }
    }

    bool IsLineEnd(int at) => _tokens[at].Kind is TokenKind.Line or TokenKind.End;

    void SkipLine()
    {
        while (!IsLineEnd(_next)) { Take(); }
    }

    /// <summary>How far the line of a word is indented.</summary>
    int Indent(ExpressionToken token)
    {
        int line = token.Start == 0 ? 0 : _text.LastIndexOf('\n', token.Start - 1) + 1;
        int at = line;
        while (at < token.Start && _text[at] is ' ' or '\t') { at++; }
        return at - line;
    }

    /// <summary>What stands behind a colon: on the line, or on the lines that are indented more.</summary>
    void Suite(int indent, bool run)
    {
        if (!IsLineEnd(_next))
        {
            while (!IsLineEnd(_next) || (Current.Kind == TokenKind.Line && _text[Current.Start] == ';')) { One(); }
            return;
        }
        while (Current.Kind != TokenKind.End)
        {
            if (Current.Kind == TokenKind.Line) { Take(); }
            else if (Indent(Current) <= indent) { return; }
            else { One(); }
        }

        void One()
        {
            if (run) { Statement(); }
            else
            {
                SkipLine();
                if (Current.Kind == TokenKind.Line) { Take(); }
            }
        }
    }

    void For()
    {
        ExpressionToken start = Take();
        string[] names = Names();
        if (!IsWord("in")) { throw Expected("'in' after the names of 'for'"); }
        Take();
        ExpressionToken token = Current;
        TorchValue iterated = Value();
        Program.Make(iterated);
        IReadOnlyList<TorchValue> values = Iterated(token, iterated);
        Expect(':');
        int body = _next;
        Deeper();
        foreach (TorchValue value in values)
        {
            Bind(token, names, value);
            _next = body;
            Suite(Indent(start), run: true);
        }
        _nesting--;
        _next = body;
        Suite(Indent(start), run: false);
    }

    /// <summary>An assignment, or an expression.</summary>
    void Simple()
    {
        List<int> targets = [_next];
        int depth = 0;
        for (int at = _next; !IsLineEnd(at); at++)
        {
            if (_tokens[at].Kind != TokenKind.Punctuation) { continue; }
            char letter = _text[_tokens[at].Start];
            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
            if (letter == '=' && depth == 0 && _tokens[at].End == _tokens[at].Start + 1) { targets.Add(at + 1); }
        }
        if (targets.Count == 1)
        {
            if (!Appends()) { Program.Make(Value()); }
            return;
        }
        int first = _next;
        _next = targets[^1];
        TorchValue value = Several();
        Program.Make(value);
        int end = _next;
        foreach (int target in targets.SkipLast(1))
        {
            _next = target;
            Assign(value);
        }
        _next = end;
    }

    /// <summary>a, or a, b without brackets.</summary>
    TorchValue Several()
    {
        TorchValue first = Value();
        if (!Is(',')) { return first; }
        List<TorchValue> items = [first];
        while (Is(','))
        {
            Take();
            if (!IsLineEnd(_next)) { items.Add(Value()); }
        }
        return Counted(new TorchTuple(items));
    }

    void Assign(TorchValue value)
    {
        ExpressionToken start = Current;
        if (Is('(') || (start.Kind == TokenKind.Name && IsAt(_next + 1, ',')))
        {
            Bind(start, Names(), value);
            return;
        }
        if (start.Kind != TokenKind.Name || !PythonName.IsIdentifier(Text(start))) { throw Expected("a name to assign to"); }
        Place place = new(null, Text(Take()), null);
        Place? outer = null;
        while (Is('.') || Is('['))
        {
            TorchValue owner = Loaded(start, place);
            outer = place;
            if (Is('[')) { place = new(owner, "", Index()); }
            else
            {
                Take();
                place = new(owner, Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("a name after the '.'"), null);
            }
        }
        bool augments = Current.Kind == TokenKind.Punctuation && IsAt(_next + 1, '=');
        if (augments && Text(Current) is "+" or "-" or "*" or "/" or "//" or "%" or "**")
        {
            string symbol = Text(Take());
            TorchValue before = Loaded(start, place);
            if (TensorOperators.IsTensor(before) || before is TorchMember)
            {
                Program.Make(TensorOperators.InPlace(symbol, before, value)!);
                return;
            }
            value = symbol == "+" ? Extended(start, before, value, isList: true) : Applied(_tokens[_next - 1], before, value);
        }
        else if (Is(':')) { while (!Is('=')) { Take(); } }
        if (!Is('=')) { throw Expected("'='"); }
        if (place.Index is null) { Store(start, place.Owner, place.Name, value); }
        else { StoreItem(start, outer!, place, value); }
    }

    /// <summary>What is assigned to: a variable, an attribute of an owner, or an item of it.</summary>
    sealed record Place(TorchValue? Owner, string Name, TorchValue? Index);

    TorchValue Loaded(ExpressionToken start, Place place)
        => place.Index is not null ? ItemOf(start, place.Owner!, place.Index)
            : place.Owner is not null ? AttributeOf(start, place.Owner, place.Name)
            : _scope.Find(place.Name) ?? throw Error(start, $"expected a variable, found the name '{Short(place.Name)}'");

    /// <summary>w[0] = value of a tensor; blocks['a'] = nn.Linear(3, 4) of a dict of modules or parameters.</summary>
    void StoreItem(ExpressionToken start, Place container, Place item, TorchValue value)
    {
        TorchValue owner = item.Owner!;
        if (owner is TorchCall { Name: "ModuleDict" or "ParameterDict" } call && item.Index is TorchString key)
        {
            List<KeyValuePair<string, TorchValue>> items = [.. (call.Arguments is [TorchDict dict] ? dict.Items : [])];
            int at = items.FindIndex(pair => pair.Key == key.Value);
            if (at >= 0) { items[at] = new(key.Value, value); }
            else { items.Add(new(key.Value, value)); }
            TorchCall longer = new(call.Name, [new TorchDict(items)]);
            Counted(longer);
            Program.Make(longer);
            Store(start, container.Owner, container.Name, longer);
            return;
        }
        if (!TensorOperators.IsTensor(owner) && owner is not TorchMember)
        {
            throw Error(start,
                $"expected a tensor, or a dict of modules, before an index that is assigned to, found {Short(owner.ToString())}");
        }
        Program.Make(Counted(TensorOperators.SetItem(owner, item.Index!, value)));
    }

    void Store(ExpressionToken start, TorchValue? owner, string name, TorchValue value)
    {
        if (owner is null) { _scope.Set(name, value); }
        else if (owner is TorchCall target && Program.AttributesOf(target) is not null) { Program.SetAttribute(target, name, value); }
        else if (owner is TorchMember or TorchCall && (value is TorchMember || IsMade(value)))
        {
            Program.Steps.Add(new TieStep(Member(owner, name), value));
        }
        else
        {
            throw Error(start,
            $"expected a module's attribute or a parameter that is tied, found {name} of {Short(owner.ToString())}");
        }
    }

    /// <summary>layers.append(…) and layers.extend(…): the list is another then.</summary>
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

    /// <summary>A list, or a ModuleList or Sequential, with more behind; of numbers the sum.</summary>
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
