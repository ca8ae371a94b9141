namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // Modules whose children torch creates itself: apply would visit these too.
    static readonly string[] s_composites = ["Transformer", "MultiheadAttention", "AdaptiveLogSoftmax", "utils.", "parametrizations.",
        "DataParallel"];

    readonly Dictionary<string, ProgramFunction> _functions = new(StringComparer.Ordinal);
    readonly Dictionary<TorchCall, InitPlan> _plans = new(ReferenceEqualityComparer.Instance);

    // The module passed to a function of apply; null outside.
    TorchCall? _applied;

    /// <summary>module.apply(function): runs the function on each child first, then on the module, as torch does.</summary>
    void Apply(ExpressionToken at, TorchValue module)
    {
        Open('(');
        ExpressionToken token = Current;
        string name = Current.Kind == TokenKind.Name ? DottedName() : throw Expected("the name of a function");
        Close(')');
        PythonScope scope = _scope;
        while (scope.Class is null && scope.Outer is { } outer) { scope = outer; }
        ProgramFunction function = name.StartsWith("self.", StringComparison.Ordinal)
            && scope.Class?.Methods.GetValueOrDefault(name["self.".Length..]) is { } method ? method
            : _functions.GetValueOrDefault(name) ?? throw Error(token, $"expected a function of this text, found the name '{Short(name)}'");
        if (module is not TorchCall whole) { throw Error(at, "expected a module before .apply"); }
        Program.Make(whole);
        Visit(whole, function, isMethod: name.StartsWith("self.", StringComparison.Ordinal));
    }

    void Visit(TorchCall module, ProgramFunction function, bool isMethod)
    {
        if (s_composites.Any(name => module.Name.StartsWith(name, StringComparison.Ordinal)))
        {
            throw Error(Current, $"expected a module whose children are in the text, found {Short(module.Name)}: apply is not followed");
        }
        Deeper();
        IEnumerable<TorchValue> children = Program.AttributesOf(module)?.Select(attribute => attribute.Value) ?? ChildrenOf(module)
            ?? (module is { Name: "ModuleDict", Arguments: [TorchDict dict] } ? dict.Items.Select(item => item.Value) : []);
        TorchCall[] modules = [.. children.OfType<TorchCall>().Where(child => !TensorOperators.IsTensor(child)
            && child.Name is not ("Parameter" or "Buffer")).Distinct<TorchCall>(ReferenceEqualityComparer.Instance)];
        foreach (TorchCall child in modules) { Visit(child, function, isMethod); }
        (int back, PythonScope outer, TorchCall? before) = (_next, _scope, _applied);
        PythonScope inner = new(Global());
        _next = function.Parameters;
        Expect('(');
        if (isMethod)
        {
            inner.Set(Text(Take()), outer.Find("self")!);
            Expect(',');
        }
        inner.Set(Current.Kind == TokenKind.Name ? Text(Current) : throw Expected("the name of a parameter"), module);
        (_scope, _next, _applied) = (inner, function.Body, module);
        Suite(function.Indent, run: true);
        (_scope, _next, _applied) = (outer, back, before);
        _nesting--;
    }

    /// <summary>isinstance, hasattr, type and class names inside a function of apply; null for other names.</summary>
    TorchValue? Applies(ExpressionToken start, string name)
    {
        if (!Is('('))
        {
            return CallTable.Knows(PythonName.WithoutTorch(name)) || _classes.ContainsKey(name) || name is "nn.Module" or "torch.nn.Module"
                ? new TorchString(PythonName.WithoutTorch(name)) : null;
        }
        if (name is not ("isinstance" or "hasattr" or "type")) { return null; }
        (string where, string callee) = (_where, _callee);
        Open('(');
        (List<TorchValue> arguments, _) = Arguments(name);
        Close(')');
        (_where, _callee) = (where, callee);
        switch (name, arguments)
        {
            case ("type", [TorchCall module]): return new TorchString(module.Name);
            case ("isinstance", [TorchCall module, var classes]):
                IReadOnlyList<TorchValue> names = classes is TorchTuple tuple ? tuple.Items : [classes];
                return new TorchBool(names.Any(one => one is TorchString text && IsA(module.Name, text.Value)));
            case ("hasattr", [TorchCall module, TorchString attribute]):
                return new TorchBool(Program.AttributesOf(module)?.Exists(own => own.Key == attribute.Value)
                    ?? Has(new(module, attribute.Value)));
            default: throw Error(start, $"expected a module as the first argument of {name}");
        }
    }

    /// <summary>Whether a class is another class, or derives from it.</summary>
    bool IsA(string own, string other)
    {
        for (string? at = own; at is not null;)
        {
            if (at == other) { return true; }
            at = _classes.GetValueOrDefault(at)?.Base is { } parent ? PythonName.WithoutTorch(parent) : null;
        }
        string last = other[(other.LastIndexOf('.') + 1)..];
        return last == "Module" || (last.StartsWith('_') && own.StartsWith(last.TrimStart('_').Replace("Nd", "", StringComparison.Ordinal),
            StringComparison.Ordinal));
    }

    /// <summary>Whether a module has a tensor of that name; a bias that is None does not count.</summary>
    bool Has(TorchMember member)
    {
        if (!_plans.TryGetValue(member.Owner, out InitPlan? plan))
        {
            plan = _plans[member.Owner] = InPython(_tokens[Math.Max(0, _next - 1)], () => member.Owner.ToPlan());
        }
        return plan.StateTensors.Any(tensor => tensor.Name == member.Path);
    }

    /// <summary>'ConvTranspose2d'.find('Conv').</summary>
    TorchValue TextMethod(string text, string name)
    {
        Take();
        Open('(');
        TorchString part = Value() as TorchString ?? throw Expected("a string");
        Close(')');
        return name switch
        {
            "find" => new TorchInt(text.IndexOf(part.Value, StringComparison.Ordinal)),
            "startswith" => new TorchBool(text.StartsWith(part.Value, StringComparison.Ordinal)),
            _ => new TorchBool(text.EndsWith(part.Value, StringComparison.Ordinal)),
        };
    }

    /// <summary>if, elif, else: runs the branch that Python would run.</summary>
    void If()
    {
        int indent = Indent(Current);
        bool done = false;
        while (true)
        {
            bool isElse = IsWord("else");
            ExpressionToken at = Take();
            bool isTaken = !done && isElse;
            if (!isElse)
            {
                if (done) { while (!Is(':') && !IsLineEnd(_next)) { SkipOne(); } }
                else { isTaken = IsTrue(at, Choice()); }
            }
            Expect(':');
            done |= isTaken;
            Suite(indent, isTaken);
            while (Current.Kind == TokenKind.Line) { Take(); }
            if (isElse || !(IsWord("elif") || IsWord("else")) || Indent(Current) != indent) { return; }
        }
    }
}
