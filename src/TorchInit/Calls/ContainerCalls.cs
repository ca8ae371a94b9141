namespace TorchInit;

static class ContainerCalls
{
    public static readonly CallRule[] Rules =
    [
        new("Sequential", "*args", (a, profile) => a.Argument("args").Items is [TorchDict { IsOrdered: true } dict] ? Of(a, profile, dict)
            : Of(a, profile, a.Argument("args").Items!)) { TakesTensors = true },
        new("ModuleList", "modules=None", ModuleList) { TakesTensors = true },
        new("ModuleDict", "modules=None", ModuleDict) { TakesTensors = true },
        new("Container", "**kwargs", (a, profile) => Of(a, profile, new TorchDict([.. a.Source.Keywords.Select(keyword
            => KeyValuePair.Create(keyword.Name, keyword.Value))]))) { TakesTensors = true },
        new("DataParallel", "module, device_ids=None, output_device=None, dim=0", (a, profile)
            => a.OptionalModule("module", profile) is { } module ? Modules.Container("DataParallel", profile, [("module", module)])
                : Modules.Parameterless(a.Source.ToString(), profile)),
    ];

    static InitPlan ModuleList(BoundArguments a, TorchProfile profile)
    {
        PythonArgument modules = a.Argument("modules");
        if (modules.IsNone) { return Of(a, profile, new TorchDict([])); }
        // torch iterates over a container, and its children keep their numbers.
        if (modules.Value is TorchCall { Name: "Sequential" or "ModuleList" } other && a.OptionalModule("modules", profile) is { } children)
        {
            return new($"ModuleList({other})", profile, children.Tensors, children.Steps);
        }
        return Of(a, profile, modules.Items
            ?? throw modules.TypeError("a list of modules", profile.Has(2, 0) || modules.Value is not TorchCall
            ? $"ModuleList.extend should be called with an iterable, but got {modules.Type}" : null));
    }

    /// <summary>A dict, or pairs of a name and a module.</summary>
    static InitPlan ModuleDict(BoundArguments a, TorchProfile profile)
    {
        PythonArgument modules = a.Argument("modules");
        switch (modules.Value)
        {
            case TorchNone: return Of(a, profile, new TorchDict([]));
            case TorchDict dict: return Of(a, profile, dict);
            case TorchList or TorchTuple when modules.Items!.All(pair => pair is TorchTuple { Items: [TorchString, _] }):
                return Of(a, profile, new TorchDict([.. modules.Items!.Select(pair
                    => KeyValuePair.Create(((TorchString)((TorchTuple)pair).Items[0]).Value, ((TorchTuple)pair).Items[1]))]));
            default: throw modules.TypeError("a dict of modules", null);
        }
    }

    static InitPlan Of(BoundArguments a, TorchProfile profile, IReadOnlyList<TorchValue> children)
        => Of(a, profile, children.Select((child, at) => KeyValuePair.Create($"{at}", child)));

    static InitPlan Of(BoundArguments a, TorchProfile profile, TorchDict children) => Of(a, profile, children.Items);

    static InitPlan Of(BoundArguments a, TorchProfile profile, IEnumerable<KeyValuePair<string, TorchValue>> children)
    {
        List<(string, InitPlan)> plans = [];
        foreach ((string name, TorchValue child) in children)
        {
            // None is a child without tensors.
            if (child is TorchNone) { continue; }
            if (child is not TorchCall call || TensorArgument.IsTensor(call.Name))
            {
                PythonArgument wrong = new("module", child);
                throw wrong.TypeError("a module or None", child is TorchCall ? null : $"{wrong.TypeName} is not a Module subclass");
            }
            plans.Add((name, a.Nested(call, profile)));
        }
        return Modules.Container(a.Source.Name, profile, [.. plans]);
    }
}
