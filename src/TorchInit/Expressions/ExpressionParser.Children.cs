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
        _ => null,
    };

    /// <summary>Modules whose children torch creates itself: they are not in the text.</summary>
    static bool IsComposite(TorchCall module) => s_composites.Any(name => module.Name.StartsWith(name, StringComparison.Ordinal));

    /// <summary>named_children(): each child once.</summary>
    IEnumerable<(string Name, TorchCall Module)> NamedChildren(TorchCall module)
    {
        IEnumerable<KeyValuePair<string, TorchValue>> children = Program.AttributesOf(module)
            ?? (module is { Name: "Sequential" or "ModuleDict", Arguments: [TorchDict dict] } ? dict.Items
            : ChildrenOf(module)?.Select((child, at) => KeyValuePair.Create($"{at}", child)) ?? []);
        HashSet<TorchCall> seen = new(ReferenceEqualityComparer.Instance);
        return [.. children.Where(child => child.Value is TorchCall call && !TensorOperators.IsTensor(call) && seen.Add(call))
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
            return attributes.Where(attribute => attribute.Value is not TorchNone
                && Program.KindOf(module, attribute.Key) == AttributeKind.Parameter).Select(attribute => (attribute.Key, attribute.Value));
        }
        if (NamedChildren(module).Any() || ChildrenOf(module) is not null) { return []; }
        if (module.Name is "ParameterList" or "ParameterDict") { throw Error(at, $"expected modules that are followed, found {module.Name}"); }
        return PlanOf(module).Parameters.Select(parameter => (parameter.Name, (TorchValue)new TorchMember(module, parameter.Name)));
    }

    /// <summary>The parameter whose memory another name has been given.</summary>
    TorchValue Tied(TorchValue parameter)
    {
        while (parameter is TorchMember member && Program.Steps.OfType<TieStep>().LastOrDefault(tie
            => ReferenceEquals(tie.Target.Owner, member.Owner) && tie.Target.Path == member.Path) is { } tie
            && !ReferenceEquals(tie.Source, parameter))
        {
            parameter = tie.Source;
        }
        return parameter;
    }

    /// <summary>modules(), children(), parameters() and the same with names; null for other methods.</summary>
    TorchList? Iterator(ExpressionToken at, TorchValue value, string name)
    {
        if (value is not TorchCall module || name is not ("modules" or "children" or "parameters" or "named_modules" or "named_children"
            or "named_parameters")) { return null; }
        Open('(');
        Close(')');
        MakePending();
        if (name.EndsWith("children", StringComparison.Ordinal)) { CheckChildren(at, module); }
        IEnumerable<(string Name, TorchValue Value)> items = name switch
        {
            "modules" or "named_modules" => NamedModules(at, module).Select(item => (item.Name, (TorchValue)item.Module)),
            "children" or "named_children" => NamedChildren(module).Select(item => (item.Name, (TorchValue)item.Module)),
            _ => NamedParameters(at, module),
        };
        return new([.. items.Select(item => name.StartsWith("named", StringComparison.Ordinal)
            ? new TorchTuple(new TorchString(item.Name), item.Value) : item.Value)]);
    }

    /// <summary>The shape, or a number of it, of a parameter or tensor: <c>p.dim()</c>, <c>w.shape[0]</c>; null for other names.</summary>
    TorchValue? OfShape(ExpressionToken at, TorchValue tensor, string name)
    {
        bool isCall = IsAt(_next, '(');
        if (name is not ("shape" or "ndim") && !(isCall && name is "size" or "dim" or "ndimension" or "numel")) { return null; }
        InitPlan plan = tensor is TorchMember member ? PlanOf(member.Owner) : PlanOf((TorchCall)tensor);
        if (plan.StateTensors.FirstOrDefault(one => tensor is not TorchMember named || one.Name == named.Path) is not { } spec)
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
