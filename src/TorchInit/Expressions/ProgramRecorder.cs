namespace TorchInit.Syntax;

/// <summary>What a text of statements does, in order: it creates modules and tensors, and fills or ties tensors.</summary>
sealed class ProgramRecorder
{
    /// <summary>The most modules and tensors a text may have: a Transformer of a hundred blocks has 2,000.</summary>
    public const int MostSteps = 4096;

    readonly HashSet<TorchCall> _made = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TorchCall> _kept = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TorchCall> _plain = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<TorchCall, List<KeyValuePair<string, TorchValue>>> _objects = new(ReferenceEqualityComparer.Instance);

    // The devices of modules that are not created yet: nn.Linear(3, 4).cuda() among the arguments of another.
    readonly Dictionary<TorchCall, string> _moves = new(ReferenceEqualityComparer.Instance);

    // The same for dtypes: nn.Linear(3, 4).half().
    readonly Dictionary<TorchCall, List<DType>> _casts = new(ReferenceEqualityComparer.Instance);

    /// <summary>The steps so far.</summary>
    public List<ProgramStep> Steps { get; } = [];

    /// <summary>The seeds that the text gives to torch's generators.</summary>
    public TextSeeds Seeds { get; } = new();

    /// <summary>The value of the last statement that is a value alone.</summary>
    public TorchCall? Alone { get; set; }

    /// <summary>The module or tensor of the last statement that is one, or that was created last.</summary>
    public TorchCall? Last => Alone is { } alone && IsMade(alone) ? alone : Steps.OfType<MakeStep>().LastOrDefault()?.Call;

    /// <summary>Whether an object is a self without a class.</summary>
    public bool IsAnonymous(TorchCall call) => _objects.ContainsKey(call) && call.Name == "Module";

    /// <summary>Whether the value is an existing module or tensor, or an object of a class in the text.</summary>
    public bool IsMade(TorchValue value) => value is TorchCall call && _made.Contains(call);

    /// <summary>Whether a tensor may have more uses than one call: it was the whole value of a statement.</summary>
    public bool IsKept(TorchCall call) => _kept.Contains(call);

    /// <summary>Creates all modules and tensors of a value that do not exist yet, arguments before the call that takes them. From then on,
    /// names may refer to them.</summary>
    public void Make(TorchValue value)
    {
        Make(value, isKept: true);
    }

    /// <summary>Creates a module whose tensors another function fills: that of a class which overrides reset_parameters.</summary>
    public void MakeEmpty(TorchCall module)
    {
        int before = Steps.Count;
        Make(module);
        if (Steps.Count > before) { Steps[^1] = new MakeStep(module) { IsEmpty = true }; }
    }

    void Make(TorchValue value, bool isKept)
    {
        switch (value)
        {
            case TorchList list: foreach (TorchValue item in list.Items) { Make(item, isKept); } break;
            case TorchTuple tuple: foreach (TorchValue item in tuple.Items) { Make(item, isKept); } break;
            case TorchDict dict: foreach ((_, TorchValue item) in dict.Items) { Make(item, isKept); } break;
            case TorchCall { Name: "slice" or "Ellipsis" }: break;
            case TorchCall order when SamplerCalls.IsOrder(order):
                foreach (TorchKeyword keyword in order.Keywords) { Make(keyword.Value, isKept: true); }
                break;
            case TorchCall call:
                if (isKept) { _kept.Add(call); }
                if (!_made.Add(call)) { break; }
                // A module keeps its tensor arguments.
                bool keeps = !TensorTable.IsTensor(call);
                foreach (TorchValue argument in call.Arguments) { Make(argument, keeps); }
                foreach (TorchKeyword keyword in call.Keywords) { Make(keyword.Value, keeps); }
                Steps.Add(new MakeStep(call));
                if (_moves.Remove(call, out string? device)) { Move(call, device); }
                if (_casts.Remove(call, out List<DType>? dtypes)) { Steps.AddRange(dtypes.Select(dtype => new CastStep(call, dtype))); }
                break;
        }
    }

    /// <summary>Gives a parameter the memory of another.</summary>
    public void Tie(TorchMember target, TorchValue source)
    {
        while (source is TorchMember member && SourceOf(member) is { } before) { source = before; }
        // A parameter that has this memory already.
        if (source is TorchMember own && ReferenceEquals(own.Owner, target.Owner) && own.Path == target.Path) { return; }
        Steps.Add(new TieStep(target, source));
        NoteTie(target, source);
    }

