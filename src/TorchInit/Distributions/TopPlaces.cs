namespace TorchInit;

/// <summary>The places of the largest numbers, the largest first, as <c>topk</c> and <c>argmax</c> give them; a NaN is the
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
        // Among equals the sorting of the C++ library decides, and this is GNU's.
        if ((!profile.HasGlibc || profile.Gpu is not null) && order.FirstTie(places.Length) is { } tie)
        {
            throw new NotFollowedException($"Two categories come out equal at place {tie}, and the order of those is that of the sorting of "
                + $"{profile}, which is not known here; allowed: weights whose draws differ, such as float32 above 0.");
        }
        for (int i = 0; i < places.Length; i++) { places[i] = order.PlaceAt(i); }
    }

    /// <summary>The first of the largest.</summary>
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
