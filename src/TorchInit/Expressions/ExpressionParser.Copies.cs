namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // Whether one expression does what only a record of its steps can say.
    bool _needsRecord;

    static bool IsDeepCopy(string name) => name is "deepcopy" or "copy.deepcopy";

    /// <summary>copy.deepcopy(value): new modules with the values that the old ones have now, ties included. Draws nothing.</summary>
    TorchValue Copied(ExpressionToken at, TorchValue value)
    {
        if (_program is null)
        {
            _needsRecord = true;
            return value;
        }
        Make(value);
        Dictionary<TorchValue, TorchValue> copies = new(ReferenceEqualityComparer.Instance);
        List<(TorchCall Source, TorchCall Copy)> pairs = [];
        TorchValue copy = Of(value);
        Program.Clone(pairs);
        CopyTies(at, copies);
        return Counted(copy);

        TorchValue Of(TorchValue one)
        {
            if (one is FunctionName { Self: TorchCall })
            {
                throw Error(at, $"expected no method of an object among what is copied, found {Short(one.ToString())}");
            }
            if (one is TorchCall special && MethodOf(special, "__deepcopy__") is not null)
            {
                throw Error(at, $"expected an object that is copied as it is, found __deepcopy__ in {ProgramRecorder.NameOf(special)}");
            }
            if (one is not (TorchList or TorchTuple or TorchDict or TorchCall or TorchMember)) { return one; }
            if (copies.TryGetValue(one, out TorchValue? known)) { return known; }
            Spend(1, at);
            return copies[one] = one switch
            {
                TorchList list => new TorchList([.. list.Items.Select(Of)]),
                TorchTuple tuple => new TorchTuple([.. tuple.Items.Select(Of)]),
                TorchDict dict => new TorchDict([.. dict.Items.Select(item => KeyValuePair.Create(item.Key, Of(item.Value)))],
                    dict.IsOrdered),
                TorchMember member when copies.TryGetValue(member.Owner, out TorchValue? owner) => member with { Owner = (TorchCall)owner },
                TorchCall call when Program.AttributesOf(call) is not null => OfObject(call),
                TorchCall call when IsModule(call) => OfModule(call),
                TorchCall { Name: "Parameter" or "Buffer" } call => OfTensor(call.Name, call),
                TorchCall call when TensorOperators.IsTensor(call) => OfTensor("clone", call),
                _ => throw Error(at, $"expected modules, tensors and values to copy, found {Short(one.ToString())}"),
            };
        }

        TorchCall OfTensor(string name, TorchCall tensor)
        {
            TorchCall clone = TensorOperators.Method(tensor, "clone", [], []);
            TorchCall made = name == "clone" ? clone : new(name, [clone]);
            Make(made);
            return made;
        }

        TorchCall OfModule(TorchCall module)
        {
            CheckCopied(at, module);
            TorchCall made = new(module.Name, [.. module.Arguments.Select(Of)],
                [.. module.Keywords.Select(keyword => new TorchKeyword(keyword.Name, Of(keyword.Value)))], module.Forward);
            pairs.Add((module, made));
            return made;
        }

        TorchCall OfObject(TorchCall source)
        {
            TorchCall made = Program.NewObject(ProgramRecorder.NameOf(source), !IsPlainObject(source));
            copies[source] = made;
            if (ClassOf(source) is { } own) { _instances.Add(made, own); }
            // Tied attributes come last, because their owners are copied first.
            foreach ((string name, TorchValue value) in Program.AttributesOf(source)!.ToList())
            {
                Program.SetAttribute(made, name, value is TorchMember ? value : Of(value), Program.KindOf(source, name));
            }
            foreach ((string name, TorchValue value) in Program.AttributesOf(source)!.ToList())
            {
                if (value is TorchMember) { Program.SetAttribute(made, name, Of(value), Program.KindOf(source, name)); }
            }
            return made;
        }
    }

    /// <summary>Notes which parameters of copies share memory: parameters() lists each memory once.</summary>
    void CopyTies(ExpressionToken at, Dictionary<TorchValue, TorchValue> copies)
    {
        Dictionary<TorchValue, TorchMember> first = new(ReferenceEqualityComparer.Instance);
        foreach ((TorchMember target, TorchValue source) in Program.Ties.ToList())
        {
            if (!copies.TryGetValue(target.Owner, out TorchValue? owner)) { continue; }
            if (source is TorchCall && copies.ContainsKey(source))
            {
                throw Error(at, $"expected no parameter that is also {Short(target.Path)} of a child in what is copied, found one");
            }
            TorchMember copy = target with { Owner = (TorchCall)owner };
            if (source is TorchMember member && copies.TryGetValue(member.Owner, out TorchValue? other))
            {
                Program.NoteTie(copy, member with { Owner = (TorchCall)other });
            }
            else if (!first.TryAdd(source, copy)) { Program.NoteTie(copy, first[source]); }
        }
    }

    void CheckCopied(ExpressionToken at, TorchCall module)
    {
        if (_normed.ContainsKey(module) || module.Name is "ParameterList" or "ParameterDict"
            || module.Name.Contains('.', StringComparison.Ordinal))
        {
            throw Error(at, $"expected modules whose copy is followed, found {Short(module.Name)}");
        }
    }
}
