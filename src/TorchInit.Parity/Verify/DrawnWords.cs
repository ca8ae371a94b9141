namespace TorchInit.Parity;

/// <summary>What a step's first elements reveal about the words it drew.</summary>
/// <param name="Step">Which step of the plan.</param>
/// <param name="Start">The step's first word, counted from the plan's first.</param>
/// <param name="Count">How many words it takes.</param>
/// <param name="Ranges">One for each word that can be determined, counted from the step's first; empty if none can.</param>
sealed record DrawnWords(int Step, long Start, long Count, IReadOnlyList<WordRange> Ranges)
{
    /// <summary>The probability that random words fit all ranges.</summary>
    public double Share => Ranges.Aggregate(1.0, (product, range) => product * range.Share);

    /// <summary>Those of every step that draws, up to the first whose number of words depends on the values drawn.</summary>
    public static IReadOnlyList<DrawnWords> Of(InitPlan plan, StateDict weights, DType dtype) => [.. Each(plan, weights, dtype)];

    /// <summary>The same, lazily: a step's elements are read when its turn comes.</summary>
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
    internal static Predicate<long> Kept(InitPlan plan, int at, ParameterSpec tensor)
    {
        ViewLayout whole = ViewLayout.Of(tensor.Name, [.. tensor.Shape]);
        ViewLayout[] later = [.. plan.Placed.Skip(at + 1).Where(placed => plan.Writes(placed.Step, tensor.Name))
            .Select(placed => placed.Storage == plan.StorageOf(tensor.Name) ? placed.Layout : whole)];
        return position => !later.Any(view => view.Contains(position));
    }
}
