namespace TorchInit;

/// <summary>Runs the steps of a text into one plan: each module's tensors are declared and drawn where they are made, and get their names
/// at the end.</summary>
sealed class ProgramPlan(ProgramRecorder program, TorchProfile profile)
{
    readonly Dictionary<TorchCall, InitPlan> _made = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<TorchCall, InitPlan> _whole = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TorchCall> _tensors = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, ParameterSpec> _specs = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _ties = new(StringComparer.Ordinal);
    readonly List<InitStep> _steps = [];

    public InitPlan Build(ProgramResult result, string title)
    {
        foreach (ProgramStep step in program.Steps) { Run(step); }
        List<ParameterSpec> tensors = [];
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach ((string name, string origin, ParameterKind kind) in NamesOf(result))
        {
            ParameterSpec spec = _specs[Tied(origin)];
            tensors.Add(names.TryGetValue(spec.Name, out string? first)
                ? spec with { Name = name, Kind = kind, SameAs = first, Origin = null }
                    : spec with { Name = name, Kind = kind, Origin = null });
            names.TryAdd(spec.Name, name);
        }
        foreach (ParameterSpec spec in _specs.Values.Where(spec => !names.ContainsKey(spec.Name)))
        {
            tensors.Add(spec with { Kind = ParameterKind.Scratch, Origin = null });
            names.Add(spec.Name, spec.Name);
        }
        return new InitPlan(title, profile, tensors, [.. _steps.Select(step => step.Renamed(name => names[name]))])
        {
            TorchClass = result.Module?.Name ?? "Module",
        };
    }

    string Tied(string origin)
    {
        while (_ties.TryGetValue(origin, out string? other)) { origin = other; }
        return origin;
    }

    void Run(ProgramStep step)
    {
        switch (step)
        {
            case MakeStep { Call: var call }: Make(call); break;
            case FillAgainStep { Target: var target, Call: var call }:
                Splice(CallTable.Plan(OfShape(call, TensorOf(target)), profile), TensorOf(target).Name);
                break;
            case ResetStep { Target: var target }: Reset(target); break;
            case TieStep tie: _ties[Tied(TensorOf(tie.Target).Name)] = TensorOf(tie.Source).Name; break;
        }
    }

    void Make(TorchCall call)
    {
        if (call.Name is "Parameter" or "nn.parameter.Parameter" or "parameter.Parameter" or "Buffer")
        {
            if (call.Arguments is not [TorchCall inner, ..] || !_made.TryGetValue(inner, out InitPlan? tensor))
            {
                throw new ArgumentException($"{call} has no tensor; allowed: a tensor, for example nn.Parameter(torch.empty(3, 5)).",
                    nameof(call));
            }
            _made[call] = tensor;
            _tensors.Add(call);
            return;
        }
        InitPlan plan = TensorArgument.Of(new("tensor", call.Name is "empty" or "Tensor" or "FloatTensor" ? Zeros(call) : call))
            is { } given
            ? Given(given) : CallTable.Plan(call, profile, ModuleOf);
        string path = $"made.{_made.Count}";
        bool isTensor = plan.Tensors is [{ Name: "" }, ..];
        if (isTensor) { _tensors.Add(call); }
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        List<ParameterSpec> tensors = [];
        foreach (ParameterSpec spec in plan.Tensors)
        {
            string origin = spec.Origin ?? (spec.Name.Length == 0 ? path : $"{path}.{spec.Name}");
            names.Add(spec.Name, origin);
            tensors.Add(spec with { Origin = origin });
            if (spec.Origin is null)
            {
                _specs.Add(origin, spec with { Name = origin, SameAs = spec.SameAs is { } same ? names[same] : null });
            }
        }
        _steps.AddRange(plan.Steps.Select(step => step.Renamed(name => names[name])));
        _whole[call] = plan;
        _made[call] = new InitPlan(plan.Title, profile, tensors, []) { Facts = plan.Facts };
    }

    static TorchCall Zeros(TorchCall call) => new("zeros", call.Arguments, call.Keywords);

    InitPlan Given(TensorArgument tensor)
    {
        PlanBuilder plan = new PlanBuilder(profile).Bare(tensor.Shape);
        return plan.Step(tensor.Fill("")).Build("tensor");
    }

    /// <summary>The plan of a module that stands among arguments: its tensors, and no step again. Null for one that was not made.</summary>
    InitPlan? ModuleOf(TorchCall call)
    {
        if (program.AttributesOf(call) is null) { return _made.GetValueOrDefault(call); }
        List<ParameterSpec> tensors = [];
        foreach ((string name, string origin, ParameterKind kind) in NamesOf(call))
        {
            tensors.Add(_specs[Tied(origin)] with { Name = name, Kind = kind, Origin = Tied(origin), SameAs = null });
        }
        return new($"{call.Name}()", profile, tensors, []) { TorchClass = call.Name };
    }

    void Splice(InitPlan plan, string target)
    {
        foreach (InitStep step in plan.Steps)
        {
            _steps.Add(step.Renamed(name => name.Length == 0 ? target
                : throw new NotSupportedException($"{plan.Title} needs a tensor besides the one that it fills.")));
        }
    }

