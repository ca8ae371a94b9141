namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>A variable, a named constant, a Python function, or a call with the call that may follow it.</summary>
    TorchValue NameOrCall()
    {
        ExpressionToken token = Current;
        if (_scope.Find(Text(token)) is { } variable)
        {
            Take();
            return variable;
        }
        string name = DottedName();
        if (_program is not null && Applies(token, name) is { } answer) { return answer; }
        if (Is('(')) { return Call(token, name); }
        if (name == "__name__" && _program is not null) { return new TorchString("__main__"); }
        if (PythonBuiltins.Constant(name) is { } constant) { return constant; }
        bool any = TensorTable.IsName(_callee);
        if (DTypeOf(name) is { } dtype && (any || dtype.Value.IsFloatingPoint())) { return dtype; }
        return !IsDType(name) && ClassOrFunction(name) is { } callable ? callable : throw Error(token,
            IsDType(name) ? $"expected a value, found '{name}'; dtypes that are drawn: torch.float32, float64, float16, bfloat16"
                : $"expected a value, found the name '{Short(name)}'; {WhatIsAValue(name)}");
    }

    string WhatIsAValue(string name)
        => NearestNames.Of(name, _scope.Names).ToArray() is { Length: > 0 } near ? $"nearest: {string.Join(", ", near)}"
            : PlanLibrary.Near(name) is { Length: > 0 } plans ? $"plans of the library: {string.Join(", ", plans)}"
            : "names that are values: None, True, False, inf, nan, math.pi, torch.float64; a call has (…) after its name";

    string DottedName()
    {
        ExpressionToken last = Take();
        string name = _aliases.GetValueOrDefault(Text(last), Text(last));
        if (!Is('.')) { return name; }
        List<string> parts = [name];
        while (Is('.'))
        {
            Take();
            parts.Add(Current.Kind == TokenKind.Name ? Text(Take()) : throw Expected("a name after the '.'"));
        }
        return string.Join('.', parts);
    }

    /// <summary>The call of a name that has been read; <paramref name="tensor"/> is the object if the name is a method.</summary>
    TorchValue Call(ExpressionToken start, string name, TorchValue? tensor = null)
    {
        if (_program is not null && tensor is null && ProgramCall(start, name) is { } special) { return special; }
        if (tensor is null && PythonName.WithoutTorch(name) == "device") { return Device(); }
        if (!IsPythons(name, tensor) && PythonName.WhyNotCallable(name) is { } allowed)
        {
            throw Error(start, $"expected {allowed}, found the name '{Short(name)}'");
        }
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = InBrackets(name);
        return CallOf(start, name, tensor, arguments, keywords);
    }

    static bool IsDictName(string name) => name is "dict" or "OrderedDict" or "collections.OrderedDict";

    /// <summary>Whether a name is a function of Python here.</summary>
    static bool IsPythons(string name, TorchValue? tensor) => IsDictName(name)
        || name is "partial" or "functools.partial" or "set" or "frozenset"
        || (tensor is null && PythonBuiltins.Function(name) is not null);

    /// <summary>The call of a name whose arguments have been read.</summary>
    TorchValue CallOf(ExpressionToken start, string name, TorchValue? tensor, List<TorchValue> arguments, List<TorchKeyword> keywords)
    {
        string outer = _where;
        bool isDict = IsDictName(name);
        Func<IReadOnlyList<TorchValue>, TorchValue>? function = tensor is null ? PythonBuiltins.Function(name) : null;
        bool isValue = isDict || (function is not null && PythonBuiltins.IsReserved(PythonName.WithoutTorch(name)));
        if (name is "partial" or "functools.partial")
        {
            return arguments is [PythonCallable target, .. var first] ? Counted(new PartialName(target, first, keywords))
                : throw Error(start, "expected a class or function as the first argument of partial");
        }
        if (IsDeepCopy(name) && arguments is [var original] && keywords.Count == 0) { return Copied(start, original); }
        if (tensor is null && name is "set" or "frozenset") { return SetOf(start, name, arguments, keywords); }
        if (isDict) { return Counted(DictOf(start, name, arguments, keywords)); }
        if (name == "list" && keywords.Count == 0 && arguments is [TorchCall order] && TensorOperators.IsTensor(order))
        {
            // A loader draws again each time it is iterated over.
            return _program is not null && SamplerCalls.IsOrder(order) ? Counted(Noted(new TorchCall("epoch", arguments))) : order;
        }
        TorchValue[] sources = [.. arguments];
        if (function is not null && name != "len")
        {
            for (int i = 0; i < arguments.Count; i++)
            {
                UseUp(start, arguments[i]);
                if (ItemsOf(arguments[i]) is { } items) { arguments[i] = new TorchList(items); }
            }
        }
        if (name == "len" && _program is not null && arguments is [TorchCall container] && IsModule(container))
        {
            Make(container);
            return new TorchInt(LengthOf(container)
                ?? throw Error(start, $"TypeError: object of type '{ProgramRecorder.NameOf(container)}' has no len()", "TypeError"));
        }
        if (function is not null && (isValue || arguments.All(argument => argument is not TorchCall)))
        {
            if (name == "enumerate" && keywords is [{ Name: "start", Value: var first }])
            {
                arguments.Add(first);
                keywords.Clear();
            }
            if (keywords.Count > 0) { throw Error(start, $"expected no keyword arguments of {Short(name)}, found {keywords[0].Name}"); }
            _where = outer.Length > 0 ? outer : $"argument 1 of {Short(name)}";
            TorchValue value = Following(InPython(start, () => function(arguments)), arguments);
            _where = outer;
            Spend(value is TorchList or TorchTuple ? new PythonArgument("", value).Items!.Count : 1, start);
            return Counted(name is "zip" or "reversed" or "enumerate" ? Once(value, sources) : value);
        }
        if (tensor is not null) { arguments.Insert(0, tensor); }
        // The old name of an empty float32 tensor, whatever torch's default dtype is.
        if (tensor is null && PythonName.WithoutTorch(name) == "FloatTensor" && keywords.Count == 0
            && arguments.TrueForAll(size => size is TorchInt))
        {
            (name, keywords) = ("torch.empty", [new("dtype", new TorchDType(DType.Float32))]);
        }
        if (arguments.Count == 0 && PythonName.WithoutTorch(name) is "empty" or "zeros" or "ones"
            && keywords.FindIndex(keyword => keyword.Name == "size") is >= 0 and var size)
        {
            arguments.Add(keywords[size].Value);
            keywords.RemoveAt(size);
        }
        CheckArguments(start, name, arguments, keywords);
        if (IsFill(name) && CallTable.Knows(PythonName.WithoutTorch(name))) { ShapeOfTensor(arguments, keywords); }
        long[]? forward = null;
        if (Is('(') && TensorOperators.Applied(name) is { } applied) { return AppliedModule(applied, arguments, keywords); }
        if (Is('('))
        {
            _where = $"the first input of {Short(name)}";
            forward = Sizes();
            _where = outer;
        }
        TorchCall call = InPython(start, () => new TorchCall(name, arguments, keywords, forward));
        Counted(call);
        return _program is null ? Noted(call) : IsFill(name) ? Filled(start, call) : Normed(call);
    }

    /// <summary>The number of children of a container; null for other modules.</summary>
    int? LengthOf(TorchCall module) => module switch
    {
        _ => (ItemsOf(module) ?? ChildrenOf(module))?.Count,
    };

    static bool IsFill(string name) => name.EndsWith('_') || PythonName.WithoutTorch(name).StartsWith("init.", StringComparison.Ordinal);

    /// <summary>Replaces the tensor to fill by its shape: <c>init.eye_(torch.empty(3, 5))</c> becomes <c>init.eye_((3, 5))</c>.</summary>
    void ShapeOfTensor(List<TorchValue> arguments, List<TorchKeyword> keywords)
    {
        if (arguments.Count > 0 && !IsMade(arguments[0])) { arguments[0] = ShapeOf(arguments[0]) ?? arguments[0]; }
        int at = keywords.FindIndex(keyword => keyword.Name == "tensor");
        if (at >= 0 && !IsMade(keywords[at].Value) && ShapeOf(keywords[at].Value) is { } shape) { keywords[at] = new("tensor", shape); }
    }

    /// <summary>The shape of an empty tensor, or the transposed view of one.</summary>
    static TorchValue? ShapeOf(TorchValue value)
        => value is TorchCall { Name: "t", Arguments: [var inner], Keywords: [] } && TensorOf(inner) is { Items.Count: 2 } sizes
            ? new TorchTransposed(sizes) : TensorOf(value);

    /// <summary>(…): the arguments of a call inside another one's, whose place in errors stays what it was.</summary>
    (List<TorchValue> Arguments, List<TorchKeyword> Keywords) InBrackets(string name)
    {
        (string where, string callee) = (_where, _callee);
        _callee = name;
        Open('(');
        (List<TorchValue> Arguments, List<TorchKeyword> Keywords) read = Arguments(name);
        (_where, _callee) = (where, callee);
        Close(')');
        return read;
    }

    (List<TorchValue> Arguments, List<TorchKeyword> Keywords) Arguments(string name)
    {
        List<TorchValue> arguments = [];
        List<TorchKeyword> keywords = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        while (!Is(')'))
        {
            ExpressionToken token = Current;
            if (token.Kind == TokenKind.Name && IsAt(_next + 1, '=') && _tokens[_next + 1].End == _tokens[_next + 1].Start + 1)
            {
                string keyword = Text(token);
                if (!PythonName.IsIdentifier(keyword)) { throw Expected("the name of an argument"); }
                if (!taken.Add(keyword)) { throw Error(token, $"expected each argument once, found {keyword} again"); }
                _next += 2;
                _where = $"argument {Short(keyword)} of {Short(name)}";
                keywords.Add(new TorchKeyword(keyword, Value()));
            }
            else if (Is('*') && IsDouble())
            {
                Take();
                foreach ((string keyword, TorchValue value) in Value() is TorchDict dict ? dict.Items
                    : throw Error(token, "expected a dict after '**'"))
                {
                    if (!PythonName.IsIdentifier(keyword) || !taken.Add(keyword))
                    {
                        throw Error(token, $"expected each argument once, found {Short(keyword)} again, or not a name");
                    }
                    keywords.Add(new(keyword, value));
                }
            }
            else
            {
                _where = $"argument {arguments.Count + 1} of {Short(name)}";
                if (keywords.Count > 0)
                {
                    throw Error(token,
                        $"expected a keyword argument, found {Shown(token)}: no positional argument may follow {keywords[^1].Name}=");
                }
                if (Is('*')) { arguments.AddRange(Spread()); }
                else if (arguments.Count == 0 && ForOf(')') is { } at)
                {
                    int made = StepCount + _pending.Count;
                    arguments.Add(new TorchList(Comprehension(at, ')')));
                    if (name is "any" or "all" or "next" && StepCount + _pending.Count > made)
                    {
                        throw Error(token, $"expected nothing that makes or draws in {name}, which ends early, found it");
                    }
                }
                else { arguments.Add(Value()); }
            }
            if (Is(')')) { break; }
            Expect(',', ')');
        }
        return (arguments, keywords);
    }

    /// <summary>dict(a=1), OrderedDict([('a', 1)]).</summary>
    TorchDict DictOf(ExpressionToken start, string name, List<TorchValue> arguments, List<TorchKeyword> keywords)
    {
        Dictionary<string, TorchValue> items = new(StringComparer.Ordinal);
        if (arguments.Count > 1) { throw Error(start, $"expected one argument of {name}, found {arguments.Count}"); }
        if (arguments is [TorchDict other]) { foreach ((string key, TorchValue value) in other.Items) { items[key] = value; } }
        else if (arguments.Count == 1)
        {
            foreach (TorchValue pair in new PythonArgument("", arguments[0]).Items ?? [TorchNone.Instance])
            {
                IReadOnlyList<TorchValue>? sides = pair is TorchTuple or TorchList ? new PythonArgument("", pair).Items : null;
                if (sides is not [TorchString key, var value])
                {
                    throw Error(start, "expected pairs of a name and a value, for example OrderedDict([('fc', nn.Linear(3, 4))])");
                }
                items[key.Value] = value;
            }
        }
        foreach (TorchKeyword keyword in keywords) { items[keyword.Name] = keyword.Value; }
        return new([.. items], isOrdered: name != "dict");
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

    static TorchDType? DTypeOf(string name) => name switch
    {
        "torch.float" => new(DType.Float32),
        "torch.double" => new(DType.Float64),
        "torch.half" => new(DType.Float16),
        _ => DTypeNamed(name),
    };

    static bool IsDType(string name)
    {
        const string prefix = "torch.";
        return name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length..].TrimEnd("0123456789".ToCharArray()) is
            "float" or "bfloat" or "half" or "double" or "int" or "uint" or "long" or "short" or "bool" or "complex" or "chalf" or "cfloat"
            or "cdouble" or "qint" or "quint" or "float8_e4m3fn" or "float8_e5m2fnuz" or "float8_e4m3fnuz" or "float8_e8m0fnu"
            or "float8_e5m" or "float4_e2m1fn_x";        // without their trailing digits
    }

    static TorchDType? DTypeNamed(string name)
    {
        if (!name.StartsWith("torch.", StringComparison.Ordinal)) { return null; }
        try { return new(DType.Parse(name)); }
        catch (ArgumentException) { return null; }
    }

    static string Short(string name) => name.Length <= 40 ? name : $"{name[..40]}…";
}
