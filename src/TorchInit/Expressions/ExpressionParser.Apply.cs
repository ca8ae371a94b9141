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
        ProgramFunction function = name.StartsWith("self.", StringComparison.Ordinal) && _scope.Find("self") is TorchCall self
            && MethodOf(self, name["self.".Length..]) is { } method ? method : _functions.GetValueOrDefault(name) ?? throw Error(token, $"expected a function of this text, found the name '{Short(name)}'");
        if (module is not TorchCall whole) { throw Error(at, "expected a module before .apply"); }
        Make(whole);
        Visit(whole, function, token, name, name.StartsWith("self.", StringComparison.Ordinal) ? _scope.Find("self") : null);
    }

    void Visit(TorchCall module, ProgramFunction function, ExpressionToken at, string name, TorchValue? self)
    {
        CheckChildren(at, module);
        Deeper();
        foreach ((_, TorchCall child) in NamedChildren(module)) { Visit(child, function, at, name, self); }
        TorchCall? before = _applied;
        _applied = module;
        Run(function, name, at, self is null || function.IsStatic ? [module] : [self, module], []);
        _applied = before;
        _nesting--;
    }

    /// <summary>isinstance, hasattr, getattr, type, and class names among their arguments and inside a function of apply; null for other
    /// names.</summary>
    TorchValue? Applies(ExpressionToken start, string name)
    {
        if (!Is('('))
        {
            bool isClass = CallTable.Knows(PythonName.WithoutTorch(name)) || _classes.ContainsKey(name)
                || s_bases.ContainsKey(LastPart(name)) || LastPart(name) == "Module";
            return isClass && (_applied is not null || _takesClasses) ? new TorchString(PythonName.WithoutTorch(name)) : null;
        }
        if (name is not ("isinstance" or "issubclass" or "hasattr" or "getattr" or "type")) { return null; }
        (string where, string callee, bool takesClasses) = (_where, _callee, _takesClasses);
        _takesClasses = true;
        Open('(');
        (List<TorchValue> arguments, _) = Arguments(name);
        Close(')');
        (_where, _callee, _takesClasses) = (where, callee, takesClasses);
        switch (name, arguments)
        {
            case ("type", [TorchCall module]) when IsModule(module): return new TorchString(module.Name);
            case ("isinstance", [TorchCall module, var classes]) when IsModule(module): return new TorchBool(IsAny(module.Name, classes));
            case ("issubclass", [TorchString own, var classes]): return new TorchBool(IsAny(own.Value, classes));
            case ("hasattr", [TorchCall module, TorchString attribute]) when IsModule(module):
                return new TorchBool(HasAttribute(start, module, attribute.Value));
            case ("getattr", [TorchCall module, TorchString attribute, .. var usual]) when IsModule(module) && usual.Count < 2:
                bool exists = usual.Count == 0 || HasAttribute(start, module, attribute.Value);
                return exists ? AttributeOf(start, module, attribute.Value) : usual[0];
            default: throw Error(start, $"expected a module that exists as the first argument of {name}, and names or classes behind it");
        }

        bool IsAny(string own, TorchValue classes) => (classes is TorchTuple tuple ? tuple.Items : [classes]).Any(one
            => one is TorchString text ? IsA(own, text.Value) : throw Error(start, $"expected classes of torch.nn or the text in {name}"));
    }

    // Classes of torch.nn that others derive from.
    static readonly Dictionary<string, string[]> s_bases = new(StringComparer.Ordinal)
    {
        ["RNNBase"] = ["RNN", "LSTM", "GRU"],
        ["RNNCellBase"] = ["RNNCell", "LSTMCell", "GRUCell"],
        ["_BatchNorm"] = ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "SyncBatchNorm"],
        ["_InstanceNorm"] = ["InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d"],
        ["_ConvNd"] = ["Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"],
        ["_ConvTransposeNd"] = ["ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"],
        ["Hardtanh"] = ["ReLU6"],
    };

    // Whether class names are values: among the arguments of isinstance and its like.
    bool _takesClasses;

    static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    bool HasAttribute(ExpressionToken at, TorchCall module, string name)
    {
        if (Program.AttributesOf(module) is { } attributes)
        {
            return attributes.Exists(attribute => attribute.Key == name) || MethodOf(module, name) is not null;
        }
        if (ChildrenOf(module) is not null || module.Name == "ModuleDict") { return false; }
        if (name == "reset_parameters")
        {
            InitPlan plan = PlanOf(module);
            return plan.ResetSteps is not null || (plan.StateTensors.Any() ? throw Unknown(at, module, name) : false);
        }
        return InPython(at, () => ModuleAttributes.Of(module, name) is not null || ModuleAttributes.IsNone(module, name))
            || Has(new(module, name)) || (ModuleAttributes.IsName(name) ? false : throw Unknown(at, module, name));
    }

    /// <summary>Whether an attribute is a tensor, and not None.</summary>
    bool HasTensor(ExpressionToken at, TorchMember member) => Has(member)
        || (InPython(at, () => ModuleAttributes.IsNone(member.Owner, member.Path)) ? false : throw Unknown(at, member.Owner, member.Path));

    TorchExpressionException Unknown(ExpressionToken at, TorchCall module, string name)
        => Error(at, $"expected an attribute of {Short(module.Name)} that is followed, found '{Short(name)}'");

    /// <summary>Whether a class is another class, or derives from it.</summary>
    bool IsA(string own, string other)
    {
        for (string? at = own; at is not null;)
        {
            if (at == other) { return true; }
            at = _classes.GetValueOrDefault(at)?.Base is { } parent ? PythonName.WithoutTorch(parent) : null;
        }
        string last = LastPart(other);
        return last == "Module" || own == $"Lazy{other}" || (s_bases.TryGetValue(last, out string[]? derived) && derived.Contains(own));
    }

    /// <summary>Whether a module has a tensor of that name; a bias that is None does not count.</summary>
    bool Has(TorchMember member) => PlanOf(member.Owner).StateTensors.Any(tensor => tensor.Name == member.Path);

    InitPlan PlanOf(TorchCall module)
    {
        if (!_plans.TryGetValue(module, out InitPlan? plan))
        {
            plan = _plans[module] = InPython(_tokens[Math.Max(0, _next - 1)], () => TorchWarning.Silently(() => module.ToPlan()));
        }
        return plan;
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

    // Whether the lines being read run on some machines only.
    bool _onMachine;

    /// <summary>if, elif, else: runs the branch that Python would run.</summary>
    void If()
    {
        int indent = Indent(Current);
        bool done = false, isMachines = false;
        while (true)
        {
            bool isElse = IsWord("else");
            ExpressionToken at = Take();
            bool isTaken = !done && isElse;
            if (!isElse)
            {
                if (done) { while (!Is(':') && !IsLineEnd(_next)) { SkipOne(); } }
                else
                {
                    TorchValue condition = Choice();
                    isMachines = IsMachines(condition);
                    isTaken = isMachines || IsTrue(at, condition);
                }
            }
            Expect(':');
            done |= isTaken;
            MakePending();
            int steps = Program.Steps.Count;
            (bool before, _onMachine) = (_onMachine, _onMachine || isMachines);
            Suite(indent, isTaken);
            _onMachine = before;
            if (isMachines && Program.Steps.Skip(steps).Any(step => step is not MoveStep))
            {
                throw Error(at, "expected nothing that makes or draws under a condition on the machine");
            }
            while (Current.Kind == TokenKind.Line) { Take(); }
            if (isElse || !(IsWord("elif") || IsWord("else")) || Indent(Current) != indent) { return; }
        }
    }
}
