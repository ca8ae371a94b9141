namespace TorchInit.Parity;

/// <summary>
/// A judge for other people's weights. Bits first: the plan's own, then those of every known mistake. Laws second: all detectors at a common false alarm of
/// 10⁻⁶. What fits none, or more than one, is said to be unknown; it is never guessed.
/// </summary>
public static class Verifier
{
    /// <summary>Judges weights.</summary>
    /// <param name="weights">Named as in torch's state dict; a single tensor may have the name "".</param>
    /// <param name="item">What they should be; its dtype is theirs.</param>
    /// <param name="seed">The seed that they should be drawn from; where it is not known, usual seeds are tried.</param>
    public static Verdict Judge(StateDict weights, DistributionCase item, ulong? seed = null) => Judge(weights, item, seed, _ => (null, ""));

    /// <summary>Judges weights, and where no usual seed fits searches all 2³² streams: about two minutes on two cores.</summary>
    /// <param name="weights">Named as in torch's state dict; a single tensor may have the name "".</param>
    /// <param name="item">What they should be; its dtype is theirs.</param>
    /// <param name="seed">The seed that they should be drawn from; null where it is not known.</param>
    /// <param name="done">Called up to <see cref="SeedFinder.Steps"/> times during the search, from any thread; null for no one.</param>
    /// <param name="token">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The token ended it.</exception>
    public static Verdict Search(StateDict weights, DistributionCase item, ulong? seed = null, Action? done = null, CancellationToken token = default)
        => Search(weights, item, seed, null, done, token);

    /// <summary>Searches some chunks of seeds only.</summary>
    internal static Verdict Search(StateDict weights, DistributionCase item, ulong? seed, Range? chunks, Action? done, CancellationToken token)
        => Judge(weights, item, seed, named => BySearch(named, item, seed, chunks, done, token));

