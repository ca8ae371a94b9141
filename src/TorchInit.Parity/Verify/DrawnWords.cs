namespace TorchInit.Parity;

/// <summary>What the first elements of a step say of the words that it drew.</summary>
/// <param name="Step">Which step of the plan.</param>
/// <param name="Start">The step's first word, counted from the plan's first.</param>
/// <param name="Count">The words that it takes.</param>
/// <param name="Ranges">One a word that can be told, counted from the step's first; empty where none can.</param>
sealed record DrawnWords(int Step, long Start, long Count, IReadOnlyList<WordRange> Ranges)
{
    /// <summary>How often words by chance fit all ranges.</summary>
    public double Share => Ranges.Aggregate(1.0, (product, range) => product * range.Share);

    /// <summary>Of every step that draws, up to the first whose words depend on the values drawn.</summary>
    public static IReadOnlyList<DrawnWords> Of(InitPlan plan, StateDict weights, DType dtype) => [.. Each(plan, weights, dtype)];

    /// <summary>The same, one after the other: the elements of a step are looked at when its turn comes.</summary>
    public static IEnumerable<DrawnWords> Each(InitPlan plan, StateDict weights, DType dtype)
    {
        long start = 0;
        bool cachedNormal = false;
        for (int at = 0; at < plan.Steps.Count; at++)
        {
            (InitStep step, ParameterSpec tensor, _, ViewLayout layout) = plan.Placed[at];
            bool cachedBefore = cachedNormal;
            long? words = step.Words(layout, tensor.TypeOr(dtype), plan.Profile, ref cachedNormal);
            if (words == 0) { continue; }
            IReadOnlyList<WordRange> ranges = weights.TryGetValue(tensor.Name, out TensorBuffer? values)
                ? DrawInverse.Of(step, layout, values, plan.Profile, cachedBefore, Kept(plan, at, tensor)) : [];
            yield return new(at, start, words ?? 0, ranges);
            if (words is null) { yield break; }
            start += words.Value;
        }
    }

    /// <summary>Whether what a step wrote at a position of its tensor is still there at the end.</summary>
    static Predicate<long> Kept(InitPlan plan, int at, ParameterSpec tensor)
    {
        ViewLayout whole = ViewLayout.Of(tensor.Name, [.. tensor.Shape]);
        ViewLayout[] later = [.. plan.Placed.Skip(at + 1).Where(placed => plan.Writes(placed.Step, tensor.Name))
            .Select(placed => placed.Storage == plan.StorageOf(tensor.Name) ? placed.Layout : whole)];
        return position => !later.Any(view => view.Contains(position));
    }
}
