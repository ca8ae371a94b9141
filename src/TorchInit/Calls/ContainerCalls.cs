namespace TorchInit;

static class ContainerCalls
{
    public static readonly string[] Names = ["Sequential", "ModuleList"];

    /// <summary>The plan of a container, or null for another name.</summary>
    public static InitPlan? Plan(TorchCall call, TorchProfile profile)
    {
        if (!Names.Contains(call.Name)) { return null; }
        if (call.Forward is not null) { throw new ArgumentException($"{call.Name} takes no first input here; give it to the Lazy* class inside, for example LazyLinear(4)(2, 3).", nameof(call)); }
        BoundArguments arguments = ArgumentBinder.Bind(call, call.Name == "Sequential" ? "*args" : "modules=()");
        return Modules.Container(call.Name, profile, [.. arguments.Calls(call.Name == "Sequential" ? "args" : "modules").Select((child, index) => ($"{index}", child.ToPlan(profile)))]);
    }
}
