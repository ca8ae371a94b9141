using System.Globalization;

namespace TorchInit.Parity;

/// <summary>
/// Judges weights of any origin. Bits first: the plan's own, then those of every known mistake. Laws second: all detectors at a
/// joint false-alarm rate of 10⁻⁶. If no cause fits, or more than one, the cause is unknown; it is never guessed.
/// </summary>
public static class Verifier
{
    /// <summary>Judges weights.</summary>
    /// <param name="weights">Named as in torch's state dict; a single tensor may have the name "".</param>
    /// <param name="item">What they should be; its dtype is theirs.</param>
    /// <param name="seed">The expected seed; null tries the usual ones.</param>
    public static Verdict Judge(StateDict weights, DistributionCase item, ulong? seed = null)
        => Judge(weights, item, seed, _ => (null, ""));

    /// <summary>Judges weights; if no usual seed fits, searches all 2³² streams, which takes about two minutes on two cores.</summary>
    /// <param name="weights">Named as in torch's state dict; a single tensor may have the name "".</param>
    /// <param name="item">What they should be; its dtype is theirs.</param>
    /// <param name="seed">The expected seed; null if it is not known.</param>
    /// <param name="done">Called up to <see cref="SeedFinder.Steps"/> times during the search, from any thread; may be null.</param>
    /// <param name="token">Cancels the search.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static Verdict Search(StateDict weights, DistributionCase item, ulong? seed = null, Action? done = null,
        CancellationToken token = default)
        => Search(weights, item, seed, null, done, token);

    /// <summary>Searches some chunks of seeds only.</summary>
    internal static Verdict Search(StateDict weights, DistributionCase item, ulong? seed, Range? chunks, Action? done,
        CancellationToken token)
        => Judge(weights, item, seed, named => BySearch(named, item, seed, chunks, done, token));

    static Verdict Judge(StateDict weights, DistributionCase item, ulong? seed, Func<StateDict, (Verdict? Verdict, string Said)> search)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(item);
        weights = IntegerTensors.Read(weights, item.Plan);
        if (Misfit(weights, item, out StateDict named) is { } misfit) { return misfit; }
        string[] integers = [.. IntegerTensors.Said(named, item.Plan)];
        named = IntegerTensors.As(named, item.Plan);
        Verdict verdict = JudgeNamed(UndefinedElements.Cleared(named, item.Undefined), item, seed, search);
        string[] others = [.. named.Keys.Except(item.Plan.StateTensors.Select(tensor => tensor.Name))];
        List<string> evidence = [.. integers, .. verdict.Evidence];
        if (item.Undefined.Count > 0)
        {
            evidence.Add($"not judged, since torch leaves them undefined: elements of {string.Join(", ", item.Undefined.Keys.Take(20))}");
        }
        if (others.Length > 0)
        {
            evidence.Add($"not judged, since {item.Plan.Title} does not have them: {string.Join(", ", others.Take(20))}");
        }
        if (weights.Opaque.Count > 0)
        {
            evidence.Add($"not judged, since no initialiser fills their dtypes: {string.Join("; ", weights.Opaque.Take(20))}");
        }
        return verdict with { Evidence = evidence };
    }

    static Verdict JudgeNamed(StateDict weights, DistributionCase item, ulong? seed, Func<StateDict,
        (Verdict? Verdict, string Said)> search)
    {
        if (item.Plan.StateTensors.All(tensor
            => tensor.Count == (item.Undefined.GetValueOrDefault(tensor.Name)?.LongCount(element => element) ?? 0)))
        {
            return Verdict.Of(Judgement.CannotTell, Cause.None,
                $"{item.Plan.Title} has no elements that torch defines: there is nothing to judge");
        }
        NotDrawn apart = NotDrawn.Of(item, weights);
        (Verdict? verdict, string said) = ByStream(apart.Weights, item, seed, search);
        verdict ??= BySeedOfRounded(apart.Weights, item, seed) ?? ByLaw(apart.OnlyBuffers ? apart.Weights : weights, item, seed, said);
        return apart.With(verdict.Cause == Cause.Unknown && seed is { } known ? Located(verdict, apart.Weights, item, known) : verdict);
    }

    static Verdict? BySeedOfRounded(StateDict weights, DistributionCase item, ulong? seed)
        => (PrintedJudge.OfRounded(weights, item, seed) ?? ByRounding(weights, item, seed) ?? ByAlteration(weights, item)) is { } rounded
            && (seed is not null || SeedTells.Of(item, 0)) ? rounded : null;

    /// <summary>The draws of a usual seed, rounded to another dtype.</summary>
    static Verdict? ByRounding(StateDict weights, DistributionCase item, ulong? wanted)
    {
        if (RoundedDraws.UsualSeed(item, weights, wanted) is not { } seed) { return null; }
        StateDict right = Draw(item, seed);
        return RoundedDraws.Of(item, right, weights) is not { } said ? null
            : ByValues(Cause.Rounded, $"{(seed == wanted ? "" : $"of seed {seed}: ")}{said}",
                FirstDifference.Of(right, weights) ?? FirstDifference.None);
    }

    /// <summary>The draws of a usual seed, altered afterwards.</summary>
    static Verdict? ByAlteration(StateDict weights, DistributionCase item)
    {
        if (AlteredDraws.UsualSeed(item, weights) is not { } seed) { return null; }
        StateDict right = Draw(item, seed);
        return AlteredDraws.Of(right, weights) is not { } altered ? null
            : ByValues(altered.Cause, $"of seed {seed}: {altered.Said}", FirstDifference.Of(right, weights) ?? FirstDifference.None);
    }

    /// <summary>What the laws cannot explain may be explained by the first tensor that differs from the seed that was named: trained,
    /// quantised, another tensor's values.</summary>
    static Verdict Located(Verdict verdict, StateDict weights, DistributionCase item, ulong seed)
    {
        PlanLocation found = PlanLocator.Of(weights, item, seed);
        return found.Judgement != Judgement.Deviates || found.Cause is Cause.None or Cause.Unknown ? verdict : verdict with
        {
            Judgement = Judgement.Deviates,
            Cause = found.Cause,
            Explanation = $"of seed {seed}: {(found.First.Tensor.Length == 0 ? "tensor" : found.First.Tensor)}: {found.Said}"
                + (verdict.Judgement == Judgement.Deviates ? $"; {verdict.Explanation}" : ""),
            First = found.First,
            Basis = VerdictBasis.Values,
        };
    }

    /// <summary>Judges by bits: of the seed that was named, of the usual ones, and of all that the search tries.</summary>
    static (Verdict? Verdict, string Said) ByStream(StateDict weights, DistributionCase item, ulong? seed, Func<StateDict,
        (Verdict? Verdict, string Said)> search)
    {
        if (item.Drawn.Count == 0)
        {
            bool same = FirstDifference.Of(Draw(item, 0), weights) is null;
            return (same ? Verdict.Of(Judgement.SameBits, Cause.None, $"every bit is what {item.Plan.Profile} starts with; nothing is "
                + "drawn, so any seed is right") with
            { Basis = VerdictBasis.Bits } : null,
                "; nothing is drawn, so there is no seed to find");
        }
        if (seed is { } known && ByBits(weights, item, known) is { } bits) { return (bits, ""); }
        (Verdict? verdict, string said) = BySeed(weights, item, seed, BitHypotheses.UsualSeed(item, weights));
        if (verdict is null && said.Length == 0)
        {
            (verdict, said) = BySeed(weights, item, seed, BitHypotheses.UsualSeedLate(item, weights));
        }
        if (verdict is null && said.Length == 0) { verdict = Late(weights, item, seed); }
        return verdict is null && said.Length == 0 ? search(weights) : (verdict, said);
    }

    /// <summary>The plan's own bits from a seed, all bits of a known mistake, or all of them up to rounding.</summary>
    static Verdict? ByBits(StateDict weights, DistributionCase item, ulong seed) => OfSeed(weights, item, seed) is not { } verdict ? null
        : verdict.Basis == VerdictBasis.Other ? verdict with { Basis = VerdictBasis.Bits } : verdict;

    static Verdict? OfSeed(StateDict weights, DistributionCase item, ulong seed)
    {
        StateDict right = Draw(item, seed);
        if (FirstDifference.Of(right, weights) is not { } first)
        {
            string device = item.Plan.Profile.Gpu is { } gpu ? $" ({GpuHypotheses.Name(item.Plan, gpu)})" : "";
            return Verdict.Of(Judgement.SameBits, Cause.None, $"every bit is what {item.Plan.Profile} draws from seed {seed}{device}");
        }
        if (ProfileHypotheses.Of(item, weights, seed) is { } profile)
        {
            return BitHypotheses.CastFrom(item, weights, seed) is { } cast
                ? Verdict.Deviates(Cause.Unknown, $"more than one cause fits: {cast}; or {profile.Said}", first)
                : Verdict.Deviates(profile.Cause, profile.Said, first) with
                {
                    Basis = profile.IsOwn && profile.Cause == Cause.Platform ? VerdictBasis.BitsWithoutMkl : VerdictBasis.Bits,
                };
        }
        if (GpuHypotheses.Of(item, weights, seed) is { } gpus) { return Verdict.Deviates(gpus.Cause, gpus.Said, first); }
        IReadOnlyList<StreamPlace>? places = StreamMap.Of(item, weights, seed);
        foreach ((Cause cause, string said, StateDict drawn) in BitHypotheses.All(item, weights, seed, places))
        {
            if (FirstDifference.Of(drawn, weights) is not null) { continue; }
            // Since 2.13, a 16-bit draw is a float32 draw, rounded.
            return cause == Cause.DType && RoundedDraws.Of(item, right, weights) is { } rounded
                ? ByValues(Cause.Rounded, $"{rounded}; or {said}", first) : Verdict.Deviates(cause, said, first);
        }
        if (Roundings.Of(right, weights) is { } roundings) { return ByValues(Cause.Rounding, roundings, first); }
        if (AlteredDraws.Of(right, weights) is { } altered) { return ByValues(altered.Cause, altered.Said, first); }
        if (ChangedElements.Of(item, right, weights, seed) is { } changed) { return Verdict.Deviates(Cause.Changed, changed, first); }
        return (Rearranged.Of(right, weights) ?? StreamHypotheses.OfSome(item, weights, seed, places)) is { } moved
            ? Verdict.Deviates(moved.Cause, moved.Said, first) : null;
    }

    static Verdict ByValues(Cause cause, string said, FirstDifference first)
        => Verdict.Deviates(cause, said, first) with { Basis = VerdictBasis.Values };

    /// <summary>What the seed that the first elements reveal explains: a verdict, or a clause for the verdict by laws.</summary>
    static (Verdict? Verdict, string Said) BySeed(StateDict weights, DistributionCase item, ulong? wanted, ulong? found)
    {
        if (found is not { } seed) { return (null, ""); }
        if (wanted is null && !SeedTells.Of(item, seed)) { return (null, "; nearly all values are the same for every seed"); }
        if (seed == wanted || ByBits(weights, item, seed) is not { } verdict) { return (null, Parts(weights, item, seed)); }
        if (verdict.Judgement == Judgement.Deviates)
        {
            return (verdict with { Explanation = $"of seed {seed}: {verdict.Explanation}" }, "");
        }
        return wanted is { } other
            ? (Verdict.Deviates(Cause.Seed, $"these are the bits of seed {seed}",
            FirstDifference.Of(Draw(item, other), weights) ?? FirstDifference.None) with
            { Basis = VerdictBasis.Bits }, "") : (verdict, "");
    }

    /// <summary>Draws that begin later in the stream of the seed that was named, or of a usual one.</summary>
    static Verdict? Late(StateDict weights, DistributionCase item, ulong? wanted)
    {
        IEnumerable<ulong> seeds = wanted is { } named ? BitHypotheses.UsualSeeds.Prepend(named) : BitHypotheses.UsualSeeds;
        if (LateHypotheses.Of(item, weights, seeds) is not { } late) { return null; }
        return Verdict.Deviates(Cause.ExtraOrMissingDraws, late.Seed == wanted ? late.Said : $"of seed {late.Seed}: {late.Said}",
            FirstDifference.Of(Draw(item, wanted ?? late.Seed), weights) ?? FirstDifference.None) with
        { Basis = VerdictBasis.Bits };
    }

    /// <summary>Which of the drawn tensors have a seed's bits.</summary>
    static string Parts(StateDict weights, DistributionCase item, ulong seed)
    {
        ILookup<bool, string> same = Draw(item, seed).Where(tensor => item.Drawn.Contains(tensor.Key) && tensor.Value.Count > 0)
            .ToLookup(tensor => FirstDifference.Of(new() { { tensor.Key, tensor.Value } }, weights) is null, tensor => tensor.Key);
        if (!same.Contains(true)) { return $"; the first draws are of seed {seed}, the others are not"; }
        return $"; of the drawn tensors, {Have([.. same[true]])} the bits of seed {seed}"
            + (same.Contains(false) ? $", {Have([.. same[false]])} not" : "");

        static string Have(string[] names) => $"{NotDrawn.Names(names)} {(names.Length == 1 ? "has" : "have")}";
    }

    static (Verdict? Verdict, string Said) BySearch(StateDict weights, DistributionCase item, ulong? wanted, Range? chunks, Action? done,
        CancellationToken token)
    {
        if (item.Plan.Profile.Gpu is not null)
        {
            return (null, $"; a GPU's generator has 2⁶⁴ streams, too many to search: only {BitHypotheses.UsualSeedsSaid} were tried");
        }
        if (!SeedFinder.CanTell(weights, item))
        {
            return (null, "; the words of the stream cannot be determined from these values, so seeds were not searched");
        }
        if (SeedFinder.FindLate(weights, item, token) is { } late) { return BySeed(weights, item, wanted, late); }
        return SeedFinder.Find(weights, item, chunks, done, token) is { } found ? BySeed(weights, item, wanted, found)
            : (null, "; no stream begins with these draws: all 2³² were searched, "
                + $"by the first draws of {NotDrawn.Names(SeedFinder.Tensors(weights, item.Plan, item.DType))}, for any platform, "
                + string.Create(CultureInfo.InvariantCulture,
                    $"and the seeds below {SeedFinder.LateSeeds:N0} up to {BitHypotheses.MostLate:N0} words further on"));
    }

    static StateDict Draw(DistributionCase item, ulong seed) => item.Plan.Materialize(new Generator(seed, item.Plan.Profile), item.DType);

    static Verdict ByLaw(StateDict weights, DistributionCase item, ulong? seed, string seedsTried)
        => LawJudge.Of(weights, item, seed,
            (seed is { } given ? FirstDifference.Of(Draw(item, given), weights) : null) ?? FirstDifference.None, seedsTried);

    static string Names(StateDict named) => named.Count == 0 ? "no tensors" : string.Join(", ", named.Keys.Take(20)
        .Select(name => name.Length == 0 ? "one tensor without a name" : name));

    internal static Verdict? Misfit(StateDict weights, DistributionCase item, out StateDict named)
    {
        ParameterSpec[] wanted = [.. item.Plan.StateTensors];
        named = weights;
        if (weights.Count == 1 && wanted.Length == 1 && weights.Keys.Single() is var only && only != wanted[0].Name)
        {
            named = new() { { wanted[0].Name, weights[only] } };
        }
        foreach (ParameterSpec tensor in wanted)
        {
            if (weights.Opaque.FirstOrDefault(kept => kept.Name == tensor.Name) is { } opaque)
            {
                return Verdict.Deviates(Cause.DType,
                    $"{opaque.Name} is {opaque.DType}; torch has {(tensor.TypeOr(item.DType)).TorchName()}", new(tensor.Name));
            }
            if (!named.TryGetValue(tensor.Name, out TensorBuffer? given))
            {
                return Verdict.Deviates(Cause.MissingTensor, $"{tensor} is missing; there are: {Names(named)}",
                    new(tensor.Name));
            }
            if (!given.Shape.SequenceEqual(tensor.Shape))
            {
                bool transposed = given.Shape.Reverse().SequenceEqual(tensor.Shape);
                return Verdict.Deviates(Cause.Shape,
                    $"{tensor.Name} is {TensorShape.Text([.. given.Shape])}; torch has "
                        + $"{TensorShape.Text([.. tensor.Shape])}{(transposed ? ": the same sizes, transposed" : "")}", new(tensor.Name));
            }
            DType wantedType = tensor.TypeOr(item.DType);
            if (wantedType.IsFloatingPoint() && !given.DType.IsFloatingPoint())
            {
                return Verdict.Deviates(Cause.DType, $"{tensor.Name} is {given.DType.TorchName()}; torch has {wantedType.TorchName()}",
                    new(tensor.Name));
            }
        }
        return null;
    }
}