    /// <summary>Gives a parameter the memory of another, of which it stays apart: target.data = source.data.</summary>
    public void Share(TorchMember target, TorchValue source) => Steps.Add(new TieStep(target, source));

    /// <summary>Notes that two parameters share memory.</summary>
    public void NoteTie(TorchMember target, TorchValue source) => _ties[(target.Owner, target.Path)] = source;

    /// <summary>The parameters that were given another's memory.</summary>
    public IEnumerable<(TorchMember Target, TorchValue Source)> Ties
        => _ties.Select(tie => (new TorchMember(tie.Key.Item1, tie.Key.Item2), tie.Value));

    /// <summary>The parameter whose memory a parameter was given last; null for none.</summary>
    public TorchValue? SourceOf(TorchMember member) => _ties.GetValueOrDefault((member.Owner, member.Path));

    readonly Dictionary<(TorchCall, string), TorchValue> _ties = new(new ByReference());

    /// <summary>Notes modules that are copies of others, children before what contains them.</summary>
    public void Clone(IReadOnlyList<(TorchCall Source, TorchCall Copy)> pairs)
    {
        if (pairs.Count == 0) { return; }
        foreach ((_, TorchCall copy) in pairs)
        {
            _made.Add(copy);
            _kept.Add(copy);
        }
        Steps.Add(new CloneStep(pairs));
    }

    /// <summary>Moves a module to a device, with everything in it: now, or as soon as it is created.</summary>
    public void Move(TorchCall module, string device)
    {
        if (!IsMade(module))
        {
            _moves[module] = device;
            return;
        }
        HashSet<TorchCall> moved = new(ReferenceEqualityComparer.Instance);
        Add(module);
        Steps.Add(new MoveStep(moved, device));

        void Add(TorchValue value)
        {
            switch (value)
            {
                case TorchList list: foreach (TorchValue item in list.Items) { Add(item); } break;
                case TorchTuple tuple: foreach (TorchValue item in tuple.Items) { Add(item); } break;
                case TorchDict dict: foreach ((_, TorchValue item) in dict.Items) { Add(item); } break;
                case TorchCall call when call.KeepsParts() && moved.Add(call):
                    foreach (TorchValue part in call.Parts()) { Add(part); }
                    foreach ((_, TorchValue attribute) in AttributesOf(call) ?? []) { Add(attribute); }
                    break;
            }
        }
    }

    /// <summary>Gives the floating-point tensors of a module another dtype, with everything in it: now, or as soon as it is
    /// created.</summary>
    public void Cast(TorchCall module, DType dtype)
    {
        if (IsMade(module)) { Steps.Add(new CastStep(module, dtype)); }
        else if (_casts.TryGetValue(module, out List<DType>? dtypes)) { dtypes.Add(dtype); }
        else { _casts.Add(module, [dtype]); }
    }

    // No name of torch begins with it: a class of the text may be called Linear or Generator.
    const string OwnPrefix = "own.";

    /// <summary>The name of a class, of torch or of the text.</summary>
    public static string NameOf(TorchCall module)
        => module.Name.StartsWith(OwnPrefix, StringComparison.Ordinal) ? module.Name[OwnPrefix.Length..] : module.Name;

    /// <summary>The attribute under which an object keeps the module of torch whose class its own derives from.</summary>
    public const string Inherited = "";

    /// <summary>Whether an object of the text is no module: of a class that does not derive from one.</summary>
    public bool IsPlainObject(TorchValue value) => value is TorchCall call && _plain.Contains(call);

    /// <summary>The module of torch whose class an object's own derives from; null for none.</summary>
    public TorchCall? InheritedBy(TorchCall target)
        => _objects.GetValueOrDefault(target)?.Find(attribute => attribute.Key == Inherited).Value as TorchCall;

    /// <summary>Removes an attribute; false if there is none.</summary>
    public bool RemoveAttribute(TorchCall target, string name)
        => _objects[target].RemoveAll(attribute => attribute.Key == name) > 0 && (_kinds.Remove((target, name)) | true);

    /// <summary>An object of a class in the text, without attributes.</summary>
    public TorchCall NewObject(string name, bool isModule = true, bool isSelf = false)
    {
        TorchCall made = new(isSelf ? "Module"
            : OwnPrefix + (name.TrimStart('_') is { Length: > 0 } plain && char.IsAsciiLetter(plain[0]) ? plain : "Module"));
        _made.Add(made);
        _objects.Add(made, []);
        if (!isModule) { _plain.Add(made); }
        return made;
    }

