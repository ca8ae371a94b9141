namespace TorchInit;

public static partial class Modules
{
    /// <summary>Sequential: children called 0, 1, 2, …, constructed in that order. ModuleList is the same.</summary>
    /// <param name="children">Plans of one profile; one or more.</param>
    public static InitPlan Sequential(params ReadOnlySpan<InitPlan> children)
    {
        (string, InitPlan)[] named = new (string, InitPlan)[children.Length];
        for (int i = 0; i < named.Length; i++) { named[i] = ($"{i}", children[i]); }
        return Sequential(named);
    }

    /// <summary>Sequential of an OrderedDict: named children, constructed in the order given. ModuleDict is the same.</summary>
    /// <param name="children">Names and plans of one profile; one or more.</param>
    public static InitPlan Sequential(params ReadOnlySpan<(string Name, InitPlan Plan)> children) => Container("Sequential", children.IsEmpty ? null : children[0].Plan.Profile, children);

    internal static InitPlan Container(string title, TorchProfile? profile, ReadOnlySpan<(string Name, InitPlan Plan)> children)
    {
        PlanBuilder plan = new(profile);
        foreach ((string name, InitPlan child) in children) { plan.Child(name, child); }
        return plan.Build($"{title}({string.Join(", ", children.ToArray().Select(child => child.Plan.Title))})");
    }
}
