using System.Text.Json;

namespace TorchInit.Parity;

/// <summary>Where two plans differ, in words: the first difference in what they save and in what they do.</summary>
public static class PlanDifference
{
    /// <summary>The first difference of the tensors and the first of the steps; empty if both plans draw the same weights.</summary>
    /// <param name="first">A plan.</param>
    /// <param name="second">Another one. Titles are not compared, nor what the two torches would do differently in steps that neither plan
    /// has.</param>
    /// <param name="dtype">The floating type that the plans will run with.</param>
    public static IReadOnlyList<string> Between(InitPlan first, InitPlan second, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        List<string> found = [];
        if (Torches(first, second, dtype) is { } torches) { found.Add(torches); }
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

    /// <summary>How the plans' torches differ, and a step that they draw differently; null if there is no such step.</summary>
    static string? Torches(InitPlan first, InitPlan second, DType dtype)
    {
        if (first.Profile == second.Profile) { return null; }
        foreach (InitPlan plan in (InitPlan[])[first, second])
        {
            PlacedStep? differing = plan.Placed.FirstOrDefault(placed => StepRules.Of(placed, dtype, plan.Profile) is var kind
                && StepRules.Answer(kind, first.Profile) != StepRules.Answer(kind, second.Profile));
            if (differing is not null)
            {
                return $"The plans follow different torches ({Torches(first.Profile, second.Profile)}), which may draw {differing.Step} "
                    + "with different bits.";
            }
        }
        return null;
    }

    /// <summary>The parts of two profiles that differ, in a plan's words: <c>erf glibc, and vendor</c>.</summary>
    internal static string Torches(TorchProfile first, TorchProfile second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return string.Join("; ", Parts(first).Zip(Parts(second)).Where(pair => pair.First != pair.Second)
            .Select(pair => $"{pair.First.Name} {pair.First.Value}, and {pair.Second.Value}"));
    }

    static (string Name, string Value)[] Parts(TorchProfile profile) =>
    [
        ("torch", $"{profile.Version}"),
        ("platform", profile.Platform.Name()),
        ("cpu", Word(profile.Cpu)),
        ("erf", Word(profile.Erf)),
        ("lapack", Word(profile.Lapack)),
        ("device", profile.Device),
        ("default device", profile.IsDefaultDevice switch { null => "not stated", true => "cuda", false => "cpu" }),
    ];

    static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

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
