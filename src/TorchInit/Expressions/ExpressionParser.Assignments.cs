namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>An assignment, or an expression.</summary>
    void Simple()
    {
        _isData = false;
        List<int> targets = [_next];
        int depth = 0;
        for (int at = _next; !IsLineEnd(at); at++)
        {
            if (depth == 0 && _tokens[at].Kind == TokenKind.Name && Text(_tokens[at]) == "lambda") { break; }
            if (_tokens[at].Kind != TokenKind.Punctuation) { continue; }
            char letter = _text[_tokens[at].Start];
            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
            if (letter == '=' && depth == 0 && _tokens[at].End == _tokens[at].Start + 1) { targets.Add(at + 1); }
        }
        if (targets.Count == 1)
        {
            if (Current.Kind == TokenKind.Name && IsAt(_next + 1, ':'))
            {
                int type = _next;
                SkipLine();                     // a name with its type
                CheckSkipped(type, "an annotation");
                return;
            }
            TorchValue alone = Value();
            Make(alone);
            Program.Alone = alone as TorchCall;
            return;
        }
        _next = targets[^1];
        int steps = Program.Steps.Count;
        TorchValue value = Several();
        Make(value);
        if (_iterators.TryGetValue(value, out var made) && (Program.Steps.Count > steps || made.Sources is [TorchNone]))
        {
            throw Error(_tokens[targets[^1]], "expected a list, found an iterator that makes or draws: when it does is not followed");
        }
        _isData = IsDataAt(_next - 1);
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
        if (Is('(') || Is('*') || (start.Kind == TokenKind.Name && IsAt(_next + 1, ',')))
        {
            int first = _next;
            NamePattern? names = null;
            if (Attempt(() => names = Names()).Problem is null && Is('='))
            {
                Bind(start, names!, value);
                return;
            }
            _next = first;
        }
        if (IsUnpacked())
        {
            IReadOnlyList<TorchValue> items = IsTensor(value) ? Unpacked(value, Targets()) : Iterated(start, value);
            if (items.Count(item => item is TorchMember) > 1)
            {
                throw Error(start, "expected one parameter of a module in each assignment, found several");
            }
            int taken = 0;
            for (; !Is('='); taken++)
            {
                if (taken == items.Count) { throw WrongCount(); }
                AssignOne(items[taken]);
                if (Is(',')) { Take(); }
            }
            if (taken < items.Count) { throw WrongCount(); }
            return;
        }
        AssignOne(value);
        if (!Is('=')) { throw Expected("'='"); }

        TorchExpressionException WrongCount()
            => Error(start, $"ValueError: expected other values to unpack, found {Short(value.ToString())}", "ValueError");
    }

    /// <summary>Whether the target is several: self.a, self.b = ….</summary>
    bool IsUnpacked() => Targets() != 0;

    /// <summary>The number of targets up to the '=', each behind or before a comma; 0 without one.</summary>
    int Targets()
    {
        int depth = 0, commas = 0;
        bool isLast = false;
        for (int at = _next; !IsLineEnd(at); at++)
        {
            if (_tokens[at].Kind != TokenKind.Punctuation) { continue; }
            char letter = _text[_tokens[at].Start];
            if (depth == 0 && letter is '=' or ':')
            {
                isLast = IsAt(at - 1, ',');
                break;
            }
            if (depth == 0 && letter == ',') { commas++; }
            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
        }
        return commas == 0 || isLast ? commas : commas + 1;
    }

    /// <summary>The rows of a tensor, or the tensors of a function that returns several, as a, b = … takes them.</summary>
    TorchCall[] Unpacked(TorchValue value, int count)
    {
        TorchCall[] parts = [.. Enumerable.Range(0, count).Select(at
            => new TorchCall("unpack", [value, new TorchInt(at), new TorchInt(count)]))];
        foreach (TorchCall part in parts) { Make(part); }
        return parts;
    }

    void AssignOne(TorchValue value)
    {
        ExpressionToken start = Current;
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
        if (augments && Text(Current) is "+" or "-" or "*" or "/" or "//" or "%" or "**" or "|" or "&" or "^")
        {
            string symbol = Text(Take());
            TorchValue before = Loaded(start, place);
            if (TensorOperators.IsTensor(before) || before is TorchMember)
            {
                Make(TensorOperators.InPlace(symbol, before, value)!);
                return;
            }
            TorchValue more = value;
            value = symbol == "+" ? Extended(start, before, more, isList: true) : Applied(_tokens[_next - 1], before, more);
            if (symbol == "+" || before is PythonSet or TorchDict or TorchList) { Replace(start, before, value); }
        }
        else if (Is(':'))
        {
            int type = _next;
            while (!Is('=')) { SkipOne(); }
            CheckSkipped(type, "an annotation");
        }
        if (!Is('=') && !Is(',')) { throw Expected("'='"); }
        if (place.Owner is null && value is TorchMember member && (_isData || !Has(member))) { _held.Add((_scope, place.Name)); }
        if (place.Index is null) { Store(start, place.Owner, place.Name, value); }
        else { StoreItem(start, outer!, place, value); }
    }

    /// <summary>The target of an assignment: a variable, an attribute of an owner, or an item of it.</summary>
    sealed record Place(TorchValue? Owner, string Name, TorchValue? Index);

    TorchValue Loaded(ExpressionToken start, Place place)
        => place.Index is not null ? ItemOf(start, place.Owner!, place.Index)
            : place.Owner is not null ? AttributeOf(start, place.Owner, place.Name)
            : _scope.Find(place.Name) ?? throw Error(start, $"expected a variable, found the name '{Short(place.Name)}'");

    /// <summary>w[0] = value on a tensor; blocks['a'] = nn.Linear(3, 4) on a dict of modules or parameters.</summary>
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
            Make(longer);
            Store(start, container.Owner, container.Name, longer);
            return;
        }
        if (owner is TorchDict given && PythonKey.Of(item.Index!) is { } entry)
        {
            Dictionary<string, TorchValue> items = new(given.Items, StringComparer.Ordinal) { [entry] = value };
            Become(start, given, new TorchDict([.. items], given.IsOrdered));
            return;
        }
        if (owner is TorchList list && item.Index is TorchInt { Value: var place } && place >= -list.Items.Count
            && place < list.Items.Count)
        {
            List<TorchValue> items = [.. list.Items];
            items[(int)(place < 0 ? place + items.Count : place)] = value;
            Become(start, list, new TorchList(items));
            return;
        }
        if (!TensorOperators.IsTensor(owner) && owner is not TorchMember)
        {
            throw Error(start,
                $"expected a tensor or a dict of modules before the index of an assignment, found {Short(owner.ToString())}");
        }
        Make(Counted(TensorOperators.SetItem(owner, item.Index!, value)));
    }

    /// <summary>A tensor that replaces a buffer is one.</summary>
    TorchValue AsBuffer(TorchCall target, string name, TorchValue value)
    {
        if (Program.KindOf(target, name) != AttributeKind.Buffer || value is not TorchCall tensor || !TensorTable.IsTensor(tensor)
            || tensor.Name is "Buffer" or "Parameter")
        {
            return value;
        }
        TorchCall buffer = new("Buffer", [tensor]);
        Make(buffer);
        return buffer;
    }

    void Store(ExpressionToken start, TorchValue? owner, string name, TorchValue value)
    {
        if (name == "requires_grad" && owner is TorchMember or TorchCall)
        {
            Freeze(owner, value is TorchBool { Value: false });
            return;
        }
        if (owner is not null) { CheckStore(start, owner, name, value); }
        // A device that depends on the machine means none.
        if (owner is null) { _scope.Set(name, _onMachine && value is TorchString ? TorchNone.Instance : value); }
        else if (owner is TorchCall target && Program.AttributesOf(target) is not null)
        {
            Program.SetAttribute(target, name, AsBuffer(target, name, value));
        }
        else if (owner is TorchMember whole && name == "data" && (value is TorchMember || IsMade(value)))
        {
            MakePending();
            CheckHeld(start, whole);
            Program.Share(whole, value);
        }
        else if (owner is TorchCall list && value is TorchCall child && IsModule(child))
        {
            TorchCall longer = Named(start, list, name, child);
            Replace(start, list, longer);
        }
        else if (owner is TorchMember or TorchCall && (value is TorchMember || IsMade(value)))
        {
            MakePending();
            TorchMember tied = Member(owner, name);
            CheckHeld(start, tied);
            Program.Tie(tied, value);
        }
        else
        {
            throw Error(start,
            $"expected a module's attribute or a tied parameter, found {name} of {Short(owner.ToString())}");
        }
    }
}
