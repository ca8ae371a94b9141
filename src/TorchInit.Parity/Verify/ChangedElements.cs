using System.Globalization;

namespace TorchInit.Parity;

/// <summary>A seed's bits, but for a few elements of a tensor: someone wrote to them after the draw, or did not set those that torch
/// sets.</summary>
static class ChangedElements
{
    const int MostSaid = 4;

    // Where more differ, the tensor may have been drawn in another way.
    const int Share = 4;

    // One value so many times is a row that was set, which the laws name better.
    const int Run = 16;

    /// <summary>Named if at most a quarter of each tensor differs; null otherwise.</summary>
    public static string? Of(DistributionCase item, StateDict right, StateDict given, ulong seed)
    {
        (long all, List<string> places, long changed) = (0, [], 0);
        foreach ((string name, TensorBuffer expected) in right)
        {
            all += expected.Count;
            if (!IsFew(expected, given[name], out IReadOnlyList<int> differing)) { return null; }
            changed += differing.Count;
            if (differing.Count > 0) { places.AddRange(Places(differing).Select(place => name + place)); }
        }
        if (changed == 0) { return null; }
        string skipped = Skipped(item, given, seed) is { } step ? $", as if {step} had not run" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{changed:N0} of {all:N0} elements {(changed == 1 ? "was" : "were")} changed{skipped}, every other bit is what "
                + $"{item.Plan.Profile} draws from seed {seed}; changed: {Listed(places)}");
    }

    /// <summary>The elements of one tensor that differ, for example "[327]" or "[48] to [63]"; null if there are none, or
    /// too many.</summary>
    public static string? Of(TensorBuffer expected, TensorBuffer given)
        => IsFew(expected, given, out IReadOnlyList<int> differing) && differing.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{differing.Count:N0} of {expected.Count:N0} elements "
                + $"{(differing.Count == 1 ? "was" : "were")} changed, all others have torch's bits; changed: "
                + $"{Listed([.. Places(differing)])}")
            : null;

    static bool IsFew(TensorBuffer expected, TensorBuffer given, out IReadOnlyList<int> differing)
    {
        List<int> found = [];
        differing = found;
        if (given.DType != expected.DType || given.Count < expected.Count) { return false; }
        ReadOnlySpan<byte> right = expected.Bytes(0, expected.Count), actual = given.Bytes(0, expected.Count);
        if (right.SequenceEqual(actual)) { return true; }
        int size = expected.DType.ByteSize();
        for (int at = 0; at < expected.Count; at++)
        {
            if (right.Slice(at * size, size).SequenceEqual(actual.Slice(at * size, size))) { continue; }
            found.Add(at);
            if (found.Count > expected.Count / Share) { return false; }
        }
        if (!expected.DType.IsFloatingPoint()) { return true; }
        double[] values = [.. found.Select(at => Elements64.At(given, at))];
        return Array.TrueForAll(values, double.IsFinite) && (values.Length < Run || values.Distinct().Skip(1).Any());
    }

    /// <summary>A step that sets a part of a tensor, without which the plan draws exactly this.</summary>
    static string? Skipped(DistributionCase item, StateDict given, ulong seed)
    {
        InitPlan plan = item.Plan;
        for (int at = 0; at < plan.Steps.Count; at++)
        {
            if (plan.Steps[at] is not FillStep || plan.Placed[at].CoversTensor) { continue; }
            InitPlan without = new(plan.Title, plan.Profile, plan.Tensors, [.. plan.Steps.Where((_, step) => step != at)]);
            StateDict drawn = without.Materialize(new Generator(seed, plan.Profile), item.DType);
            if (FirstDifference.Of(drawn, given) is null) { return $"step {at + 1}, {plan.Steps[at]},"; }
        }
        return null;
    }

    static IEnumerable<string> Places(IReadOnlyList<int> differing)
    {
        for (int i = 0; i < differing.Count;)
        {
            int first = i++;
            while (i < differing.Count && differing[i] == differing[i - 1] + 1) { i++; }
            yield return i - first == 1 ? $"[{differing[first]}]" : $"[{differing[first]}] to [{differing[i - 1]}]";
        }
    }

    static string Listed(List<string> places)
        => string.Join(", ", places.Take(MostSaid)) + (places.Count > MostSaid ? $" and {places.Count - MostSaid} more places" : "");
}
