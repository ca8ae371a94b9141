using System.Globalization;
using TorchInit.Syntax;

namespace TorchInit;

/// <summary>Turns the statements of a text into one plan: declares and draws each module's tensors where the module is created, and names
/// them at the end.</summary>
sealed partial class ProgramPlan
{
    // Tensors of modules, counted once per module that contains them: a list that grows and becomes a module in each iteration would not
    // end.
    const int MostTensors = 1 << 14;

    readonly Dictionary<TorchCall, InitPlan> _made = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<TorchCall, InitPlan> _whole = new(ReferenceEqualityComparer.Instance);

    // A slot is a tensor's place in a module; its memory is the one it was made with, until another one is put there.
    readonly Dictionary<string, string> _memories = new(StringComparer.Ordinal);
    readonly ProgramRecorder _program;
    readonly TorchProfile _profile;
    readonly TensorPlanner _planner;
    int _tensors;

    public ProgramPlan(ProgramRecorder program, TorchProfile profile, TextDevices devices)
    {
        (_program, _profile) = (program, profile);
        _planner = new(profile, devices, program.IsKept) { OfModule = OfModule };
    }

    public InitPlan Build(ProgramResult result, string title)
    {
        foreach (ProgramStep step in _program.Steps) { Run(step); }
        List<ParameterSpec> tensors = [];
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach ((string name, PlannedTensor tensor, ParameterKind kind, _) in NamesOf(result).ToList())
        {
            string memory = _planner.Shown(tensor);
            ParameterSpec spec = _planner.Memory[memory];
            tensors.Add(spec with { Name = name, Kind = kind, SameAs = names.GetValueOrDefault(memory), Origin = null });
            names.TryAdd(memory, name);
        }
        foreach (ParameterSpec spec in _planner.Memory.Values.Where(spec => !names.ContainsKey(spec.Name)))
        {
            tensors.Add(spec with { Kind = ParameterKind.Scratch, Origin = null });
            names.Add(spec.Name, spec.Name);
        }
        return new InitPlan(title, _profile, tensors, [.. Needed(tensors, names).Select(step => step.Renamed(name => names[name]))])
        {
            TorchClass = result.Module is { } only ? ProgramRecorder.NameOf(only) : "Module",
        };
    }

    /// <summary>The steps without sequences of numbers on which no weight and no draw depends: in some torches their last bits are not
    /// followed.</summary>
    IEnumerable<InitStep> Needed(List<ParameterSpec> tensors, Dictionary<string, string> names)
    {
        HashSet<string> shown = [.. tensors.Where(spec => spec.Kind != ParameterKind.Scratch).Select(spec => spec.Name)];
        HashSet<string> read = [.. names.Where(name => shown.Contains(name.Value)).Select(name => Root(name.Key))];
        List<InitStep> needed = [];
        foreach (InitStep step in Enumerable.Reverse(_planner.Steps))
        {
            bool isNeeded = !step.CanWait || step.Writes.Select(Root).Any(read.Contains);
            if (isNeeded) { read.UnionWith(step.Reads.Select(Root)); }
            if (isNeeded || step is not SequenceStep) { needed.Add(step); }
        }
        return Enumerable.Reverse(needed);

        string Root(string memory) => _planner.Memory[memory].SameAs is { } same ? Root(same) : memory;
    }

    string MemoryOf(string slot) => _memories.GetValueOrDefault(slot, slot);

    void Run(ProgramStep step)
    {
        switch (step)
        {
            case MakeStep { Call: var call, IsEmpty: var isEmpty }: Make(call, isEmpty); break;
            case FillAgainStep { Target: var target, Call: var call }: Fill(call, _planner.Filled(target, "tensor")); break;
            case ResetStep { Target: var target }: Reset(target); break;
            case CloneStep { Pairs: var pairs }: Clone(pairs); break;
            case CastStep { Module: var module, DType: var dtype }: Cast(module, dtype); break;
            case TieStep tie:
                PlannedTensor source = _planner.Tensor(tie.Source, "source");
                if (source.Strides is not null)
                {
                    throw new NotFollowedException($"a view as {tie.Target.Path} is not followed; allowed: a whole tensor.");
                }
                _ = OfModule(tie.Target);
                _memories[SlotOf(tie.Target)] = source.Memory;
                break;
        }
    }

