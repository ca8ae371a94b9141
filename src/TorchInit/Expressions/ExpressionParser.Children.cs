namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    /// <summary>The children of a container that exists; null for other values.</summary>
    IReadOnlyList<TorchValue>? ChildrenOf(TorchValue value) => !IsMade(value) ? null : value switch
    {
        TorchCall { Name: "Sequential", Arguments: [TorchDict dict] } => [.. dict.Items.Select(item => item.Value)],
        TorchCall { Name: "Sequential" } call => call.Arguments,
        TorchCall { Name: "ModuleList", Arguments: [] } => [],
        TorchCall { Name: "ModuleList" } call => ChildrenOf(call.Arguments[0]) ?? new PythonArgument("", call.Arguments[0]).Items,
        TorchCall call when TorchBase(ClassOf(call)) is "Sequential" or "ModuleList"
            => [.. NamedChildren(call).Select(child => child.Module)],
        _ => null,
    };

    /// <summary>What iterating over a container of torch gives: its children, parameters or keys; null for other values.</summary>
    IReadOnlyList<TorchValue>? ItemsOf(TorchValue value) => !IsMade(value) ? null : value switch
    {
        TorchCall { Name: "ParameterList", Arguments: [] } => [],
        TorchCall { Name: "ParameterList", Arguments: [var items] } => new PythonArgument("", items).Items,
        TorchCall { Name: "ModuleDict" or "ParameterDict", Arguments: [] } => [],
        TorchCall { Name: "ModuleDict" or "ParameterDict", Arguments: [TorchDict dict] }
            => [.. dict.Items.Select(item => new TorchString(item.Key))],
        _ => ChildrenOf(value),
    };

    /// <summary>Whether a value is a tensor, and no list or dict of parameters, which is a module.</summary>
    static bool IsTensor(TorchValue value) => TensorOperators.IsTensor(value) && !IsParameters(value);

    static bool IsParameters(TorchValue value) => value is TorchCall { Name: "ParameterList" or "ParameterDict" };

    /// <summary>items(), keys() and values() of a ModuleDict or ParameterDict; null for other methods.</summary>
    TorchList? OfModuleDict(TorchValue value, string name)
    {
        if (value is not TorchCall { Name: "ModuleDict" or "ParameterDict" } call || name is not ("items" or "keys" or "values"))
        {
            return null;
        }
        Open('(');
        Close(')');
        IReadOnlyList<KeyValuePair<string, TorchValue>> items = call.Arguments is [TorchDict dict] ? dict.Items : [];
        return new([.. items.Select(item => name == "keys" ? new TorchString(item.Key)
            : name == "values" ? item.Value : new TorchTuple(new TorchString(item.Key), item.Value))]);
    }

    /// <summary>Modules whose children torch creates itself: they are not in the text.</summary>
    static bool IsComposite(TorchCall module) => s_composites.Any(name => module.Name.StartsWith(name, StringComparison.Ordinal));

    /// <summary>The children of a container of torch, under their names or numbers; none for other modules.</summary>
    IEnumerable<KeyValuePair<string, TorchValue>> ChildrenByName(TorchCall container)
        => container is { Name: "Sequential" or "ModuleDict", Arguments: [TorchDict dict] } ? dict.Items
            : ChildrenOf(container)?.Select((child, at) => KeyValuePair.Create($"{at}", child)) ?? [];

    /// <summary>named_children(): each child once.</summary>
    IEnumerable<(string Name, TorchCall Module)> NamedChildren(TorchCall module)
    {
        IEnumerable<KeyValuePair<string, TorchValue>> children = Program.AttributesOf(module) ?? ChildrenByName(module);
        HashSet<TorchCall> seen = new(ReferenceEqualityComparer.Instance);
        return [.. children.Where(child => child.Value is TorchCall call && !IsTensor(call) && !IsPlainObject(call)
            && child.Key != ProgramRecorder.Inherited && seen.Add(call))
            .Select(child => (child.Key, (TorchCall)child.Value))];
    }

    /// <summary>named_modules(): a module, then the modules in each child, each once.</summary>
    List<(string Name, TorchCall Module)> NamedModules(ExpressionToken at, TorchCall module, bool mayBeComposite = false)
    {
        List<(string, TorchCall)> all = [];
        HashSet<TorchCall> seen = new(ReferenceEqualityComparer.Instance);
        Add("", module);
        return all;

        void Add(string name, TorchCall one)
        {
            Spend(1, at);
            if (!seen.Add(one)) { return; }
            if (!mayBeComposite) { CheckChildren(at, one); }
            all.Add((name, one));
            foreach ((string child, TorchCall inner) in NamedChildren(one)) { Add(name.Length == 0 ? child : $"{name}.{child}", inner); }
        }
    }

    void CheckChildren(ExpressionToken at, TorchCall module)
    {
        if (IsComposite(module))
        {
            throw Error(at, $"expected modules whose children are in the text, found {Short(module.Name)}");
        }
    }

    /// <summary>named_parameters(): those of a module itself, then those of each child, each once.</summary>
    IEnumerable<(string Name, TorchValue Parameter)> NamedParameters(ExpressionToken at, TorchCall module)
    {
        HashSet<(TorchCall Owner, string Name)> seen = ProgramRecorder.Members();
        HashSet<TorchValue> own = new(ReferenceEqualityComparer.Instance);
        foreach ((string prefix, TorchCall one) in NamedModules(at, module, mayBeComposite: true))
        {
            foreach ((string name, TorchValue parameter) in OwnParameters(at, one))
            {
                TorchValue tied = Tied(parameter);
                Spend(1, at);
                bool isNew = tied is TorchMember member ? seen.Add((member.Owner, member.Path)) : own.Add(tied);
                if (isNew) { yield return (prefix.Length == 0 ? name : $"{prefix}.{name}", tied); }
            }
        }
    }

    IEnumerable<(string Name, TorchValue Parameter)> OwnParameters(ExpressionToken at, TorchCall module)
    {
        if (Program.AttributesOf(module) is { } attributes)
        {
            IEnumerable<(string, TorchValue)> inherited = Program.InheritedBy(module) is { } torch ? OwnParameters(at, torch) : [];
            return inherited.Concat(attributes.Where(attribute => attribute.Value is not TorchNone
                && Program.KindOf(module, attribute.Key) == AttributeKind.Parameter).Select(attribute => (attribute.Key, attribute.Value)));
        }
        if (NamedChildren(module).Any() || ChildrenOf(module) is not null) { return []; }
        if (IsParameters(module))
        {
            return module.Arguments is [TorchDict dict] ? dict.Items.Select(item => (item.Key, item.Value))
                : (ItemsOf(module) ?? []).Select((item, place) => ($"{place}", item));
        }
        return PlanOf(module).Parameters.Select(parameter => (parameter.Name, (TorchValue)new TorchMember(module, parameter.Name)));
    }

    /// <summary>The parameter whose memory another name has been given.</summary>
    TorchValue Tied(TorchValue parameter)
    {
        while (parameter is TorchMember member && Program.SourceOf(member) is { } source && !ReferenceEquals(source, parameter))
        {
            parameter = source;
        }
        return parameter;
    }

    /// <summary>modules(), children(), parameters() and the same with names; null for other methods.</summary>
    TorchList? Iterator(ExpressionToken at, TorchValue value, string name)
    {
        if (value is not TorchCall module || name is not ("modules" or "children" or "parameters" or "named_modules" or "named_children"
            or "named_parameters")) { return null; }
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments(name);
        Close(')');
        bool isOwn = keywords is [{ Name: "recurse", Value: TorchBool { Value: false } }] || arguments is [TorchBool { Value: false }];
        if (!isOwn && arguments.Count + keywords.Count > 0 && !(keywords is [{ Name: "recurse" }]))
        {
            throw Error(at, $"expected no arguments of {name}, or recurse=False");
        }
        MakePending();
        if (name.EndsWith("children", StringComparison.Ordinal)) { CheckChildren(at, module); }
        IEnumerable<(string Name, TorchValue Value)> items = name switch
        {
            "modules" or "named_modules" => NamedModules(at, module).Select(item => (item.Name, (TorchValue)item.Module)),
            "children" or "named_children" => NamedChildren(module).Select(item => (item.Name, (TorchValue)item.Module)),
            _ when isOwn => OwnParameters(at, module).Select(item => (item.Name, Tied(item.Parameter))),
            _ => NamedParameters(at, module),
        };
        return Once(new TorchList([.. items.Select(item => name.StartsWith("named", StringComparison.Ordinal)
            ? new TorchTuple(new TorchString(item.Name), item.Value) : item.Value)]));
    }

    /// <summary>A tensor whose values do not matter: torch.Tensor(3, 4) has those of its memory.</summary>
    static TorchCall Measured(TorchCall tensor) => tensor switch
    {
        { Name: "Parameter" or "Buffer", Arguments: [TorchCall inner, ..] } => Measured(inner),
        { Name: "Tensor" } when tensor.Arguments.All(size => size is TorchInt) => new("zeros", tensor.Arguments),
        _ => tensor,
    };

    /// <summary>The shape, or a number of it, of a parameter or tensor: <c>p.dim()</c>, <c>w.shape[0]</c>; null for other names.</summary>
    TorchValue? OfShape(ExpressionToken at, TorchValue tensor, string name)
    {
        bool isCall = IsAt(_next, '(');
        if (name is not ("shape" or "ndim") && !(isCall && name is "size" or "dim" or "ndimension" or "numel")) { return null; }
        InitPlan plan = tensor is TorchMember member ? PlanOf(member.Owner) : PlanOf(Measured((TorchCall)tensor));
        if (plan.StateTensors.FirstOrDefault(one => tensor is not TorchMember named
            || one.Name == (IsComputed(named) ? $"{named.Path}_v" : named.Path)) is not { } spec)
        {
            throw Error(at, $"expected a tensor before '.{name}', found {Short(tensor.ToString())}");
        }
        TorchTuple shape = new([.. spec.Shape.Select(size => new TorchInt(size))]);
        TorchValue? index = null;
        if (isCall)
        {
            Open('(');
            if (!Is(')')) { index = Value(); }
            Close(')');
        }
        return name switch
        {
            "shape" => shape,
            "size" => index is null ? shape : ItemOf(at, shape, index),
            "numel" => new TorchInt(TensorShape.CountOrThrow([.. spec.Shape])),
            _ => new TorchInt(spec.Shape.Count),
        };
    }
}
