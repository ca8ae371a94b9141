namespace TorchInit.Parity;

/// <summary>Many draws of one case, each from a seed of its own, until every region has enough values.</summary>
static class Pool
{
    const int MostDraws = 4096;

    /// <summary>How many draws give the smallest independent region n values; regions with one value per draw count too.</summary>
    public static int Draws(IEnumerable<LawRegion> regions, InitPlan plan, long n)
    {
        long fewest = regions.Where(region => region.Law is not null and not ConstantLaw && region.CopyOf is null)
            .Select(region => PerDraw(region, plan)).DefaultIfEmpty(n).Min();
        return (int)Math.Clamp((n + fewest - 1) / Math.Max(1, fewest), 1, MostDraws);
    }

    /// <summary>The draws, from consecutive seeds of the initialiser's workers.</summary>
    public static IReadOnlyList<Drawn> Draw(Initialiser initialiser, string expression, InitPlan plan, DType dtype, ulong seed, int draws)
        => [.. Enumerable.Range(0, draws)
            .Select(worker => initialiser.Draw(new(expression, plan, dtype, initialiser.SeedOf(seed, worker))))];

    /// <summary>A region's values over all draws, in order; at most n.</summary>
    public static Sample? Sample(LawRegion region, IEnumerable<Drawn> draws, long n)
    {
        if (region.Law is null || region.CopyOf is not null) { return null; }
        List<double> values = [];
        int perDraw = 0;
        foreach (Drawn draw in draws)
        {
            if (values.Count >= n) { break; }
            if (!draw.Tensors.TryGetValue(region.Tensor, out TensorBuffer? tensor)) { break; }
            int wanted = (int)Math.Min(n - values.Count, Array.MaxLength);
            if (!region.Law.ElementsAreIndependent) { values.Add(Elements64.At(tensor, region.Position(0))); }
            else if (region.Positions is null) { values.AddRange(Elements64.Of(tensor, wanted)); }
            else { values.AddRange(region.Positions.Take(wanted).Select(position => Elements64.At(tensor, position))); }
            perDraw = perDraw == 0 ? values.Count : perDraw;
        }
        return values.Count == 0 ? null : region.Law is SuccessiveLaw law
            ? new(law.Places([.. values], perDraw), SuccessiveLaw.OfPlaces) : new([.. values], region.Law);
    }

    static long PerDraw(LawRegion region, InitPlan plan) => !region.Law!.ElementsAreIndependent ? 1
        : region.CountOf(plan[region.Tensor].Count);
}