    void Make(TorchCall call, bool isEmpty)
    {
        if (call.Name is "Tensor" or "FloatTensor")
        {
            bool isData = call.Arguments is [TorchList, ..];
            DType? dtype = call.Name == "FloatTensor" ? DType.Float32 : null;      // whatever torch's default dtype is
            if (call.Keywords.FirstOrDefault(keyword => keyword.Name == "dtype") is { } own)
            {
                throw new TorchArgumentException("dtype", own.Value, $"no dtype: {call.Name} has its own", "TypeError", null);
            }
            TorchKeyword[] keywords = dtype is { } given ? [.. call.Keywords, new("dtype", new TorchDType(given))] : [.. call.Keywords];
            PlannedTensor made = _planner.Evaluate(new(isData ? "tensor" : "zeros", call.Arguments, keywords))[0];
            _planner.Set(call, _planner.Cast(made, dtype));
            return;
        }
        if (TensorTable.IsTensor(call))
        {
            _planner.Run(call);
            return;
        }
        InitPlan plan = CallTable.Plan(call, _profile, ModuleOf);
        bool isOnlyReset = plan.ResetSteps?.SequenceEqual(plan.Steps) == true
            && plan.Tensors.All(spec => spec.Kind == ParameterKind.Parameter);
        if (isEmpty && !isOnlyReset)
        {
            throw new NotFollowedException($"a class that derives from {call.Name} and has a reset_parameters of its own is not followed; "
                + "allowed: nn.Module and an object of that class inside.");
        }
        Count(plan.Tensors.Count);
        string path = $"made.{_made.Count}";
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        List<ParameterSpec> tensors = [];
        foreach (ParameterSpec spec in plan.Tensors)
        {
            string slot = spec.Origin ?? (spec.Name.Length == 0 ? path : $"{path}.{spec.Name}");
            names.Add(spec.Name, MemoryOf(slot));
            tensors.Add(spec with { Origin = slot });
            if (spec.Origin is null)
            {
                _planner.Memory.Add(slot, spec with { Name = slot, SameAs = spec.SameAs is { } same ? names[same] : null });
            }
        }
        if (!isEmpty) { _planner.Steps.AddRange(plan.Steps.Select(step => step.Renamed(name => names[name]))); }
        _whole[call] = plan;
        _made[call] = new InitPlan(plan.Title, _profile, tensors, []) { Facts = plan.Facts };
        if (WrapperCalls.ChangedBy(call) is { } changed && _made.ContainsKey(changed)) { Change(changed, call); }
        // An init function of a shape creates a tensor.
        if (plan.Tensors is [{ Name: "" } only, ..]) { _planner.Set(call, Seen(_planner.Memory[names[only.Name]])); }
    }

    /// <summary>weight_norm and its like change the module that they are given, under all its names.</summary>
    void Change(TorchCall module, TorchCall call)
    {
        HashSet<string?> slots = [.. _made[module].Tensors.Select(spec => spec.Origin)];
        List<TorchCall> changed = [module];
        while (WrapperCalls.ChangedBy(changed[^1]) is { } inner && _made.ContainsKey(inner)) { changed.Add(inner); }
        if (_made.Any(other => !changed.Contains(other.Key) && other.Key != call
            && other.Value.Tensors.Any(spec => slots.Contains(spec.Origin))))
        {
            throw new NotFollowedException($"{call.Name} of a module that is part of another one is not followed; allowed: a module that "
                + "is put into another one afterwards.");
        }
        foreach (TorchCall one in changed) { (_made[one], _whole[one]) = (_made[call], _whole[call]); }
    }

    /// <summary>Gives copies of modules memory of their own, one for each memory of the modules, and copies the values.</summary>
    void Clone(IReadOnlyList<(TorchCall Source, TorchCall Copy)> pairs)
    {
        Dictionary<string, string> slots = new(StringComparer.Ordinal), memories = new(StringComparer.Ordinal);
        foreach ((TorchCall source, TorchCall copy) in pairs)
        {
            Count(_made[source].Tensors.Count);
            string path = $"made.{_made.Count}";
            List<ParameterSpec> tensors = [.. _made[source].Tensors.Select(spec => spec with { Origin = SlotOf(spec, path) })];
            _made[copy] = new InitPlan(_made[source].Title, _profile, tensors, []) { Facts = _made[source].Facts };
            _whole[copy] = _whole[source];
        }

        string SlotOf(ParameterSpec spec, string path)
        {
            if (slots.TryGetValue(spec.Origin!, out string? known)) { return known; }
            string slot = slots[spec.Origin!] = spec.Name.Length == 0 ? path : $"{path}.{spec.Name}", memory = MemoryOf(spec.Origin!);
            if (memories.TryGetValue(memory, out string? copied))
            {
                _memories[slot] = copied;
                return slot;
            }
            memories[memory] = slot;
            _planner.Memory.Add(slot, _planner.Memory[memory] with { Name = slot, SameAs = null, Origin = null });
            _planner.Steps.Add(new CopyStep(slot, memory));
            return slot;
        }
    }

