namespace TorchInit.Parity;

/// <summary>Samples a large tensor beyond its beginning: stretches from all over it.</summary>
static class FarElements
{
    const int Stretches = 64;

    /// <summary>As many elements as the beginning has, spread evenly over the rest; null if there is no rest.</summary>
    /// <param name="region">All elements of a law.</param>
    /// <param name="count">How many elements those are.</param>
    /// <param name="beginning">How many elements are tested at the beginning.</param>
    public static LawRegion? Of(LawRegion region, int count, int beginning)
    {
        if (region is not { Law.ElementsAreIndependent: true, CopyOf: null } || count <= beginning) { return null; }
        int rest = count - beginning;
        int length = beginning / Stretches;
        // The last stretch ends with the tensor.
        IEnumerable<int> elements = rest <= beginning
            ? Enumerable.Range(beginning, rest)
            : Enumerable.Range(0, Stretches)
                .SelectMany(stretch => Enumerable.Range(beginning + (int)((long)(rest - length) * stretch / (Stretches - 1)), length));
        return region with { Positions = [.. elements.Select(region.Position)] };
    }
}
