using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Mistakes of a port that makes torch's draws at other places in the stream: another order, extra draws, missing
/// draws.</summary>
static class StreamHypotheses
{
    const int MostSaid = 4;

    /// <summary>What the plan draws with its steps where they were found in the seed's stream; null if all are in their own places, or
    /// none was found.</summary>
    public static (Cause Cause, string Said, StateDict Drawn)? Of(DistributionCase item, StateDict weights, ulong seed,
        IReadOnlyList<StreamPlace>? places)
    {
        if (places is null || places.All(place => place.Late is null or 0)) { return null; }
        StateDict drawn = StreamMap.Redraw(item, seed, places);
        if (Twice(item, places, weights) is { } twice)
        {
            return (Cause.Copied, $"{twice.Left} and {twice.Right} are equal; torch draws each", drawn);
        }
        if (places.Count > 1 && places.All(place => place.Found == 0))
        {
            return (Cause.ExtraOrMissingDraws,
                $"the generator is reseeded, or its state restored, before each of {Names(item, places)}", drawn);
        }
        return InOtherOrder(places) is { } order
            ? (Cause.Order, $"drawn in another order: {Names(item, order)}, where torch has {Names(item, places)}", drawn)
            : (Cause.ExtraOrMissingDraws, Said(item, places), drawn);
    }

    /// <summary>The tensors with all their bits from another place of the seed's stream, where the others are not of this seed; null if
    /// there are none.</summary>
    public static (Cause Cause, string Said)? OfSome(DistributionCase item, StateDict weights, ulong seed,
        IReadOnlyList<StreamPlace>? places)
    {
        if (places is null || places.All(place => place.Late is null or 0)) { return null; }
        StateDict drawn = StreamMap.Redraw(item, seed, places);
        StreamPlace[] moved = [.. places.Where(place => place.Late is not (null or 0) && Target(item, place) is var name
            && drawn.TryGetValue(name, out TensorBuffer? right) && FirstDifference.Of(new() { { name, right } }, weights) is null)];
        if (moved.Length == 0) { return null; }
        StreamPlace[] first = [.. moved.Where(place => place.Found == 0)];
        string others = NotDrawn.Names([.. item.Drawn.Except(moved.Select(place => Target(item, place))).Order(StringComparer.Ordinal)]);
        string said = first.Length == 0 ? Said(item, moved) : $"the draws of {Names(item, first)} begin at word 0 of this seed: it was set "
            + $"again, or its state restored, before {(first.Length == 1 ? "it" : "each")}";
        return (Cause.ExtraOrMissingDraws, $"{said}{(others.Length == 0 ? "" : $"; not of those places: {others}")}");
    }

    /// <summary>Two tensors that hold the same draw.</summary>
    static (string Left, string Right)? Twice(DistributionCase item, IReadOnlyList<StreamPlace> places, StateDict weights)
        => places.GroupBy(place => place.Found).Any(group => group.Key is not null && group.Count() > 1) ? Copies.Of(item, weights) : null;

    /// <summary>The steps in the order they were drawn, if each begins where another ends, without gaps or overlaps.</summary>
    static StreamPlace[]? InOtherOrder(IReadOnlyList<StreamPlace> places)
    {
        if (places.Any(place => place.Found is null)) { return null; }
        StreamPlace[] drawn = [.. places.OrderBy(place => place.Found)];
        long at = 0;
        foreach (StreamPlace place in drawn)
        {
            if (place.Found != at) { return null; }
            at += place.Words.Count;
        }
        return drawn;
    }

    static string Names(DistributionCase item, IEnumerable<StreamPlace> places)
    {
        string[] names = [.. places.Select(place => Target(item, place))];
        return string.Join(", ", names.Take(MostSaid)) + (names.Length > MostSaid ? ", …" : "");
    }

    /// <summary>Every step that is later or earlier than the step before it implies.</summary>
    static string Said(DistributionCase item, IReadOnlyList<StreamPlace> places)
    {
        List<string> said = [];
        long late = 0;
        foreach (StreamPlace place in places.Where(place => place.Found is not null))
        {
            long more = place.Late!.Value - late;
            late = place.Late.Value;
            if (more != 0)
            {
                said.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{Math.Abs(more):N0} word{(Math.Abs(more) == 1 ? "" : "s")} of the generator "
                        + $"{(more > 0 ? "taken that torch does not take" : "too few taken")} before {Target(item, place)}"));
            }
        }
        return string.Join("; ", said.Take(MostSaid))
            + (said.Count > MostSaid ? string.Create(CultureInfo.InvariantCulture, $"; and {said.Count - MostSaid:N0} more") : "");
    }

    static string Target(DistributionCase item, StreamPlace place) => item.Plan.Steps[place.Words.Step].Target.Tensor;
}
