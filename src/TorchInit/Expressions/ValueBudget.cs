namespace TorchInit.Syntax;

/// <summary>Limits the size of what a text makes: a variable used twice in a list that is used twice in another grows
/// exponentially.</summary>
sealed class ValueBudget
{
    /// <summary>The most work: tokens read, in each iteration of a loop, and items of sequences.</summary>
    public const int MostWork = 1 << 20;

    const int MostParts = 1 << 16;

    readonly Dictionary<TorchValue, (int Depth, long Parts)> _known = new(ReferenceEqualityComparer.Instance);
    long _work;

    /// <summary>Spends this much; false if the budget is exceeded.</summary>
    public bool Spend(long work) => (_work += work) <= MostWork;

    /// <summary>Null if the value is small enough, else why it is refused.</summary>
    public string? WhyNot(TorchValue value)
    {
        (int depth, long parts) = Measure(value);
        return depth > TorchExpression.MaxNesting + 2 ? $"expected at most {TorchExpression.MaxNesting} levels of nesting, found one more"
            : parts > MostParts ? $"expected a value of at most {MostParts} parts, found {parts}" : null;
    }

    (int Depth, long Parts) Measure(TorchValue value)
    {
        IEnumerable<TorchValue> inner = value switch
        {
            TorchList list => list.Items,
            TorchTuple tuple => tuple.Items,
            TorchDict dict => dict.Items.Select(item => item.Value),
            TorchTransposed view => [view.Shape],
            TorchMember member => [member.Owner],
            TorchCall call => call.Parts(),
            PartialName partial => [.. partial.Arguments, .. partial.Keywords.Select(keyword => keyword.Value)],
            _ => [],
        };
        if (value is TorchString { Value.Length: var length }) { return (1, 1 + (length / 8)); }
        if (_known.TryGetValue(value, out (int, long) known)) { return known; }
        int depth = 0;
        long parts = 1;
        foreach (TorchValue item in inner)
        {
            (int itemDepth, long itemParts) = Measure(item);
            (depth, parts) = (Math.Max(depth, itemDepth), Math.Min(parts + itemParts, int.MaxValue));
        }
        return _known[value] = (depth + 1, parts);
    }
}
