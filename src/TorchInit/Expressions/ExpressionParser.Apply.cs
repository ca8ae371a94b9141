namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // Modules whose children torch creates itself: apply would visit these too.
    static readonly string[] s_composites = ["Transformer", "MultiheadAttention", "AdaptiveLogSoftmax", "utils.", "parametrizations.",
        "DataParallel"];

    readonly Dictionary<TorchCall, InitPlan> _plans = new(ReferenceEqualityComparer.Instance);

    /// <summary>module.apply(function): runs the function on each child first, then on the module, as torch does.</summary>
    void Apply(ExpressionToken at, TorchValue module)
    {
        Open('(');
        ExpressionToken token = Current;
        TorchValue given = Value();
        if (Is(',')) { Take(); }
        Close(')');
        PythonCallable function = given as PythonCallable
            ?? throw Error(token, $"expected a function of this text, found {Short(given.ToString())}");
        if (module is not TorchCall whole) { throw Error(at, "expected a module before .apply"); }
        Make(whole);
        Visit(whole, function, token);
    }

    void Visit(TorchCall module, PythonCallable function, ExpressionToken at)
    {
        CheckChildren(at, module);
        Deeper();
        foreach ((_, TorchCall child) in NamedChildren(module)) { Visit(child, function, at); }
        Make(Invoke(function, at, [module], []));
        _nesting--;
    }

    /// <summary>isinstance, issubclass, hasattr, getattr, setattr, callable and type; null for other names.</summary>
    TorchValue? Applies(ExpressionToken start, string name)
    {
        if (!Is('(') || name is not ("isinstance" or "issubclass" or "hasattr" or "getattr" or "setattr" or "callable" or "type"))
        {
            return null;
        }
        (string where, string callee) = (_where, _callee);
        Open('(');
        string? space = _tokens[_next].Kind == TokenKind.Name && name is "getattr" or "hasattr" ? Namespace() : null;
        if (space is not null) { Expect(','); }
        (List<TorchValue> arguments, _) = Arguments(name);
        Close(')');
        (_where, _callee) = (where, callee);
        if (space is not null && arguments is [TorchString member, .. var other] && other.Count < 2)
        {
            TorchName? found = ClassOrFunction($"{space}.{member.Value}");
            return name == "hasattr" ? new TorchBool(found is not null)
                : found ?? other.FirstOrDefault()
                ?? throw Error(start, $"expected a class or function of {space}, found '{Short(member.Value)}'");
        }
        switch (name, arguments)
        {
            case ("type", [var value]): return TypeOf(value);
            case ("callable", [var value]): return new TorchBool(value is PythonCallable || (value is TorchCall one && IsModule(one)));
            case ("isinstance", [var value, var classes]):
                return new TorchBool((classes is TorchTuple tuple ? tuple.Items : [classes]).Any(one => IsInstance(start, value, one)));
            case ("issubclass", [PythonCallable own, var classes]):
                return new TorchBool((classes is TorchTuple many ? many.Items : [classes]).Any(one => one is ClassName other
                    ? own is ClassName mine && Lineage(mine.Class).Contains(other.Class) : one is TorchName torch && (own is ClassName text
                    ? LastPart(torch.Name) == "Module" || (TorchBase(text.Class) is { } parent && IsA(parent, torch.Name))
                    : IsA(own.Name, torch.Name))));
            case ("setattr", [TorchCall owner, TorchString attribute, var value]):
                Make(value);
                Store(start, owner, attribute.Value, value);
                return TorchNone.Instance;
            case ("hasattr", [TorchCall module, TorchString attribute]) when IsModule(module) || IsPlainObject(module):
                return new TorchBool(HasAttribute(start, module, attribute.Value));
            case ("getattr", [TorchCall module, TorchString attribute, .. var usual])
                when (IsModule(module) || IsPlainObject(module)) && usual.Count < 2:
                bool exists = usual.Count == 0 || HasAttribute(start, module, attribute.Value);
                return exists ? AttributeOf(start, module, attribute.Value) : usual[0];
            case ("getattr", [TorchMember owner, TorchString attribute]): return AttributeOf(start, owner, attribute.Value);
            default: throw Error(start, $"expected a module that exists as the first argument of {name}, and names or classes behind it");
        }
    }

    /// <summary>nn, torch.nn.init and their like before a comma; null for other values.</summary>
    string? Namespace()
    {
        int start = _next;
        if (_scope.Find(Text(Current)) is null && DottedName() is var name && Is(',') && Array.IndexOf(s_namespaces, name) >= 0)
        {
            return name;
        }
        _next = start;
        return null;
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

    static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    bool HasAttribute(ExpressionToken at, TorchCall module, string name)
    {
        if (Program.AttributesOf(module) is { } attributes)
        {
            if (MethodOf(module, name) is { Kind: FunctionKind.Property })
            {
                _ = OfClass(at, module, name);
                return true;
            }
            return attributes.Exists(attribute => attribute.Key == name) || IsOfClass(module, name)
                || (Program.InheritedBy(module) is { } inherited && HasAttribute(at, inherited, name));
        }
        if (ChildrenOf(module) is not null || module.Name == "ModuleDict") { return false; }
        if (name == "reset_parameters")
        {
            InitPlan plan = PlanOf(module);
            return plan.ResetSteps is not null || (plan.StateTensors.Any() ? throw Unknown(at, module, name) : false);
        }
        return InPython(at, () => ModuleAttributes.Of(module, name) is not null || ModuleAttributes.IsNone(module, name))
            || Has(Attributed(at, module, name)) || (ModuleAttributes.IsName(name) || ModuleAttributes.IsNoModules(name) ? false
            : throw Unknown(at, module, name));
    }

    /// <summary>Whether an attribute is a tensor, and not None.</summary>
    bool HasTensor(ExpressionToken at, TorchMember member) => Has(member)
        || (InPython(at, () => ModuleAttributes.IsNone(member.Owner, member.Path)) ? false : throw Unknown(at, member.Owner, member.Path));

    TorchExpressionException Unknown(ExpressionToken at, TorchCall module, string name)
        => Error(at, $"expected an attribute of {Short(module.Name)} that is followed, found '{Short(name)}'");

    /// <summary>Whether a class of torch is another one, or derives from it.</summary>
    static bool IsA(string own, string other)
    {
        if (own == other) { return true; }
        string last = LastPart(other);
        return last == "Module" || own == $"Lazy{other}" || (s_bases.TryGetValue(last, out string[]? derived) && derived.Contains(own));
    }

    /// <summary>Whether a module has a tensor of that name; a bias that is None does not count.</summary>
    bool Has(TorchMember member) => IsComputed(member)
        || PlanOf(member.Owner).StateTensors.Any(tensor => tensor.Name == member.Path);

    InitPlan PlanOf(TorchCall module)
    {
        if (!_plans.TryGetValue(module, out InitPlan? plan))
        {
            plan = _plans[module] = InPython(_tokens[Math.Max(0, _next - 1)], () => TorchWarning.Silently(()
                => (_normed.GetValueOrDefault(module) ?? module).ToPlan()));
        }
        return plan;
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
