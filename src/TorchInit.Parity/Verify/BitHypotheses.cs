namespace TorchInit.Parity;

/// <summary>Other ways to draw the same tensors, each a known mistake. Weights with all the bits of one were drawn that way.</summary>
static class BitHypotheses
{
    const int FarthestOffset = 32;
    const int MostBoundaries = 8;
    const int MostUsualSeeds = 1024;
    const long MostElements = 4_000_000;

    static readonly ulong[] s_favourites = [1234, 12345, 1337, 2023, 2024, 2025, 2026, 3407, 31337, 123456, 1234567, 0xDEADBEEF,
        Generator.DefaultSeed];

    /// <summary>The usual seeds, in words.</summary>
    public static string UsualSeedsSaid => $"the seeds 0 to {MostUsualSeeds - 1} and {s_favourites.Length} other common ones";

    /// <summary>Commonly used seeds.</summary>
    public static IEnumerable<ulong> UsualSeeds => Enumerable.Range(0, MostUsualSeeds).Select(seed => (ulong)seed).Concat(s_favourites);

    /// <summary>Each mistake's cause, its sentence, and what it would have drawn; cheap ones first.</summary>
    /// <param name="item">The plan and the dtype.</param>
    /// <param name="weights">Named as in the plan.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="places">Where its steps were found in the seed's stream; null if that cannot be told.</param>
    public static IEnumerable<(Cause Cause, string Said, StateDict Drawn)> All(DistributionCase item, StateDict weights, ulong seed,
        IReadOnlyList<StreamPlace>? places)
    {
        InitPlan plan = item.Plan;
        if (StreamHypotheses.Of(item, weights, seed, places) is { } moved) { yield return moved; }
        if (IsLarge(plan)) { yield break; }
        foreach ((string said, StateDict drawn) in Casts(item, seed)) { yield return (Cause.DType, said, drawn); }
        if (plan.Profile.Gpu is null && SizeRule.Draw(plan, seed, item.DType) is { } sized)
        {
            yield return (Cause.SizeRule, "normals were drawn one by one for 16 or more elements, or in blocks of 16 for fewer", sized);
        }
        // Where values reveal a step's words, StreamHypotheses has already searched the stream.
        if (DrawnWords.Of(plan, weights, item.DType).All(words => words.Ranges.Count > 0)) { yield break; }
        foreach (InitStep[] order in Orders(plan.Steps))
        {
            // The same draws in the same order: only what is set after them is missing, and its elements are named later.
            if (order.Where(IsDraw).SequenceEqual(plan.Steps.Where(IsDraw))) { continue; }
            if (Draw(plan, order, seed, item.DType) is { } drawn)
            {
                yield return (Cause.Order,
                    $"drawn in another order: {order.First(IsDraw)} first where torch has "
                        + $"{plan.Steps.First(IsDraw)}", drawn);
            }
        }
        foreach ((string said, StateDict drawn) in Offsets(plan, seed, item.DType))
        {
            yield return (Cause.ExtraOrMissingDraws, said, drawn);
        }
    }

    /// <summary>The other dtype in which the weights may have been drawn before they were cast, in words; null if there is none.</summary>
    public static string? CastFrom(DistributionCase item, StateDict weights, ulong seed)
        => IsLarge(item.Plan) ? null
            : Casts(item, seed).Where(cast => FirstDifference.Of(cast.Drawn, weights) is null).Select(cast => cast.Said).FirstOrDefault();

    static IEnumerable<(string Said, StateDict Drawn)> Casts(DistributionCase item, ulong seed)
    {
        foreach (DType other in CaseTable.DTypes.Where(other => other != item.DType))
        {
            if (Draw(item.Plan, item.Plan.Steps, seed, other) is { } drawn)
            {
                yield return ($"drawn in {other.TorchName()}, then cast to {item.DType.TorchName()}", Cast(drawn, item.DType));
            }
        }
    }

