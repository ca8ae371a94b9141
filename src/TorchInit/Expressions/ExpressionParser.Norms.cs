namespace TorchInit.Syntax;

sealed partial class ExpressionParser
{
    // Modules that utils.weight_norm or utils.spectral_norm has changed, with the call.
    readonly Dictionary<TorchCall, TorchCall> _normed = new(ReferenceEqualityComparer.Instance);

    // Whether modules have got another dtype or device, after which weight and weight_orig are apart.
    bool _hasMoved;

    /// <summary>utils.weight_norm(module), utils.spectral_norm(module): changes the module, and returns it.</summary>
    TorchCall Normed(TorchCall call)
    {
        if (call.Name is not ("utils.weight_norm" or "utils.spectral_norm") || WrapperCalls.ChangedBy(call) is not { } module
            || Program.AttributesOf(module) is not null || !CallTable.Knows(module.Name))
        {
            return Noted(call);
        }
        if (_normed.TryGetValue(module, out TorchCall? before))
        {
            call = new(call.Name, [.. call.Arguments.Select(Changed)], [.. call.Keywords.Select(one
                => new TorchKeyword(one.Name, Changed(one.Value)))]);
        }
        Noted(call);
        MakePending();
        _normed[module] = call;
        _plans.Remove(module);
        return module;

        TorchValue Changed(TorchValue value) => ReferenceEquals(value, module) ? before : value;
    }

    /// <summary>A module's tensor, or the attribute that spectral_norm leaves in place of a parameter: the memory of weight_orig until a
    /// forward pass.</summary>
    TorchMember Attributed(ExpressionToken at, TorchCall module, string name)
    {
        if (NormOf(module, name) is not { } norm) { return new(module, name); }
        if (_hasMoved)
        {
            throw Error(at, $"expected {name}_orig or {name}_v, found {name}, which {norm.Name} sets and which stays what it was when the "
                + "module gets another dtype or device");
        }
        return new(module, norm.Name == "utils.spectral_norm" ? $"{name}_orig" : name);
    }

    /// <summary>Whether a tensor is the one that weight_norm computes from its parameters.</summary>
    bool IsComputed(TorchMember member) => NormOf(member.Owner, member.Path) is { Name: "utils.weight_norm" };

    /// <summary>The norm that has replaced a parameter of a module; null for none.</summary>
    TorchCall? NormOf(TorchCall module, string name)
    {
        TorchCall? norm = _normed.GetValueOrDefault(module);
        while (norm is not null && WrapperCalls.NameOf(norm) != name) { norm = WrapperCalls.ChangedBy(norm); }
        return norm;
    }
}
