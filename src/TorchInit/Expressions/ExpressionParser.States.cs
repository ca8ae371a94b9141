namespace TorchInit.Syntax;

/// <summary>module.state_dict(): the tensors of a module, as the argument of load_state_dict.</summary>
/// <param name="Module">The module, by reference.</param>
sealed record ModuleState(TorchCall Module) : TorchValue;

sealed partial class ExpressionParser
{
    readonly HashSet<(TorchCall Owner, string Name)> _frozen = ProgramRecorder.Members();

    /// <summary>target.load_state_dict(source.state_dict()): copies each parameter; both have the same names.</summary>
    void Load(ExpressionToken at, TorchCall target)
    {
        Open('(');
        (List<TorchValue> arguments, _) = Arguments("load_state_dict");
        Close(')');
        if (arguments is not [ModuleState { Module: var source }])
        {
            throw Error(at, "expected the state_dict() of a module of the text as the argument of load_state_dict");
        }
        MakePending();
        (string Name, TorchValue Parameter)[] to = [.. NamedParameters(at, target)], from = [.. NamedParameters(at, source)];
        bool hasBuffers = NamedModules(at, target, mayBeComposite: true).Any(one => Program.AttributesOf(one.Module) is { } attributes
            && attributes.Exists(attribute => Program.KindOf(one.Module, attribute.Key) == AttributeKind.Buffer));
        if (hasBuffers || !to.Select(one => one.Name).SequenceEqual(from.Select(one => one.Name)))
        {
            throw Error(at, "expected two modules with the same parameters, and without buffers of their own, for load_state_dict");
        }
        foreach (((_, TorchValue own), (_, TorchValue other)) in to.Zip(from))
        {
            if (!ReferenceEquals(own, other)) { Make(TensorOperators.Method(own, "copy_", [other], [])); }
        }
    }

    bool IsFrozen(TorchValue value) => value switch
    {
        TorchMember member => _frozen.Contains((member.Owner, member.Path)),
        TorchCall call => _frozen.Contains((call, ""))
            || (call is { Name: "Parameter" } && call.Keywords.Any(keyword
                => keyword is { Name: "requires_grad", Value: TorchBool { Value: false } })),
        _ => false,
    };

    void Freeze(TorchValue value, bool isFrozen)
    {
        (TorchCall, string) key = value is TorchMember member ? (member.Owner, member.Path) : ((TorchCall)value, "");
        _ = isFrozen ? _frozen.Add(key) : _frozen.Remove(key);
    }

    /// <summary>requires_grad_(False) of a parameter, or of each parameter of a module.</summary>
    TorchValue Freezes(TorchValue value)
    {
        ExpressionToken at = Current;
        Open('(');
        (List<TorchValue> arguments, List<TorchKeyword> keywords) = Arguments("requires_grad_");
        Close(')');
        bool isFrozen = arguments.Concat(keywords.Select(keyword => keyword.Value)).FirstOrDefault() is TorchBool { Value: false };
        if (value is TorchCall module && IsModule(module))
        {
            foreach ((_, TorchValue parameter) in NamedParameters(at, module)) { Freeze(parameter, isFrozen); }
        }
        else { Freeze(value, isFrozen); }
        return value;
    }
}