    /// <summary>The attributes of an object, in the order of their first assignment; null for a torch module.</summary>
    public List<KeyValuePair<string, TorchValue>>? AttributesOf(TorchValue value)
        => value is TorchCall call ? _objects.GetValueOrDefault(call) : null;

    /// <summary>The attributes of all objects.</summary>
    public IEnumerable<List<KeyValuePair<string, TorchValue>>> Objects => _objects.Values;

    /// <summary>self.name = value. A registered attribute keeps its place, also as None; what becomes one is then the last.</summary>
    /// <param name="target">The object.</param>
    /// <param name="name">The attribute.</param>
    /// <param name="value">Its value.</param>
    /// <param name="registered">As what it is registered; null for a plain assignment.</param>
    public void SetAttribute(TorchCall target, string name, TorchValue value, AttributeKind? registered = null)
    {
        List<KeyValuePair<string, TorchValue>> attributes = _objects[target];
        int at = attributes.FindIndex(attribute => attribute.Key == name);
        AttributeKind before = KindOf(target, name), kind = registered ?? (value is TorchNone ? before : KindOf(value));
        _kinds[(target, name)] = kind;
        if (at >= 0 && before == kind)
        {
            attributes[at] = new(name, value);
            return;
        }
        if (at >= 0) { attributes.RemoveAt(at); }
        attributes.Add(new(name, value));
    }

    /// <summary>As what an attribute is registered.</summary>
    public AttributeKind KindOf(TorchCall target, string name) => _kinds.GetValueOrDefault((target, name));

    AttributeKind KindOf(TorchValue value) => value switch
    {
        TorchMember => AttributeKind.Parameter,
        TorchCall { Name: "Parameter" } => AttributeKind.Parameter,
        TorchCall { Name: "Buffer" } => AttributeKind.Buffer,
        TorchCall call when _plain.Contains(call) => AttributeKind.Plain,
        TorchCall call when _objects.ContainsKey(call) || !TensorTable.IsTensor(call) || call.KeepsParts() => AttributeKind.Module,
        _ => AttributeKind.Plain,
    };

    readonly Dictionary<(TorchCall, string), AttributeKind> _kinds = new(new ByReference());

    /// <summary>An empty set of members, told apart by their owners themselves.</summary>
    public static HashSet<(TorchCall Owner, string Name)> Members() => new(new ByReference());

    sealed class ByReference : IEqualityComparer<(TorchCall Owner, string Name)>
    {
        public bool Equals((TorchCall Owner, string Name) a, (TorchCall Owner, string Name) b) => ReferenceEquals(a.Owner, b.Owner)
            && a.Name == b.Name;

        public int GetHashCode((TorchCall Owner, string Name) key)
            => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Owner), key.Name);
    }
}

/// <summary>One thing that a text does.</summary>
abstract record ProgramStep;

/// <summary>A module or tensor is created.</summary>
sealed record MakeStep(TorchCall Call) : ProgramStep
{
    /// <summary>Whether the module's own reset_parameters does not run.</summary>
    public bool IsEmpty { get; init; }
}

/// <summary>A tensor is filled again; it is the call's first argument.</summary>
sealed record FillAgainStep(TorchValue Target, TorchCall Call) : ProgramStep;

/// <summary>A parameter is tied to another: one memory, two names.</summary>
sealed record TieStep(TorchMember Target, TorchValue Source) : ProgramStep;

/// <summary>A module is moved to a device, in place: <c>model.cuda()</c>.</summary>
/// <param name="Moved">The module, its children and their parameters.</param>
/// <param name="Device">The device, as torch prints it.</param>
sealed record MoveStep(HashSet<TorchCall> Moved, string Device) : ProgramStep;

/// <summary>A module's floating-point parameters and buffers get another dtype, in place: <c>model.half()</c>.</summary>
sealed record CastStep(TorchCall Module, DType DType) : ProgramStep;

/// <summary>Modules are copied, with the values that they have.</summary>
sealed record CloneStep(IReadOnlyList<(TorchCall Source, TorchCall Copy)> Pairs) : ProgramStep;

/// <summary>A module's <c>reset_parameters()</c> runs.</summary>
sealed record ResetStep(TorchValue Target) : ProgramStep;
