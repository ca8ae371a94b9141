namespace TorchInit;

/// <summary>The indices of the largest numbers, largest first, as <c>topk</c> and <c>argmax</c> return them; NaN counts as the
/// largest.</summary>
static class TopPlaces
{
    public static void Of(ReadOnlySpan<double> keys, Span<long> places, TorchProfile profile)
    {
        if (places.Length == 1)
        {
            places[0] = ArgMax(keys);
            return;
        }
        PlaceSort order = new(keys);
        order.Top(places.Length);
        if (!KnowsTies(profile) && order.FirstTie(places.Length) is { } tie)
        {
            throw new NotFollowedException($"Two categories tie at index {tie}, and their order depends on the sort of "
                + $"{profile}, which is not known here; allowed: weights whose draws differ, such as float32 above 0.");
        }
        for (int i = 0; i < places.Length; i++) { places[i] = order.PlaceAt(i); }
    }

    /// <summary>Among equal keys the C++ library's sort decides; this one is GNU's.</summary>
    public static bool KnowsTies(TorchProfile profile) => profile.HasGlibc && profile.Gpu is null;

    /// <summary>The index of the first largest number.</summary>
    static int ArgMax(ReadOnlySpan<double> keys)
    {
        int best = 0;
        for (int i = 1; i < keys.Length; i++)
        {
            if (keys[i] > keys[best] || (double.IsNaN(keys[i]) && !double.IsNaN(keys[best]))) { best = i; }
        }
        return best;
    }
}
