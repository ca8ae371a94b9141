using TorchInit.Syntax;

namespace TorchInit;

sealed partial class ProgramPlan
{
    bool _hasCast;

    /// <summary>model.half(), model.to(torch.float64): each floating-point parameter and buffer gets memory of that dtype, under all its
    /// names. As in torch, a parameter that another module has as well changes there, too.</summary>
    void Cast(TorchCall module, DType dtype)
    {
        _hasCast = true;
        Dictionary<string, PlannedTensor> cast = new(StringComparer.Ordinal);
        ILookup<string, string> slots = _memories.ToLookup(slot => slot.Value, slot => slot.Key, StringComparer.Ordinal);
        foreach ((_, PlannedTensor tensor, _, _) in NamesOf(module).ToList())
        {
            if (!tensor.IsFloatingPoint || tensor.DType == dtype || cast.ContainsKey(tensor.Memory)) { continue; }
            PlannedTensor made = cast[tensor.Memory] = _planner.Cast(tensor, dtype);
            foreach (string slot in slots[tensor.Memory]) { _memories[slot] = made.Memory; }
            _memories[tensor.Memory] = made.Memory;
            Count(1);
        }
        _planner.Replace(cast, call => Filled(call).Name is "Parameter" or "Buffer" or "ParameterList" or "ParameterDict");
    }

    readonly Dictionary<string, PlannedTensor> _computed = new(StringComparer.Ordinal);

    /// <summary>The tensor that weight_norm computes from its parameters, which may be filled but not read; null for others.</summary>
    PlannedTensor? Computed(TorchMember member)
    {
        bool isNorm = _made.Keys.Any(call => call.Name == "utils.weight_norm" && WrapperCalls.NameOf(call) == member.Path
            && ReferenceEquals(WrapperCalls.Innermost(call), member.Owner));
        if (!isNorm) { return null; }
        ParameterSpec direction = ModuleOf(member.Owner)!.Tensors.First(spec => spec.Name == $"{member.Path}_v");
        if (_computed.TryGetValue(direction.Origin!, out PlannedTensor? known)) { return known; }
        PlannedTensor made = _planner.NewUnknown([.. direction.Shape], direction.DType,
            new($"{member.Path} of a module with weight_norm is not followed where it is read: it is computed from {member.Path}_g and "
                + $"{member.Path}_v; allowed: to fill it."));
        return _computed[direction.Origin!] = made;
    }

    /// <summary>A module of torch with the dtypes that its tensors have now.</summary>
    InitPlan? Current(InitPlan? module) => module is null || !_hasCast ? module
        : new InitPlan(module.Title, _profile,
            [.. module.Tensors.Select(spec => spec with { DType = _planner.Memory[MemoryOf(spec.Origin!)].DType })], [])
        {
            Facts = module.Facts,
        };
}