    /// <summary>A usual seed that gives the weights; null if there is none.</summary>
    public static ulong? UsualSeed(DistributionCase item, StateDict weights)
    {
        IEnumerable<ulong> usual = UsualSeeds;
        bool told = false;
        foreach (InitPlan plan in ProfileHypotheses.PlansOfEras(item))
        {
            if (SeedFinder.Ranges(weights, plan, item.DType) is not { } ranges) { continue; }
            told |= plan.Profile == item.Plan.Profile || item.Plan.Profile.Gpu is not null;
            if (usual.Cast<ulong?>().FirstOrDefault(seed => SeedSearch.Fits((uint)seed!.Value, ranges)) is { } fitting) { return fitting; }
        }
        if ((LateHypotheses.UsualSeed(item, weights, usual) ?? GpuHypotheses.UsualSeed(item, weights, usual)) is { } beginning)
        {
            return beginning;
        }
        return told || IsLarge(item.Plan) || DrawnBeginning.Of(item.Plan, item.DType, weights) is not null ? null : usual.Cast<ulong?>()
            .FirstOrDefault(seed => Draw(item.Plan, item.Plan.Steps, seed!.Value, item.DType) is { } drawn
            && FirstDifference.Of(drawn, weights) is null);
    }

    /// <summary>The most words that may come before the first draw in a usual seed's stream.</summary>
    public const int MostLate = 1024;

    /// <summary>A usual seed whose stream has the draws a little later, after draws that the plan does not contain; null if there is
    /// none.</summary>
    public static ulong? UsualSeedLate(DistributionCase item, StateDict weights)
        => SeedFinder.Ranges(weights, item.Plan, item.DType) is { } ranges
            ? SeedSearch.FindLate(Enumerable.Range(0, MostUsualSeeds).Select(seed => (uint)seed)
                .Concat(s_favourites.Where(seed => seed <= uint.MaxValue).Select(seed => (uint)seed)), ranges, MostLate) : null;

    static bool IsLarge(InitPlan plan) => plan.Tensors.Sum(tensor => tensor.Count) > MostElements;

    static IEnumerable<InitStep[]> Orders(IReadOnlyList<InitStep> steps)
    {
        if (steps.Count < 2) { yield break; }
        yield return [.. steps.Reverse()];
        for (int at = 0; at + 1 < steps.Count && at < 4 * MostBoundaries; at++)
        {
            InitStep[] swapped = [.. steps];
            (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
            yield return swapped;
        }
    }

    static bool IsDraw(InitStep step) => step is not FillStep;

    /// <summary>Up to 32 words more or fewer, before each of the first steps.</summary>
    static IEnumerable<(string Said, StateDict Drawn)> Offsets(InitPlan plan, ulong seed, DType dtype)
    {
        IReadOnlyList<long?> words = plan.WordsOfSteps(dtype);
        for (int boundary = 0; boundary < Math.Min(plan.Steps.Count, MostBoundaries); boundary++)
        {
            if (words[boundary] is null) { yield break; }
            if (words[boundary] == 0) { continue; }
            long before = words.Take(boundary).Sum(count => count ?? 0);
            int step = plan.Profile.Gpu is null ? 1 : 4;      // an offset is a multiple of 4
            for (int offset = -FarthestOffset * step; offset <= FarthestOffset * step; offset += step)
            {
                if (offset == 0 || before + offset < 0) { continue; }
                StateDict drawn = Replay.Of(plan, seed, dtype, (at, generator) =>
                {
                    if (at != boundary) { return; }
                    generator.ManualSeed(seed);
                    generator.Advance(before + offset);
                });
                yield return ($"{LateHypotheses.Further(plan.Profile, offset)} before {plan.Steps[boundary].Target}", drawn);
            }
        }
    }

    static StateDict? Draw(InitPlan plan, IReadOnlyList<InitStep> steps, ulong seed, DType dtype)
    {
        try
        {
            return new InitPlan(plan.Title, plan.Profile, plan.Tensors, steps).Materialize(new Generator(seed, plan.Profile), dtype);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;    // torch refuses this dtype
        }
    }

    internal static StateDict Cast(StateDict tensors, DType dtype)
    {
        StateDict cast = new();
        foreach ((string name, TensorBuffer tensor) in tensors)
        {
            cast.Add(name, tensor.DType.IsFloatingPoint() ? Cast(tensor, dtype) : tensor);
        }
        return cast;
    }

    static TensorBuffer Cast(TensorBuffer tensor, DType dtype)
    {
        double[] values = Elements64.Of(tensor);
        long[] shape = [.. tensor.Shape];
        return dtype switch
        {
            DType.Float32 => TensorBuffer.Of([.. values.Select(value => (float)value)], shape),
            DType.Float64 => TensorBuffer.Of(values, shape),
            DType.Float16 => TensorBuffer.Of([.. values.Select(Elements.FromDouble<Half>)], shape),
            _ => TensorBuffer.Of([.. values.Select(Elements.FromDouble<BFloat16>)], shape),
        };
    }
}