    static TorchCall OfShape(TorchCall call, ParameterSpec tensor)
    {
        TorchTuple shape = new([.. tensor.Shape.Select(size => new TorchInt(size))]);
        return call.Arguments.Count > 0 ? new(call.Name, [shape, .. call.Arguments.Skip(1)], call.Keywords)
            : new(call.Name, [], [.. call.Keywords.Select(keyword => keyword.Name == "tensor" ? new("tensor", shape) : keyword)]);
    }

    void Reset(TorchValue target)
    {
        if (target is not TorchCall call || !_whole.TryGetValue(call, out InitPlan? plan) || plan.ResetSteps is null)
        {
            throw new ArgumentException($"{target} has no reset_parameters() here; allowed: a module of torch.nn that has one.",
                nameof(target));
        }
        Dictionary<string, string> names = plan.Tensors.Zip(_made[call].Tensors).ToDictionary(pair => pair.First.Name, pair
            => pair.Second.Origin!);
        _steps.AddRange(plan.ResetSteps.Select(step => step.Renamed(name => names[name])));
    }

    /// <summary>The tensor that a path or a variable means.</summary>
    ParameterSpec TensorOf(TorchValue value)
    {
        if (value is TorchCall tensor && _made.TryGetValue(tensor, out InitPlan? own) && _tensors.Contains(tensor))
        {
            return _specs[Tied(own.Tensors[0].Origin!)];
        }
        (TorchCall owner, string path) = value is TorchMember member ? (member.Owner, member.Path) : ((TorchCall)value, "");
        InitPlan module = ModuleOf(owner) ?? throw new ArgumentException($"{owner} was not made.", nameof(value));
        ParameterSpec? found = module.Tensors.FirstOrDefault(spec => spec.Name == path && spec.Kind != ParameterKind.Scratch);
        if (found is not null) { return _specs[Tied(found.Origin!)]; }
        string[] names = [.. module.StateTensors.Select(spec => spec.Name)];
        string[] near = [.. NearestNames.Of(path, names)];
        throw new ArgumentException($"{owner} has no tensor '{path}'; "
            + (near.Length > 0 ? $"nearest: {string.Join(", ", near)}." : $"it has: {string.Join(", ", names.Take(6))}."), nameof(value));
    }

    IEnumerable<(string Name, string Origin, ParameterKind Kind)> NamesOf(ProgramResult result)
    {
        if (result.Module is { } module) { return NamesOf(module); }
        TorchCall[] used = [.. program.Steps.OfType<MakeStep>().SelectMany(step => Inside(step.Call))];
        KeyValuePair<string,
            TorchValue>[] free = [.. result.Variables.Where(variable
            => !used.Contains(variable.Value, ReferenceEqualityComparer.Instance))];
        if (free is [{ Value: TorchCall only }] && !_tensors.Contains(only)) { return NamesOf(only); }
        return free.SelectMany(variable => NamesOf((TorchCall)variable.Value).Select(tensor
            => (tensor.Name.Length == 0 ? variable.Key : $"{variable.Key}.{tensor.Name}", tensor.Origin, tensor.Kind)));
    }

    static IEnumerable<TorchCall> Inside(TorchCall call)
        => call.Arguments.Concat(call.Keywords.Select(keyword => keyword.Value)).SelectMany(Calls);

    static IEnumerable<TorchCall> Calls(TorchValue value) => value switch
    {
        TorchCall call => [call],
        TorchList list => list.Items.SelectMany(Calls),
        TorchTuple tuple => tuple.Items.SelectMany(Calls),
        TorchDict dict => dict.Items.SelectMany(item => Calls(item.Value)),
        _ => [],
    };

    /// <summary>The tensors of a module in state-dict order: an object's own parameters and buffers stand before its children's.</summary>
    IEnumerable<(string Name, string Origin, ParameterKind Kind)> NamesOf(TorchCall call)
    {
        if (program.AttributesOf(call) is not { } attributes)
        {
            return _made.TryGetValue(call, out InitPlan? plan)
                ? plan.StateTensors.Select(spec => (spec.Name, spec.Origin!, spec.Kind)) : [];
        }
        var modules = attributes.Where(attribute => attribute.Value is TorchCall value && !_tensors.Contains(value))
            .SelectMany(attribute
                => NamesOf((TorchCall)attribute.Value).Select(tensor => ($"{attribute.Key}.{tensor.Name}", tensor.Origin, tensor.Kind)));
        return [.. Own("Parameter", ParameterKind.Parameter), .. Own("Buffer", ParameterKind.Buffer), .. modules];

        IEnumerable<(string, string, ParameterKind)> Own(string name, ParameterKind kind) => attributes
            .Where(attribute => attribute.Value is TorchCall value && _tensors.Contains(value)
                && value.Name.EndsWith(name, StringComparison.Ordinal))
            .Select(attribute => (attribute.Key, _made[(TorchCall)attribute.Value].Tensors[0].Origin!, kind));
    }
}