    static Verdict Judge(StateDict weights, DistributionCase item, ulong? seed, Func<StateDict, (Verdict? Verdict, string Said)> search)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(item);
        if (Misfit(weights, item, out StateDict named) is { } misfit) { return misfit; }
        Verdict verdict = JudgeNamed(named, item, seed, search);
        string[] others = [.. named.Keys.Except(item.Plan.StateTensors.Select(tensor => tensor.Name))];
        if (others.Length > 0) { verdict = verdict with { Evidence = [.. verdict.Evidence, $"not judged, since {item.Plan.Title} does not have them: {string.Join(", ", others.Take(20))}"] }; }
        return weights.Opaque.Count == 0 ? verdict : verdict with { Evidence = [.. verdict.Evidence, $"not judged, since no initialiser fills their dtypes: {string.Join("; ", weights.Opaque.Take(20))}"] };
    }

    static Verdict JudgeNamed(StateDict weights, DistributionCase item, ulong? seed, Func<StateDict, (Verdict? Verdict, string Said)> search)
    {
        if (seed is { } known && ByBits(weights, item, known) is { } bits) { return bits; }
        (Verdict? verdict, string said) = BySeed(weights, item, seed, BitHypotheses.UsualSeed(item, weights));
        if (verdict is null && said.Length == 0) { (verdict, said) = search(weights); }
        return verdict ?? ByLaw(weights, item, seed, said);
    }

    /// <summary>The plan's own bits from a seed, all bits of a known mistake, or all of them nearly.</summary>
    static Verdict? ByBits(StateDict weights, DistributionCase item, ulong seed)
    {
        StateDict right = Draw(item, seed);
        if (FirstDifference.Of(right, weights) is not { } first) { return Verdict.Of(Judgement.SameBits, Cause.None, $"every bit is what {item.Plan.Profile} draws from seed {seed}"); }
        if (ProfileHypotheses.Of(item, weights, seed) is { } profile) { return Verdict.Deviates(profile.Cause, profile.Said, first); }
        foreach ((Cause cause, string said, StateDict drawn) in BitHypotheses.All(item, weights, seed))
        {
            if (FirstDifference.Of(drawn, weights) is null) { return Verdict.Deviates(cause, said, first); }
        }
        return Roundings.Of(right, weights) is { } roundings ? Verdict.Deviates(Cause.Rounding, roundings, first) : null;
    }

    /// <summary>What a seed explains that the first elements tell: a verdict, or words for the one that is made without it.</summary>
    static (Verdict? Verdict, string Said) BySeed(StateDict weights, DistributionCase item, ulong? wanted, ulong? found)
    {
        if (found is not { } seed) { return (null, ""); }
        if (seed == (uint?)wanted) { return (null, $"; the first draws are of seed {seed}"); }
        if (ByBits(weights, item, seed) is not { } verdict) { return (null, $"; the first draws are of seed {seed}, the others are not"); }
        if (verdict.Judgement == Judgement.Deviates) { return (verdict with { Explanation = $"of seed {seed}: {verdict.Explanation}" }, ""); }
        return wanted is { } other ? (Verdict.Deviates(Cause.Seed, $"these are the bits of seed {seed}", FirstDifference.Of(Draw(item, other), weights) ?? FirstDifference.None), "") : (verdict, "");
    }

    static (Verdict? Verdict, string Said) BySearch(StateDict weights, DistributionCase item, ulong? wanted, Range? chunks, Action? done, CancellationToken token)
    {
        if (!SeedFinder.CanTell(weights, item)) { return (null, "; the words of the stream cannot be told from these values, so seeds were not searched"); }
        return SeedFinder.Find(weights, item, chunks, done, token) is { } found ? BySeed(weights, item, wanted, found) : (null, "; the first draws are of none of the 2³² seeds, on any platform");
    }

    static StateDict Draw(DistributionCase item, ulong seed) => item.Plan.Materialize(new Generator(seed, item.Plan.Profile), item.DType);

    static Verdict ByLaw(StateDict weights, DistributionCase item, ulong? seed, string seedsTried)
        => LawJudge.Of(weights, item, seed, (seed is { } given ? FirstDifference.Of(Draw(item, given), weights) : null) ?? FirstDifference.None, seedsTried);

    static Verdict? Misfit(StateDict weights, DistributionCase item, out StateDict named)
    {
        ParameterSpec[] wanted = [.. item.Plan.StateTensors];
        named = weights;
        if (weights.Count == 1 && wanted.Length == 1 && weights.Keys.Single() is var only && only != wanted[0].Name) { named = new() { { wanted[0].Name, weights[only] } }; }
        foreach (ParameterSpec tensor in wanted)
        {
            if (weights.Opaque.FirstOrDefault(kept => kept.Name == tensor.Name) is { } opaque) { return Verdict.Deviates(Cause.DType, $"{opaque.Name} is {opaque.DType}; torch has {(tensor.DType ?? item.DType).TorchName()}", new(tensor.Name)); }
            if (!named.TryGetValue(tensor.Name, out TensorBuffer? given)) { return Verdict.Deviates(Cause.MissingTensor, $"{tensor} is not there; there are: {string.Join(", ", named.Keys.Take(20))}", new(tensor.Name)); }
            if (!given.Shape.SequenceEqual(tensor.Shape))
            {
                bool transposed = given.Shape.Reverse().SequenceEqual(tensor.Shape);
                return Verdict.Deviates(Cause.Shape, $"{tensor.Name} is {TensorShape.Text([.. given.Shape])}; torch has {TensorShape.Text([.. tensor.Shape])}{(transposed ? ": the same sizes, transposed" : "")}", new(tensor.Name));
            }
            DType wantedType = tensor.DType ?? item.DType;
            if (wantedType.IsFloatingPoint() && !given.DType.IsFloatingPoint()) { return Verdict.Deviates(Cause.DType, $"{tensor.Name} is {given.DType.TorchName()}; torch has {wantedType.TorchName()}", new(tensor.Name)); }
        }
        return null;
    }
}
