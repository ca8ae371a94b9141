using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>A class of torch.nn or a function of torch.nn.init, with one example from the case table: its bits are compared with live torch.</summary>
/// <param name="Name">As an expression calls it: <c>Linear</c>, <c>init.kaiming_uniform_</c>.</param>
/// <param name="Group">The row of the case table.</param>
/// <param name="Expression">The example.</param>
public sealed record AtlasEntry(string Name, string Group, string Expression)
{
    const long MostElements = 200_000;
    static readonly string[] s_left = ["Lazy", "One stream", "Notebooks", "Large"];

    /// <summary>All that draw or fill something, in the order of the case table.</summary>
    public static IReadOnlyList<AtlasEntry> All { get; } = [.. Entries()];

    /// <summary>The page's file.</summary>
    public string File => $"{Name}.md";

    /// <summary>The picture's file; whether there is one depends on the law.</summary>
    public string Picture => $"images/{Name}.svg";

    /// <summary>The name as PyTorch's documentation has it.</summary>
    public string TorchName => Name.Contains('.', StringComparison.Ordinal) ? $"torch.nn.{Name}"
        : Name is "uniform_" or "normal_" ? $"torch.Tensor.{Name}" : Name == "randperm" ? "torch.randperm" : $"torch.nn.{Name}";

    /// <summary>The plan in the newest torch that was proved.</summary>
    public InitPlan Plan => InitPlan.Of(Expression);

    static IEnumerable<AtlasEntry> Entries()
    {
        HashSet<string> seen = [];
        foreach (CaseGroup group in CaseTable.Groups.Where(group => !s_left.Contains(group.Name)))
        {
            foreach (IGrouping<string, string> name in group.Expressions.GroupBy(expression => expression[..expression.IndexOf('(', StringComparison.Ordinal)]))
            {
                if (name.Key is "Sequential" or "ModuleList" or "init.calculate_gain" or "init.xavier_uniform" || !seen.Add(name.Key)) { continue; }
                // The largest that a picture needs: few values show no law.
                (string Expression, long Elements)[] examples = [.. from expression in name
                    let elements = Elements(expression)
                    where elements is > 0 and <= MostElements
                    orderby elements descending
                    select (expression, elements)];
                if (examples.Length > 0) { yield return new(name.Key, group.Name, examples[0].Expression); }
            }
        }
    }

    /// <summary>0 where the newest torch refuses the call.</summary>
    static long Elements(string expression)
    {
        try { return InitPlan.Of(expression).StateTensors.Sum(tensor => tensor.Count); }
        catch (ArgumentException) { return 0; }
    }
}
