namespace TorchInit.Parity;

/// <summary>
/// Finds the seed that weights were drawn from, among all seeds: 32 bits of a seed determine the stream, and the first few elements
/// identify one of the 2³² streams, whatever their roundings.
/// </summary>
public static class SeedFinder
{
    // 2³² seeds, each of which matches by chance this often: fewer than one search in a million names a wrong one.
    const double Certain = 2e-16;

    /// <summary>How many times <c>done</c> is called in a search of all seeds.</summary>
    public static int Steps => SeedSearch.Chunks;

    /// <summary>Whether weights reveal their seed: not if nothing is left of the first draws, or if they went through
    /// orthogonal_, or a 16-bit normal_ up to torch 2.11.</summary>
    /// <param name="weights">Named as in the plan's state dict; the first tensor that is drawn is enough.</param>
    /// <param name="item">What they should be.</param>
    public static bool CanTell(StateDict weights, DistributionCase item)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(item);
        return Ranges(weights, item.Plan, item.DType) is not null;
    }

    /// <summary>The seed below 2³² whose first draws give the weights; seeds that differ from it only above bit 31 have the same stream.
    /// Searching all takes about two minutes on two cores; a small seed is found at once.</summary>
    /// <param name="weights">Named as in the plan's state dict; the first tensor that is drawn is enough.</param>
    /// <param name="item">What they should be.</param>
    /// <param name="done">Called up to <see cref="Steps"/> times, from any thread; may be null.</param>
    /// <param name="token">Cancels the search.</param>
    /// <returns>The seed; null if none fits.</returns>
    /// <exception cref="ArgumentException">The weights do not reveal their seed (<see cref="CanTell"/>).</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static uint? Find(StateDict weights, DistributionCase item, Action? done = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(item);
        return Find(weights, item, null, done, token);
    }

    /// <summary>Searches some chunks of seeds only.</summary>
    internal static uint? Find(StateDict weights, DistributionCase item, Range? chunks, Action? done = null,
        CancellationToken token = default)
        => Ranges(weights, item.Plan, item.DType) is { } ranges
            ? SeedSearch.Find(ranges, chunks, done: done, token: token)
            : throw new ArgumentException("weights do not reveal the first words of their stream; allowed: weights whose first draws are "
                + "uniforms or normals, and unchanged.", nameof(weights));

    /// <summary>The seed below <see cref="LateSeeds"/> whose stream has the draws a little later, after draws that the plan does not
    /// contain; null if there is none.</summary>
    internal static uint? FindLate(StateDict weights, DistributionCase item, CancellationToken token)
        => Ranges(weights, item.Plan, item.DType) is { } ranges
            ? SeedSearch.FindLate(LateSeeds, ranges, BitHypotheses.MostLate, token) : null;

    /// <summary>How many seeds are searched further along the stream: takes less than a second.</summary>
    internal const int LateSeeds = 1 << 17;

    /// <summary>What the weights reveal about the first words of their stream; null if that does not single out one
    /// seed.</summary>
    internal static IReadOnlyList<WordRange>? Ranges(StateDict weights, InitPlan plan, DType dtype) => Told(weights, plan, dtype)?.Ranges;

    /// <summary>The tensors whose first draws identify the seed; empty if none do.</summary>
    internal static IReadOnlyList<string> Tensors(StateDict weights, InitPlan plan, DType dtype)
        => Told(weights, plan, dtype)?.Tensors ?? [];

    static (IReadOnlyList<WordRange> Ranges, IReadOnlyList<string> Tensors)? Told(StateDict weights, InitPlan plan, DType dtype)
    {
        // As few steps as give certainty: a later tensor may have been changed, and the seed is still that of the first.
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
