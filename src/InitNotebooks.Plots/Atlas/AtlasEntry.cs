using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>A class of torch.nn or a function of torch.nn.init, with one example from the case table: its bits are compared with live
/// torch.</summary>
/// <param name="Name">The name in an expression: <c>Linear</c>, <c>init.kaiming_uniform_</c>.</param>
/// <param name="Group">The row of the case table.</param>
/// <param name="Expression">The example.</param>
public sealed record AtlasEntry(string Name, string Group, string Expression)
{
    const long MostElements = 200_000;
    static readonly string[] s_left = ["Lazy", "One stream", "Notebooks", "Large"];
    static readonly string[] s_containers = ["Sequential", "ModuleList", "init.calculate_gain", "init.xavier_uniform"];

    static readonly ILookup<string, string> s_expressions = CaseTable.Groups.SelectMany(group => group.Expressions)
        .Where(expression => !expression.Contains(';', StringComparison.Ordinal)).Distinct().ToLookup(NameOf);

    /// <summary>All entries that draw or fill something, in the order of the case table.</summary>
    public static IReadOnlyList<AtlasEntry> All { get; } = [.. Entries()];

    /// <summary>The page's file name.</summary>
    public string File => $"{Name}.md";

    /// <summary>The picture's file name; whether there is one depends on the law.</summary>
    public string Picture => $"images/{Name}.svg";

    /// <summary>The name in PyTorch's documentation.</summary>
    public string TorchName => Name.Contains('.', StringComparison.Ordinal) ? $"torch.nn.{Name}"
        : Name is "uniform_" or "normal_" ? $"torch.Tensor.{Name}" : Name == "randperm" ? "torch.randperm" : $"torch.nn.{Name}";

    /// <summary>The plan in the newest torch that was tested.</summary>
    public InitPlan Plan => InitPlan.Of(Expression);

    static IEnumerable<AtlasEntry> Entries()
    {
        HashSet<string> seen = [];
        foreach (CaseGroup group in CaseTable.Groups.Where(group => !s_left.Contains(group.Name)))
        {
            foreach (string name in group.Expressions.Select(NameOf).Where(seen.Add).Except(s_containers))
            {
                // Prefers one whose values have a single law, for the picture; then the largest: few values show no law.
                string? example = (from expression in s_expressions[name]
                                   let elements = Elements(expression)
                                   where elements is > 0 and <= MostElements
                                   orderby HasPicture(expression) descending, elements descending
                                   select expression).FirstOrDefault();
                if (example is not null) { yield return new(name, group.Name, example); }
            }
        }
    }

    static string NameOf(string expression) => expression[..expression.IndexOf('(', StringComparison.Ordinal)];

    static bool HasPicture(string expression)
        => PlanLaws.Of(InitPlan.Of(expression))
            .FirstOrDefault(region => region.Law is not ConstantLaw) is { Positions: null, CopyOf: null, Law: not null };

    /// <summary>0 if the newest torch refuses the call.</summary>
    static long Elements(string expression)
    {
        try { return InitPlan.Of(expression).StateTensors.Sum(tensor => tensor.Count); }
        catch (ArgumentException) { return 0; }
    }
}
