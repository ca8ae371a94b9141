using TorchInit.Syntax;

namespace TorchInit;

sealed partial class ProgramPlan
{
    IEnumerable<(string Name, PlannedTensor Tensor, ParameterKind Kind, string? Slot)> NamesOf(ProgramResult result)
    {
        if (result.Module is { } module) { return NamesOf(module); }
        TorchCall[] used = [.. _program.Steps.OfType<MakeStep>().Select(step => step.Call).Where(call => call.KeepsParts()
            && (WrapperCalls.ChangedBy(call) is null || result.Variables.Any(variable => ReferenceEquals(variable.Value, call))))
            .SelectMany(call => call.Parts()).SelectMany(CallParts.Calls)];
        KeyValuePair<string,
            TorchValue>[] free = [.. result.Variables.Where(variable
            => !used.Contains(variable.Value, ReferenceEqualityComparer.Instance) && !IsNoTensor((TorchCall)variable.Value))];
        bool isOne = free.Length > 0 && free.All(variable => ReferenceEquals(variable.Value, free[0].Value));
        if (isOne && _planner.Made((TorchCall)free[0].Value) is null) { return NamesOf((TorchCall)free[0].Value); }
        return free.SelectMany(variable => NamesOf((TorchCall)variable.Value).Select(tensor
            => (tensor.Name.Length == 0 ? variable.Key : $"{variable.Key}.{tensor.Name}", tensor.Tensor, tensor.Kind, tensor.Slot)));
    }

    static bool IsNoTensor(TorchCall call) => GeneratorCalls.IsGenerator(call) || SamplerCalls.IsOrder(call);

    /// <summary>A module's tensors in state-dict order: an object's own parameters and buffers before its children's.</summary>
    IEnumerable<(string Name, PlannedTensor Tensor, ParameterKind Kind, string? Slot)> NamesOf(TorchCall call)
    {
        if (_planner.WhyUnknown(call) is { } why) { throw why; }
        if (_planner.Made(call) is { } tensors)
        {
            return tensors.Select((tensor, at)
                => (tensor.Key ?? (tensors.Count == 1 ? "" : $"{at}"), tensor, ParameterKind.Parameter, (string?)null));
        }
        if (_program.AttributesOf(call) is not { } attributes)
        {
            return _made.TryGetValue(call, out InitPlan? plan)
                ? plan.StateTensors.Select(Of) : [];
        }
        // What an object inherits from a class of torch has no prefix.
        var all = attributes.SelectMany(attribute => PartsOf(attribute.Value).Select(part => (part, IsOwn: part.Name.Length == 0
                || attribute.Key.Length == 0, Name: part.Name.Length == 0 ? attribute.Key : attribute.Key.Length == 0 ? part.Name
                : $"{attribute.Key}.{part.Name}"))).ToList();
        return [.. Own(ParameterKind.Parameter), .. Own(ParameterKind.Buffer),
            .. all.Where(item => !item.IsOwn).Select(item => item.part with { Name = item.Name })];

        IEnumerable<(string, PlannedTensor, ParameterKind, string?)> Own(ParameterKind kind)
            => all.Where(item => item.IsOwn && item.part.Kind == kind).Select(item => item.part with { Name = item.Name });
    }

    /// <summary>What an attribute adds to its object's tensors: a parameter or buffer under the empty name, a module's tensors under their
    /// own.</summary>
    IEnumerable<(string Name, PlannedTensor Tensor, ParameterKind Kind, string? Slot)> PartsOf(TorchValue value)
    {
        switch (value)
        {
            case TorchMember member:
                IEnumerable<ParameterSpec> specs = ModuleOf(member.Owner)!.StateTensors.Where(spec => spec.Name == member.Path
                    || spec.Name.StartsWith($"{member.Path}.", StringComparison.Ordinal));
                return specs.Select(spec => Of(spec) with { Name = spec.Name == member.Path ? "" : spec.Name[(member.Path.Length + 1)..] });
            case TorchCall call when Filled(call).Name is "Parameter" or "Buffer":
                ParameterKind kind = Filled(call).Name == "Buffer" ? ParameterKind.Buffer : ParameterKind.Parameter;
                return [("", _planner.Made(call)![0], kind, null)];
            case TorchCall call when IsModule(call) && !_program.IsPlainObject(call): return NamesOf(call);
            default: return [];
        }
    }

    (string Name, PlannedTensor Tensor, ParameterKind Kind, string? Slot) Of(ParameterSpec spec)
        => (spec.Name, Seen(_planner.Memory[MemoryOf(spec.Origin!)]), spec.Kind, spec.Origin);

    bool IsModule(TorchCall value) => (_planner.Made(value) is null && _planner.WhyUnknown(value) is null)
        || value.Name is "ParameterList" or "ParameterDict";

    /// <summary>An in-place fill returns the tensor it fills.</summary>
    static TorchCall Filled(TorchCall call)
    {
        while (TensorTable.IsTensor(call) && call.Name.EndsWith('_') && call.Arguments is [TorchCall inner, ..]) { call = inner; }
        return call;
    }
}
