using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>Looks for a tensor's draws elsewhere: later or earlier in its seed's stream, and at the beginning of other
/// streams.</summary>
/// <param name="item">The plan and the dtype.</param>
/// <param name="seed">The plan's seed.</param>
/// <param name="spans">Its steps along the stream.</param>
sealed class StreamShift(DistributionCase item, ulong seed, StreamSpan[] spans)
{
    const int MostWords = 4096, Compared = 64, Fewest = 4, MostTensors = 3;

    /// <summary>Where the draws are; null if they were not found.</summary>
    public (Cause Cause, string Said)? Of(ParameterSpec tensor, TensorBuffer given, StreamSpan span)
    {
        InitPlan plan = item.Plan;
        if (plan.Profile.Gpu is not null) { return OfCounter(tensor, given, span); }
        PlacedStep placed = plan.Placed[span.Step];
        if (!CanLook(tensor, given, span)) { return null; }
        long place = span.From!.Value;
        Generator generator = new(seed, plan.Profile);
        generator.Advance(Math.Max(0, place - MostWords));
        for (long at = Math.Max(0, place - MostWords); at <= place + MostWords; at++, generator.Advance(1))
        {
            if (at != place && IsDrawnBy(generator.Clone(), placed, given) && IsWhole(seed, at))
            {
                return Shifted(tensor, at - place, span);
            }
        }
        // An extra or missing draw may be far larger than what was searched.
        foreach (StreamSpan other in spans.Where(other => other.Words > MostWords).DistinctBy(other => other.Words))
        {
            foreach (long late in (long[])[-other.Words!.Value, other.Words.Value])
            {
                if (place + late >= 0 && IsWhole(seed, place + late)) { return Shifted(tensor, late, span); }
            }
        }
        foreach (ulong usual in BitHypotheses.UsualSeeds)
        {
            if (place > 0 && IsWhole(usual, 0))
            {
                return (Cause.Seed, usual == seed ? $"the generator is reseeded with {usual} before {tensor.Name}"
                    : $"these are the first draws of seed {usual}: the generator was reseeded before {tensor.Name}");
            }
            if (usual != seed && IsWhole(usual, place))
            {
                return (Cause.Seed, $"from {tensor.Name} on, these are the bits of seed {usual}");
            }
        }
        return null;

        // The first rows may fit where others do not. What a later step sets, such as a padding row, is not this step's.
        bool IsWhole(ulong from, long at) => IsDrawnBy(At(from, at), placed, given)
            && WholeDraw.IsOfStep(plan, span.Step, item.DType, At(from, at), given);
    }

    /// <summary>A usual seed that draws the beginning of a tensor where the plan keeps it; null if there is none. The first words
    /// of a stream reveal nothing if what they drew is overwritten.</summary>
    /// <param name="item">The plan and the dtype.</param>
    /// <param name="weights">Named as in the plan.</param>
    /// <param name="spans">Its steps along the stream.</param>
    public static ulong? UsualSeed(DistributionCase item, StateDict weights, StreamSpan[] spans)
    {
        StreamShift shift = new(item, 0, spans);
        IEnumerable<StreamSpan> kept = spans.Where(span => span is { Fate: DrawFate.Kept, Words: not 0, From: not null }
            && weights.TryGetValue(span.Tensor, out TensorBuffer? given) && shift.CanLook(item.Plan[span.Tensor], given, span));
        return kept.Take(MostTensors).SelectMany(span => BitHypotheses.UsualSeeds
            .Where(seed => IsDrawnBy(shift.At(seed, span.From!.Value), item.Plan.Placed[span.Step], weights[span.Tensor])))
            .Cast<ulong?>().FirstOrDefault();
    }

    bool CanLook(ParameterSpec tensor, TensorBuffer given, StreamSpan span)
    {
        PlacedStep placed = item.Plan.Placed[span.Step];
        return item.Plan.Profile.Gpu is null && span.From is not null && placed.CoversTensor && Sure(given) >= Fewest
            && given.DType == tensor.TypeOr(item.DType) && placed.Step.FillBy(item.Plan.Profile.Fills) is { Rule.Draws: true };
    }

    /// <summary>A GPU's stream has a seed and an offset, which is a multiple of 4.</summary>
    (Cause Cause, string Said)? OfCounter(ParameterSpec tensor, TensorBuffer given, StreamSpan span)
    {
        if (DrawnBeginning.Of(item.Plan, item.DType, span, given) is not { CanBeLate: true, From: var place } beginning) { return null; }
        for (long late = Math.Max(-place, -MostWords); late <= MostWords; late += 4)
        {
            if (late != 0 && IsWhole(seed, late)) { return Shifted(tensor, late, span); }
        }
        foreach (ulong usual in BitHypotheses.UsualSeeds)
        {
            if (usual != seed && IsWhole(usual, 0))
            {
                return (Cause.Seed, $"from {tensor.Name} on, these are the bits of seed {usual}");
            }
            if (place > 0 && IsWhole(usual, -place))
            {
                return (Cause.Seed, $"these are the first draws of seed {usual}: the generator was reseeded before {tensor.Name}");
            }
        }
        return null;

        bool IsWhole(ulong from, long late) => beginning.IsOf(from, late)
            && WholeDraw.IsOfStep(item.Plan, span.Step, item.DType, At(from, place + late), given);
    }

    (Cause Cause, string Said) Shifted(ParameterSpec tensor, long late, StreamSpan span)
    {
        string said = $"{LateHypotheses.Further(item.Plan.Profile, late)} before {tensor.Name}";
        StreamSpan? missing = late < 0 ? spans.Take(span.Step).LastOrDefault(before => before.Words == -late) : null;
        return (Cause.ExtraOrMissingDraws, missing is null ? said
            : $"{said}: as many as step {missing.Step + 1}, {item.Plan.Steps[missing.Step]}, takes");
    }

    /// <summary>Elements that are compared: if the count is not a multiple of 16, the last 16 normals come from words after the
    /// others.</summary>
    static int Sure(TensorBuffer given) => Math.Min(Compared, given.Count % 16 == 0 ? given.Count : given.Count - 16);

    Generator At(ulong from, long place)
    {
        Generator generator = new(from, item.Plan.Profile);
        generator.Advance(place);
        return generator;
    }

    /// <summary>Whether a tensor begins with what a step draws from a generator's present state.</summary>
    static bool IsDrawnBy(Generator generator, PlacedStep placed, TensorBuffer given)
    {
        int count = Sure(given);
        return given.DType switch
        {
            DType.Float32 => Begins<float>(),
            DType.Float64 => Begins<double>(),
            DType.Float16 => Begins<Half>(),
            DType.BFloat16 => Begins<BFloat16>(),
            _ => false,
        };

        bool Begins<T>()
            where T : unmanaged
        {
            T[] drawn = new T[count == given.Count ? count : (count + 15) / 16 * 16];          // normals come in blocks of 16
            placed.Step.FillBy(generator.Profile.Fills)!.Value.Draw<T>(drawn, new(generator.Position, 0, placed.Layout.Extent), generator);
            return MemoryMarshal.AsBytes(drawn.AsSpan(0, count)).SequenceEqual(given.Bytes(0, count));
        }
    }
}
