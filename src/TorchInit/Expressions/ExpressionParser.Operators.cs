namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>Whether a text that does not start with a name may be arithmetic with a call: <c>1 - rand(3)</c>.</summary>
    bool MayBeTensor() => (Current.Kind is TokenKind.Integer or TokenKind.Float || Is('-') || Is('('))
        && Enumerable.Range(1, _tokens.Count - 1).Any(at => _tokens[at].Kind == TokenKind.Name && IsAt(at + 1, '('));

    /// <summary>a + b − c.</summary>
    TorchValue Sum()
    {
        TorchValue value = Product();
        while (Is('+') || Is('-')) { value = Applied(Take(), value, Product()); }
        return value;
    }

    // Python's operators on bits, from the one that binds least.
    static readonly string[][] s_bits = [["|"], ["^"], ["&"], ["<<", ">>"]];

    /// <summary>a | b ^ c &amp; d &lt;&lt; e.</summary>
    TorchValue Bits(int level = 0)
    {
        if (level == s_bits.Length) { return Sum(); }
        TorchValue value = Bits(level + 1);
        while (Current.Kind == TokenKind.Punctuation && Array.IndexOf(s_bits[level], Text(Current)) >= 0)
        {
            value = Applied(Take(), value, Bits(level + 1));
        }
        return value;
    }

    /// <summary>a * b / c // d % e.</summary>
    TorchValue Product()
    {
        TorchValue value = Signed();
        while (Is('*') || Is('/') || Is('%')) { value = Applied(Take(), value, Signed()); }
        bool isMatrices = Is('@') && (TensorOperators.IsTensor(value) || value is TorchMember);
        if (!isMatrices) { return value; }
        if (_program is null) { throw Error(Current, UnfollowedNames.Product); }
        Take();
        return Counted(new TorchCall("matmul", [value, Signed()]));
    }

    /// <summary>−a: binds less tightly than a power, so −2 ** 2 is −4.</summary>
    TorchValue Signed()
    {
        if (!Is('-') && !Is('+')) { return Power(); }
        ExpressionToken sign = Current;
        bool negative = false;
        while (Is('-') || Is('+')) { negative ^= Text(Take()) == "-"; }
        TorchValue value = Evaluated(Current, Power());
        if (TensorOperators.IsTensor(value) || value is TorchMember)
        {
            return negative ? Counted(TensorOperators.Negative(value)) : value;
        }
        return Following(InPython(sign, () => PythonArithmetic.Signed(negative, value)), value);
    }

    /// <summary>a ** b, right to left.</summary>
    TorchValue Power()
    {
        TorchValue value = Trailed();
        if (!Is('*') || !IsDouble()) { return value; }
        ExpressionToken symbol = Take();
        Deeper();
        TorchValue exponent = Signed();
        _nesting--;
        return Applied(symbol, value, exponent);
    }

    TorchValue Applied(ExpressionToken symbol, TorchValue left, TorchValue right)
    {
        (TorchValue a, TorchValue b) = (Evaluated(symbol, left), Evaluated(symbol, right));
        if (InPython(symbol, () => TensorOperators.Of(Text(symbol), a, b)) is { } tensor) { return Counted(tensor); }
        foreach (TorchValue operand in new[] { a, b }) { CheckFollowed(symbol, operand); }
        if (a is PythonSet one && b is PythonSet other && PythonSet.Of(Text(symbol), one, other) is { } set)
        {
            return Set(symbol, set.Items);
        }
        TorchValue result = Following(InPython(symbol, () => PythonArithmetic.Of(Text(symbol), a, b)), a, b);
        if (result is TorchList or TorchTuple or TorchString)
        {
            Spend(result is TorchString text ? text.Value.Length : new PythonArgument("", result).Items!.Count, symbol);
        }
        return Counted(result);
    }

    /// <summary>Refuses the result of a call that is not followed, which Python would not mind.</summary>
    void CheckFollowed(ExpressionToken at, TorchValue value)
    {
        if (value is not TorchCall call || IsModule(call) || IsPlainObject(call) || TensorTable.IsTensor(call)) { return; }
        throw Error(at, UnfollowedNames.Reason(call.Name) is { } reason ? UnfollowedNames.Refused(call.Name, reason).Message
            : $"expected a value, found {Short(call.ToString())}, which is not followed: nothing is run here");
    }

    bool IsDouble() => Current.End - Current.Start == 2;

    /// <summary>Reports Python's exceptions at the token that raises them.</summary>
    T InPython<T>(ExpressionToken at, Func<T> value)
    {
        try { return value(); }
        catch (PythonException error)
        {
            throw Error(at, error.Kind is null ? error.Message
            : $"{error.Kind}: {error.Message}", error.Kind);
        }
        catch (TorchArgumentException error) { throw Error(at, error.Message, error.TorchKind); }
        catch (ArgumentException error) { throw Error(at, error.Message); }
    }

    /// <summary>Replaces calculate_gain among literals by its number.</summary>
    TorchValue Evaluated(ExpressionToken at, TorchValue value) => value is TorchCall { Name: "init.calculate_gain" } gain
        ? InPython(at, () => InitCalls.GainValue(gain)) : value;

    /// <summary>An atom and its suffixes: <c>.T</c>, <c>.t()</c>, <c>.normal_(0, 0.02)</c>, <c>[0]</c>, <c>[1:]</c>.</summary>
    TorchValue Trailed()
    {
        ExpressionToken start = Current;
        TorchValue value = Atom();
        while (true)
        {
            if ((Is('.') || Is('[')) && _program is not null && IsFreshModule(value) && !(Is('.') && ReturnsModule())) { MakePending(); }
            if (Is('(') && value is PythonCallable callable) { value = Called(callable, start); }
            else if (Is('[') && CanBeIndexed(value)) { value = Indexed(value); }
            else if (Is('.') && CanHaveAttribute(value)) { value = Attribute(value); }
            else { return value; }
        }
    }

    bool CanBeIndexed(TorchValue value) => value is TorchList or TorchTuple or TorchDict or TorchString or TorchMember || IsMade(value)
        || TensorOperators.IsTensor(value);

    bool CanHaveAttribute(TorchValue value)
        => value is TorchTuple or TorchMember or TorchInt or TorchFloat or PythonCallable
            || (value is TorchString or TorchList or TorchDict or PythonSet && _program is not null)
            || TensorOf(value) is not null || TensorOperators.IsTensor(value)
            || IsMade(value) || (IsFreshModule(value) && ReturnsModule());

    TorchValue Indexed(TorchValue value)
    {
        ExpressionToken start = Current;
        return ItemOf(start, value, Index());
    }

    /// <summary>value[index]: a child, an item, part of a sequence, or a view of a tensor.</summary>
    TorchValue ItemOf(ExpressionToken start, TorchValue value, TorchValue index)
    {
        if (IsParameters(value) && IsMade(value))
        {
            TorchValue? own = index is TorchString name && value is TorchCall { Arguments: [TorchDict named] }
                ? named.Items.FirstOrDefault(item => item.Key == name.Value).Value
                : index is TorchInt { Value: var place } && ItemsOf(value) is { } all && place >= -all.Count && place < all.Count
                ? all[(int)(place < 0 ? place + all.Count : place)] : null;
            if (own is not null) { return own; }
        }
        bool isPlain = index is TorchInt { Value: >= 0 } or TorchString;
        if (TensorOperators.IsTensor(value) || (value is TorchMember && !isPlain))
        {
            return Counted(TensorOperators.Item(value, index));
        }
        bool slice = index is TorchCall { Name: "slice" };
        (TorchValue? from, TorchValue? to) = index is TorchCall { Name: "slice", Arguments: [var first0, var stop, TorchNone] }
            ? (first0, stop) : (index, null);
        if (index is TorchCall { Name: "Ellipsis" or "slice" } && to is null)
        {
            throw Error(start, "expected an index or a slice without a step, found another index");
        }
        if (slice && value is TorchCall { Name: "ModuleList" or "Sequential" } container && ChildrenOf(container) is { } children)
        {
            return SliceOf(container, (int)Bound(from, 0, children.Count), (int)Bound(to, children.Count, children.Count));
        }
        if (value is TorchMember or TorchCall) { return ChildOf(start, value, slice ? null : from); }
        if (value is TorchDict dict)
        {
            return from is not null && PythonKey.Of(from) is { } key
                && dict.Items.FirstOrDefault(item => item.Key == key) is { Value: { } found } ? found
                : throw Error(start, $"KeyError: {from}", "KeyError");
        }
        IReadOnlyList<TorchValue> items = new PythonArgument("", value).Items!;
        if (!slice)
        {
            return from is TorchInt { Value: var at } && at >= -items.Count && at < items.Count
                ? items[(int)(at < 0 ? at + items.Count : at)]
                : throw Error(start, $"IndexError: {PythonArgument.TypeOf(value)} index out of range", "IndexError");
        }
        (int first, int end) = ((int)Bound(from, 0, items.Count), (int)Bound(to, items.Count, items.Count));
        List<TorchValue> part = [.. items.Skip(first).Take(Math.Max(0, end - first))];
        Spend(part.Count, start);
        return value switch
        {
            TorchList => new TorchList(part),
            TorchTuple => new TorchTuple(part),
            _ => new TorchString(string.Concat(part.Cast<TorchString>().Select(letter => letter.Value))),
        };

        long Bound(TorchValue? given, int usual, int count) => given switch
        {
            null or TorchNone => usual,
            TorchInt { Value: var at } => Math.Clamp(at < 0 ? at + count : at, 0, count),
            _ => throw Error(start, "TypeError: slice indices must be integers or None", "TypeError"),
        };
    }

    /// <summary>The part after the dot of a tuple of sizes, a tensor's shape or a module.</summary>
    TorchValue Attribute(TorchValue value)
    {
        ExpressionToken dot = Take();
        if (Current.Kind != TokenKind.Name) { throw Expected("a name after the '.'"); }
        ExpressionToken token = Current;
        string name = Text(token);
        if ((IsMade(value) && !IsTensor(value)) || value is TorchMember) { return MemberOf(value); }
        if (IsFreshModule(value)) { return MethodOfFresh(value); }
        if (value is PythonCallable callable) { return OfCallable(callable); }
        if (value is TorchFloat && name == "item" && IsAt(_next + 1, '('))
        {
            Take();
            SkipBrackets();
            return value;
        }
        if (value is TorchString or TorchDict or PythonSet or TorchList or TorchTuple && IsAt(_next + 1, '(')
            && MethodOfValue(value, name) is { } answer)
        {
            return answer;
        }
        if (_program is not null && TensorOperators.IsTensor(value) && name is "shape" or "ndim" or "size" or "dim" or "numel")
        {
            Take();
            return OfShape(token, value, name) ?? throw Expected($"(…) after {name}");
        }
        TorchValue? shape = value is TorchTuple ? value : TensorOf(value);
        if (TensorOperators.IsTensor(value) && (shape is null || IsMade(value) || !CallTable.Knows(name)))
        {
            Take();
            if (name == "data") { return value; }
            if (Is('(') && name is "to" or "cpu" or "cuda") { return Moved(token, value, name); }
            if (Is('(') && name == "tolist" && NumbersOf(token, value) is { } numbers)
            {
                SkipBrackets();
                return new TorchList(numbers);
            }
            if (Is('(') && name is "numpy" or "item")
            {
                SkipBrackets();
                return value;
            }
            return Is('(') ? MethodCall(token, value, name)
                : TensorOperators.Member(value, name) is { } member ? Counted(member) : throw Expected($"(…) after {name}");
        }
        if (shape is not null && value is TorchCall && name is "to" or "cpu" or "cuda" && IsAt(_next + 1, '('))
        {
            Take();
            return Moved(token, value, name);
        }
        if (shape is null && name == "T")
        {
            throw Error(dot, "expected .T after a tuple of sizes, for example (20, 30).T, found it after a value in parentheses");
        }
        if (shape is TorchTuple sizes && name is "T" or "t")
        {
            if (name == "t" && !(IsAt(_next + 1, '(') && IsAt(_next + 2, ')'))) { throw Expected("T, the transposed view"); }
            _next += name == "t" ? 3 : 1;
            return new TorchTransposed(sizes);
        }
        if (shape is null || !name.EndsWith('_') || !IsAt(_next + 1, '(')) { throw Expected("T, the transposed view"); }
        Take();
        TorchCall method = (TorchCall)Call(token, name, shape);
        return Counted(method);
    }

    /// <summary>The shape of <c>torch.empty(3, 5)</c>, which an init function fills; null if it is not such a tensor, or has its own
    /// dtype.</summary>
    static TorchTuple? TensorOf(TorchValue value)
    {
        if (value is not TorchCall { Name: "empty" or "zeros" or "ones" or "Tensor", Forward: null } call
            || call.Keywords.Any(keyword => keyword.Name != "requires_grad"))
        {
            return null;
        }
        return call.Arguments switch
        {
            [TorchTuple sizes] => sizes,
            [TorchList sizes] => new(sizes.Items),
            var sizes => sizes.All(size => size is TorchInt) ? new(sizes) : null,
        };
    }

    /// <summary>Dropout(0.5)(ones(6, 6)) becomes dropout(ones(6, 6), 0.5).</summary>
    TorchCall AppliedModule(string function, List<TorchValue> arguments, List<TorchKeyword> keywords)
    {
        Open('(');
        TorchValue input = Value();
        Close(')');
        return Noted(new TorchCall(function, [input, .. arguments], keywords));
    }

    TorchValue MethodCall(ExpressionToken start, TorchValue tensor, string name)
    {
        bool isCast = name is "float" or "int" or "bool";
        if (!isCast && PythonName.WhyNotCallable(name) is { } allowed)
        {
            throw Error(start, $"expected {allowed}, found the name '{Short(name)}'");
        }
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = InBrackets(name);
        return Counted(Noted(InPython(start, () => TensorOperators.Method(tensor, name, arguments, keywords))));
    }
}
