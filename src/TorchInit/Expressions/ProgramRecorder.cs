namespace TorchInit.Syntax;

/// <summary>What a text of statements does, in order: modules and tensors that are made, tensors that are filled again or
/// tied.</summary>
sealed class ProgramRecorder
{
    /// <summary>After how many modules and tensors a text is refused: a hundred blocks of a Transformer have 2,000.</summary>
    public const int MostSteps = 4096;

    readonly HashSet<TorchCall> _made = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<TorchCall> _kept = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<TorchCall, List<KeyValuePair<string, TorchValue>>> _objects = new(ReferenceEqualityComparer.Instance);

    /// <summary>The steps so far.</summary>
    public List<ProgramStep> Steps { get; } = [];

    /// <summary>What torch.manual_seed was given; null without it.</summary>
    public ulong? Seed { get; set; }

    /// <summary>The module or tensor that was made last.</summary>
    public TorchCall? Last => Steps.OfType<MakeStep>().LastOrDefault()?.Call;

    /// <summary>Whether an object is self without a class.</summary>
    public bool IsAnonymous(TorchCall call) => _objects.ContainsKey(call) && call.Name == "Module";

    /// <summary>Whether the value is a module or tensor that was made before, or an object of a class of the text.</summary>
    public bool IsMade(TorchValue value) => value is TorchCall call && _made.Contains(call);

    /// <summary>Whether a tensor may be seen by more than the one call that takes it: it was a whole value of a statement.</summary>
    public bool IsKept(TorchCall call) => _kept.Contains(call);

    /// <summary>Makes all modules and tensors of a value that are not made yet, arguments before the call that takes them. Names may stand
    /// for them from now on.</summary>
    public void Make(TorchValue value)
    {
        Make(value, isKept: true);
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
                // A module keeps the tensors that it is given.
                bool keeps = !TensorTable.IsTensor(call);
                foreach (TorchValue argument in call.Arguments) { Make(argument, keeps); }
                foreach (TorchKeyword keyword in call.Keywords) { Make(keyword.Value, keeps); }
                Steps.Add(new MakeStep(call));
                break;
        }
    }

    /// <summary>An object of a class of the text, without attributes.</summary>
    public TorchCall NewObject(string name)
    {
        TorchCall made = new(name.TrimStart('_') is { Length: > 0 } plain && char.IsAsciiLetter(plain[0]) ? plain : "Module");
        _made.Add(made);
        _objects.Add(made, []);
        return made;
    }

    /// <summary>The attributes of an object, in the order in which they were first set; null for a module of torch's.</summary>
    public List<KeyValuePair<string, TorchValue>>? AttributesOf(TorchValue value)
        => value is TorchCall call ? _objects.GetValueOrDefault(call) : null;

    /// <summary>self.name = value.</summary>
    public void SetAttribute(TorchCall target, string name, TorchValue value)
    {
        List<KeyValuePair<string, TorchValue>> attributes = _objects[target];
        int at = attributes.FindIndex(attribute => attribute.Key == name);
        if (at >= 0) { attributes[at] = new(name, value); }
        else { attributes.Add(new(name, value)); }
    }
}

/// <summary>One thing that a text does.</summary>
abstract record ProgramStep;

/// <summary>A module or tensor is made.</summary>
sealed record MakeStep(TorchCall Call) : ProgramStep;

/// <summary>A tensor is filled again: its place is the call's first argument.</summary>
sealed record FillAgainStep(TorchValue Target, TorchCall Call) : ProgramStep;

/// <summary>A parameter becomes another: one memory, two names.</summary>
sealed record TieStep(TorchMember Target, TorchValue Source) : ProgramStep;

/// <summary><c>reset_parameters()</c> of a module runs.</summary>
sealed record ResetStep(TorchValue Target) : ProgramStep;
