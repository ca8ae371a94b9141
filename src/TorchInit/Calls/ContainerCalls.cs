namespace TorchInit;

static class ContainerCalls
{
    public static readonly CallRule[] Rules =
    [
        new("Sequential", "*args", (a, profile) => Of(a, profile, a.Argument("args").Items!)) { TakesTensors = true },
        new("ModuleList", "modules=None", ModuleList) { TakesTensors = true },
    ];

    static InitPlan ModuleList(BoundArguments a, TorchProfile profile)
    {
        PythonArgument modules = a.Argument("modules");
        if (modules.IsNone) { return Of(a, profile, []); }
        // A container is iterated over, and its children keep their numbers.
        if (modules.Value is TorchCall { Name: "Sequential" or "ModuleList" } other && a.OptionalModule("modules", profile) is { } children)
        {
            return new($"ModuleList({other})", profile, children.Tensors, children.Steps);
        }
        return Of(a, profile, modules.Items
            ?? throw modules.TypeError("modules in a list", profile.Has(2, 0) || modules.Value is not TorchCall
            ? $"ModuleList.extend should be called with an iterable, but got {modules.Type}" : null));
    }

    static InitPlan Of(BoundArguments a, TorchProfile profile, IReadOnlyList<TorchValue> children)
    {
        List<(string, InitPlan)> plans = [];
        foreach ((TorchValue child, int at) in children.Select((child, at) => (child, at)))
        {
            // None is a child without tensors.
            if (child is TorchNone) { continue; }
            if (child is not TorchCall call || call.Name is "ones" or "zeros")
            {
                PythonArgument wrong = new("module", child);
                throw wrong.TypeError("a module or None", child is TorchCall ? null : $"{wrong.TypeName} is not a Module subclass");
            }
            plans.Add(($"{at}", a.Nested(call, profile)));
        }
        return Modules.Container(a.Source.Name, profile, [.. plans]);
    }
}
