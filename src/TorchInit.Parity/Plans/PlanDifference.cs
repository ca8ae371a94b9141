namespace TorchInit.Parity;

/// <summary>Where two plans differ, in words: the first difference in what they save and in what they do.</summary>
public static class PlanDifference
{
    /// <summary>The first difference of the tensors and the first of the steps; empty if both plans draw the same weights.</summary>
    /// <param name="first">A plan.</param>
    /// <param name="second">Another one; titles are not compared.</param>
    public static IReadOnlyList<string> Between(InitPlan first, InitPlan second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        List<string> found = [];
        if (first.Profile != second.Profile) { found.Add($"The plans follow different torches: {first.Profile}, and {second.Profile}."); }
        if (First([.. first.StateTensors], [.. second.StateTensors]) is { } tensor)
        {
            found.Add($"Tensor {tensor.At + 1} is {Of(tensor.First)} in the first plan, {Of(tensor.Second)} in the second.");
        }
        if (First([.. Steps(first)], [.. Steps(second)]) is { } step)
        {
            found.Add($"Step {step.At + 1} is {step.First ?? "none"} in the first plan, {step.Second ?? "none"} in the second.");
        }
        return found;
    }

    static string Of(ParameterSpec? tensor) => tensor is null ? "none"
        : $"{tensor} ({tensor.Kind}{(tensor.SameAs is { } same ? $", the memory of {same}" : "")})";

    /// <summary>Numbers scratch tensors in the order of their first step: their names mean nothing.</summary>
    static IEnumerable<string> Steps(InitPlan plan)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        return plan.Steps.Select(step => step.Renamed(name =>
        {
            if (plan[name].Kind != ParameterKind.Scratch) { return name; }
            if (!names.TryGetValue(name, out string? number)) { names.Add(name, number = $"scratch {names.Count + 1}"); }
            return number;
        }).ToString());
    }

    static (int At, T? First, T? Second)? First<T>(IReadOnlyList<T> first, IReadOnlyList<T> second)
        where T : class
    {
        for (int at = 0; at < Math.Max(first.Count, second.Count); at++)
        {
            (T? one, T? other) = (at < first.Count ? first[at] : null, at < second.Count ? second[at] : null);
            if (!Equals(one, other)) { return (at, one, other); }
        }
        return null;
    }
}
