namespace TorchInit.Parity;

/// <summary>
/// Which seeds weights were drawn from, out of all that there are: 32 bits of a seed make the stream, and the first few elements say which
/// of its 2³² streams it was. Whose roundings made them does not matter.
/// </summary>
public static class SeedFinder
{
    // 2³² seeds, each right by chance this often: fewer than one in a million searches names a wrong one.
    const double Certain = 2e-16;

    /// <summary>How often <c>done</c> is called in a search of all seeds.</summary>
    public static int Steps => SeedSearch.Chunks;

    /// <summary>Whether a seed can be told from weights: not where nothing is left of the first draws, or where they went through
    /// orthogonal_, or a 16-bit normal_ up to torch 2.11.</summary>
    /// <param name="weights">Named as in the plan's state dict; the first tensor that is drawn is enough.</param>
    /// <param name="item">What they should be.</param>
    public static bool CanTell(StateDict weights, DistributionCase item)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(item);
        return Ranges(weights, item.Plan, item.DType) is not null;
    }

    /// <summary>The seed below 2³² whose first draws give the weights; those that differ from it above bit 31 only have the same stream.
    /// About two minutes on two cores for all, and at once for a small seed.</summary>
    /// <param name="weights">Named as in the plan's state dict; the first tensor that is drawn is enough.</param>
    /// <param name="item">What they should be.</param>
    /// <param name="done">Called up to <see cref="Steps"/> times, from any thread; null for no one.</param>
    /// <param name="token">Ends the search.</param>
    /// <returns>Null where it is none of them.</returns>
    /// <exception cref="ArgumentException">The seed cannot be told from the weights (<see cref="CanTell"/>).</exception>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public static uint? Find(StateDict weights, DistributionCase item, Action? done = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(item);
        return Find(weights, item, null, done, token);
    }

    /// <summary>Of some chunks of seeds only.</summary>
    internal static uint? Find(StateDict weights, DistributionCase item, Range? chunks, Action? done = null,
        CancellationToken token = default)
        => Ranges(weights, item.Plan, item.DType) is { } ranges
            ? SeedSearch.Find(ranges, chunks, done: done, token: token)
            : throw new ArgumentException("weights do not tell the first words of their stream; allowed: weights whose first draws are "
                + "uniforms or normals, and still there.", nameof(weights));

    /// <summary>Of the seeds below <see cref="LateSeeds"/> the one whose stream has the draws a little further on, behind draws that the
    /// plan does not know of; null for none.</summary>
    internal static uint? FindLate(StateDict weights, DistributionCase item, CancellationToken token)
        => Ranges(weights, item.Plan, item.DType) is { } ranges
            ? SeedSearch.FindLate(LateSeeds, ranges, BitHypotheses.MostLate, token) : null;

    /// <summary>How many seeds are looked for further on: less than a second.</summary>
    internal const int LateSeeds = 1 << 17;

    /// <summary>What the weights say of the first words of their stream; null where that is not enough to tell one seed from all
    /// others.</summary>
    internal static IReadOnlyList<WordRange>? Ranges(StateDict weights, InitPlan plan, DType dtype) => Told(weights, plan, dtype)?.Ranges;

    /// <summary>The tensors whose first draws say it; empty where none do.</summary>
    internal static IReadOnlyList<string> Tensors(StateDict weights, InitPlan plan, DType dtype)
        => Told(weights, plan, dtype)?.Tensors ?? [];

    static (IReadOnlyList<WordRange> Ranges, IReadOnlyList<string> Tensors)? Told(StateDict weights, InitPlan plan, DType dtype)
    {
        // As few steps as are certain: a later tensor may have been changed, and the seed is still the first one's.
        List<WordRange> ranges = [];
        List<string> tensors = [];
        foreach (DrawnWords drawn in DrawnWords.Each(plan, weights, dtype).TakeWhile(drawn => drawn.Start < SeededWordKernel.Words))
        {
            WordRange[] own = [.. drawn.Ranges.Select(range => range with { Index = range.Index + drawn.Start })
                .Where(range => range.Index < SeededWordKernel.Words)];
            if (own.Length == 0) { continue; }
            ranges.AddRange(own);
            tensors.Add(plan.Steps[drawn.Step].Target.Tensor);
            if (IsCertain(ranges)) { return ([.. ranges.OrderBy(range => range.Index)], tensors); }
        }
        return null;
    }

    static bool IsCertain(IEnumerable<WordRange> ranges) => ranges.Aggregate(1.0, (product, range) => product * range.Share) <= Certain;
}