    static PlannedTensor Seen(ParameterSpec spec) => new(spec.Name, [.. spec.Shape], spec.DType);

    /// <summary>The plan of a module argument: its tensors, without repeating its steps. Null for a module that does not exist
    /// yet.</summary>
    InitPlan? ModuleOf(TorchCall call)
    {
        if (_program.AttributesOf(call) is null) { return _planner.Made(call) is null ? Current(_made.GetValueOrDefault(call)) : null; }
        List<ParameterSpec> tensors = [];
        foreach ((string name, PlannedTensor tensor, ParameterKind kind, string? slot) in NamesOf(call).ToList())
        {
            string memory = _planner.Shown(tensor);
            tensors.Add(_planner.Memory[memory] with { Name = name, Kind = kind, Origin = slot ?? memory, SameAs = null });
        }
        Count(tensors.Count);
        return new(call.ToString(), _profile, tensors, []) { TorchClass = ProgramRecorder.NameOf(call) };
    }

    void Count(int tensors)
    {
        if ((_tensors += tensors) > MostTensors)
        {
            throw new ArgumentException($"The modules of the text have {_tensors} tensors or more, counted in every module that "
                + $"contains them; allowed: {MostTensors}.");
        }
    }

    /// <summary>Runs an init function on an existing tensor.</summary>
    void Fill(TorchCall call, PlannedTensor target)
    {
        InitPlan plan = CallTable.Plan(OfShape(call, target), _profile);
        foreach (InitStep step in plan.Steps)
        {
            bool isWhole = step.Target is { Tensor: "", Shape: null } && plan.Tensors.Count == 1;
            _planner.Do(target, isWhole ? step with { Target = target.Target }
                : throw new NotFollowedException($"{plan.Title} needs a tensor besides the one it fills."));
        }
    }

    static TorchCall OfShape(TorchCall call, PlannedTensor tensor)
    {
        TorchTuple shape = new([.. tensor.Shape.Select(size => new TorchInt(size))]);
        return call.Arguments.Count > 0 ? new(call.Name, [shape, .. call.Arguments.Skip(1)], call.Keywords)
            : new(call.Name, [], [.. call.Keywords.Select(keyword => keyword.Name == "tensor" ? new("tensor", shape) : keyword)]);
    }

    void Reset(TorchValue target)
    {
        if (target is not TorchCall call || !_whole.TryGetValue(call, out InitPlan? plan) || plan.ResetSteps is null)
        {
            throw new ArgumentException($"{target} has no reset_parameters() here; allowed: a torch.nn module that has one.",
                nameof(target));
        }
        Dictionary<string, string> names = plan.Tensors.Zip(_made[call].Tensors).ToDictionary(pair => pair.First.Name, pair
            => MemoryOf(pair.Second.Origin!));
        _planner.Steps.AddRange(plan.ResetSteps.Select(step => step.Renamed(name => names[name])));
    }

    /// <summary>A module's tensor by its path, or part of it: <c>weight</c>, <c>layers.0.weight</c>, <c>weight.0</c> for the first
    /// row.</summary>
    PlannedTensor OfModule(TorchMember member)
    {
        InitPlan module = ModuleOf(member.Owner) ?? throw new ArgumentException($"{member.Owner} was not created.", nameof(member));
        string path = member.Path;
        List<TorchValue> index = [];
        while (true)
        {
            if (module.Tensors.FirstOrDefault(spec => spec.Name == path && spec.Kind != ParameterKind.Scratch) is { } found)
            {
                PlannedTensor whole = Seen(_planner.Memory[MemoryOf(found.Origin!)]);
                return index.Count == 0 ? whole : IndexCalls.At(whole, new TorchTuple(index));
            }
            int dot = path.LastIndexOf('.');
            if (dot < 0 || !long.TryParse(path.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long at)) { break; }
            index.Insert(0, new TorchInt(at));
            path = path[..dot];
        }
        if (Computed(member) is { } computed) { return computed; }
        string[] names = [.. module.StateTensors.Select(spec => spec.Name)];
        string[] near = [.. NearestNames.Of(member.Path, names)];
        throw new ArgumentException($"{member.Owner} has no tensor '{member.Path}'; "
            + (near.Length > 0 ? $"nearest: {string.Join(", ", near)}." : $"it has: {string.Join(", ", names.Take(6))}."), nameof(member));
    }

    /// <summary>The slot of a module's whole tensor.</summary>
    string SlotOf(TorchMember member) => ModuleOf(member.Owner)!.Tensors.First(spec => spec.Name == member.Path).Origin!;
}
