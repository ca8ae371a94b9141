using System.Numerics;

namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    bool IsMade(TorchValue value) => _program?.IsMade(value) == true;

    /// <summary>The part after the dot of a module, one of its tensors, or an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="inherited">Whether its own class is passed over, after super().</param>
    TorchValue MemberOf(TorchValue value, bool inherited = false)
    {
        ExpressionToken token = Take();
        string name = Text(token);
        bool isCall = Is('(');
        if (name == "__class__") { return TypeOf(value); }
        if (name.StartsWith("__", StringComparison.Ordinal) && !name.EndsWith("__", StringComparison.Ordinal))
        {
            throw Error(token, $"expected a name without two underscores in front, which Python changes in a class, found '{Short(name)}'");
        }
        if (!isCall && value is TorchCall { Name: "RNN" or "LSTM" or "GRU" } layers && name.TrimStart('_') == "all_weights")
        {
            return AllWeights(layers, isNames: name[0] == '_');
        }
        if (isCall && name == "_get_name" && value is TorchCall named)
        {
            SkipBrackets();
            return new TorchString(ProgramRecorder.NameOf(named));
        }
        if (Program.AttributesOf(value) is { } attributes)
        {
            if (name == "__dict__" && Is('.')) { return Update(token, (TorchCall)value); }
            if (!isCall) { return AttributeOf(token, value, name); }
            if (attributes.Exists(attribute => attribute.Key == name)) { return AttributeOf(token, value, name); }
            if (!inherited && IsOfClass((TorchCall)value, name)) { return OfClass(token, (TorchCall)value, name)!; }
            if (name is "register_buffer" or "register_parameter" or "add_module" or "register_module")
            {
                Register(token, (TorchCall)value, name);
                return TorchNone.Instance;
            }
            TorchCall? torch = Program.InheritedBy((TorchCall)value);
            if (torch is not null && name == "reset_parameters") { value = torch; }
        }
        if (isCall && Grows(token, value, name) is { } none) { return none; }
        if (isCall && (OfModuleDict(value, name) ?? Iterator(token, value, name)) is { } items) { return items; }
        if (name == "requires_grad" && !isCall) { return new TorchBool(!IsFrozen(value)); }
        if (isCall && name == "requires_grad_") { return Freezes(value); }
        if (isCall && name is "state_dict" && value is TorchCall { } stated)
        {
            SkipBrackets();
            return new ModuleState(stated);
        }
        if (isCall && name == "load_state_dict" && value is TorchCall loaded)
        {
            Load(token, loaded);
            return TorchNone.Instance;
        }
        if (value is TorchMember && OfShape(token, value, name) is { } sizes) { return sizes; }
        if (isCall && value is TorchCall && DTypeOfMethod(name) is { } dtype && (IsParameters(value) || !TensorOperators.IsTensor(value)))
        {
            SkipBrackets();
            Cast(token, value, dtype);
            return value;
        }
        if (isCall && value is TorchCall && name == "type")
        {
            throw Error(token, "expected .to with a dtype, found .type, which changes a module's integers as well");
        }
        if (isCall && name == "apply")
        {
            Apply(token, value);
            return value;
        }
        if (isCall && name == "reset_parameters")
        {
            SkipBrackets();
            MakePending();
            Program.Steps.Add(new ResetStep(value));
            return TorchNone.Instance;
        }
        if (isCall && name is "to" or "cpu" or "cuda")
        {
            return value is TorchMember ? Moved(token, value, name) : MovedModule(token, value, name);
        }
        if (isCall && name is "detach" or "eval" or "train" or "contiguous" or "zero_grad" or "share_memory")
        {
            SkipBrackets();
            return value;
        }
        if (name == "data") { return value; }
        if (isCall && TensorTable.IsName(name)) { return MethodCall(token, value, name); }
        if (isCall && name.EndsWith('_')) { return Call(token, name, value); }
        if (!isCall && name is "T" or "mT") { return TensorOperators.Member(value, name)!; }
        if (!isCall && value is TorchCall module && InPython(token, () => ModuleAttributes.Of(module, name)) is { } given) { return given; }
        return isCall ? throw Error(token, $"expected a fill, for example normal_, found '{name}'; nothing is run here")
            : Member(value, name);
    }

    /// <summary>register_buffer and its like; a buffer that is not persistent is no part of the state dict.</summary>
    void Register(ExpressionToken token, TorchCall owner, string name)
    {
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments(name);
        Close(')');
        TorchValue? key = Argument(0, "name"), item = Argument(1, name switch
        {
            "register_buffer" => "tensor",
            "register_parameter" => "param",
            _ => "module",
        });
        if (key is not TorchString { Value: var text } || item is null)
        {
            throw Error(token, $"expected a name and a value as arguments of {name}");
        }
        bool isBuffer = name == "register_buffer";
        if (isBuffer && item is TorchMember) { throw Error(token, "expected a new tensor as a buffer, found a module's"); }
        Make(item);
        bool isPersistent = Argument(2, "persistent") is not TorchBool { Value: false };
        TorchValue registered = isBuffer && item is TorchCall tensor && isPersistent ? new TorchCall("Buffer", [tensor]) : item;
        Make(registered);
        Program.SetAttribute(owner, text, registered, !isBuffer ? name == "register_parameter" ? AttributeKind.Parameter
            : AttributeKind.Module : isPersistent ? AttributeKind.Buffer : AttributeKind.Plain);

        TorchValue? Argument(int at, string keyword)
            => at < arguments.Count ? arguments[at] : keywords.Find(given => given.Name == keyword)?.Value;
    }

    TorchMember Member(TorchValue owner, string name)
    {
        if (owner is not TorchMember member) { return Attributed(_tokens[_next - 1], (TorchCall)owner, name); }
        const int most = 1000;
        return member.Path.Length + name.Length <= most ? member with { Path = $"{member.Path}.{name}" }
            : throw Error(_tokens[_next - 1], $"expected a name of at most {most} characters, found a longer one");
    }

    TorchValue AttributeOf(ExpressionToken at, TorchValue owner, string name)
    {
        if (Program.AttributesOf(owner) is not { } attributes)
        {
            if (TensorOperators.IsTensor(owner) && TensorOperators.Member(owner, name) is { } view) { return view; }
            if (owner is TorchCall module && InPython(at, () => ModuleAttributes.Of(module, name)) is { } given) { return given; }
            return owner is TorchMember || IsMade(owner) ? name == "data" ? owner : Member(owner, name)
                : throw Error(at, $"expected a module before '.{name}', found {Short(owner.ToString())}");
        }
        TorchValue? found = attributes.Find(attribute => attribute.Key == name).Value;
        // torch keeps modules, parameters and buffers beside the object's own attributes, so those of its class come first.
        TorchCall made = (TorchCall)owner;
        bool isBeside = found is not null && Program.KindOf(made, name) != AttributeKind.Plain && IsOfClass(made, name);
        if (found is null || isBeside) { found = OfClass(at, made, name); }
        string[] near = [.. NearestNames.Of(name, attributes.Select(attribute => attribute.Key))];
        return found ?? throw Error(at, $"expected an attribute that is already set, found '{Short(name)}'"
            + (near.Length > 0 ? $"; nearest: {string.Join(", ", near)}" : ""));
    }

    TorchValue ChildOf(ExpressionToken at, TorchValue value, TorchValue? index)
    {
        if (value is TorchCall { Name: "ModuleDict", Arguments: [TorchDict dict] } && index is TorchString key
            && dict.Items.FirstOrDefault(item => item.Key == key.Value) is { Value: { } item })
        {
            return item;
        }
        if (ChildrenOf(value) is { } children && index is TorchInt { Value: var number } && number >= -children.Count
            && number < children.Count)
        {
            return children[(int)(number < 0 ? number + children.Count : number)];
        }
        return value is TorchMember && index is TorchInt { Value: >= 0 } part ? Member(value, $"{part.Value}")
            : throw Error(at, $"expected the number or name of a child, found {index?.ToString() ?? "a slice"}");
    }

    /// <summary>Records a fill of an existing tensor; returns any other call unchanged.</summary>
    TorchValue Filled(ExpressionToken start, TorchCall call)
    {
        TorchValue? target = call.Arguments.Count > 0 ? call.Arguments[0]
            : call.Keywords.FirstOrDefault(keyword => keyword.Name == "tensor")?.Value;
        if (target is not (TorchMember or TorchCall) || TensorTable.IsTensor(call)) { return Noted(call); }
        Make(target);
        if (Program.AttributesOf(target) is not null) { throw Error(start, "expected a tensor to fill, found a module"); }
        Program.Steps.Add(new FillAgainStep(target, call));
        return target;
    }

    /// <summary>Calls that a text of statements has in addition to torch's; null for others.</summary>
    TorchValue? ProgramCall(ExpressionToken start, string name)
    {
        switch (PythonName.WithoutTorch(name))
        {
            case "manual_seed" or "random.manual_seed":
                Seed(start);
                return TorchNone.Instance;
            case "cuda.manual_seed" or "cuda.random.manual_seed":
                SeedGpu(isAll: false);
                return TorchNone.Instance;
            case "cuda.manual_seed_all" or "cuda.random.manual_seed_all":
                SeedGpu(isAll: true);
                return TorchNone.Instance;
            case "SimpleNamespace" or "types.SimpleNamespace" or "Namespace" or "argparse.Namespace":
                return NamespaceObject(name);
            case "Module" when IsAt(_next + 1, ')'):
                SkipBrackets();
                return Program.NewObject("Module");
            case "filter" or "map":
                return Mapped(start, name);
            case "cast" or "typing.cast":
                return Cast(start);
            case "field" or "dataclasses.field":
                return Field(start);
            case "super":
                return Super(start);
            case "Module.__init__" or "print" or "random.seed" or "np.random.seed" or "numpy.random.seed"
                or "use_deterministic_algorithms" or "set_printoptions":
                SkipBrackets();
                return TorchNone.Instance;
            case var other when other.StartsWith("optim.", StringComparison.Ordinal):
                int first = _next;
                SkipBrackets();
                CheckSkipped(first, Short(name));
                return TorchNone.Instance;
            default: return null;
        }
    }

    void SkipBrackets()
    {
        int depth = 0;
        do
        {
            if (Current.Kind == TokenKind.End) { throw Expected("')'"); }
            ExpressionToken token = Take();
            char letter = token.Kind == TokenKind.Punctuation ? _text[token.Start] : ' ';
            depth += letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0;
        }
        while (depth > 0);
    }

    bool HasMade => Program.Steps.Exists(step => step is MakeStep or FillAgainStep or ResetStep);

    void Seed(ExpressionToken start)
    {
        MakePending();
        if (HasMade)
        {
            throw Error(start, "expected torch.manual_seed before the first module or tensor, found it later: a text has one seed and one "
                + "stream");
        }
        Program.Seeds.SetAll(SeedArgument());
    }

    /// <summary>torch.cuda.manual_seed: matters only where a GPU draws.</summary>
    void SeedGpu(bool isAll)
    {
        Program.Seeds.IsGpuSeededLate |= HasMade;
        Program.Seeds.SetGpu(SeedArgument(), isAll);
    }

    ulong SeedArgument()
    {
        Open('(');
        if (IsWord("seed") && IsAt(_next + 1, '=')) { _next += 2; }
        ExpressionToken token = Current;
        BigInteger seed = PythonArithmetic.Integer(Sum()) ?? throw Error(token, "expected an integer as the seed");
        if (Is(',')) { Take(); }
        Close(')');
        if (seed < long.MinValue || seed > ulong.MaxValue) { throw Error(token, "expected a seed from -2^63 to 2^64 - 1"); }
        return seed.Sign < 0 ? unchecked((ulong)(long)seed) : (ulong)seed;
    }
}
