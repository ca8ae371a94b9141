using System.Runtime.InteropServices;

namespace TorchInit.Parity;

/// <summary>
/// Finds runs of draws that tensors share, whatever their scales: each value becomes the level of its transform by its law, and windows
/// of eight levels are looked up. All tensors are compared with all, at every distance, also negated and transposed. By chance, a run
/// of 16 equal levels occurs in one file of 10¹².
/// </summary>
sealed class SharedDraws
{
    /// <summary>Elements compared over all tensors; each has its share, from its beginning.</summary>
    public const int MostElements = 1 << 22;
    public const int LeastElements = 1 << 12;

    const int Window = 8, LeastRun = 16, LeastLevels = 6, MostRuns = 64;
    const double Tolerance = 1e-5;

    // Fewer values repeat by chance: a law's, or those of quantised weights.
    const double MostCollisions = 1.0 / 64;

    readonly List<(LawRegion Region, double[] Draws, byte[] Levels)> _kept = [];
    readonly Dictionary<ulong, (int Index, int Start)> _windows = [];

    /// <summary>The runs found, at most 64.</summary>
    public static IReadOnlyList<SharedRun> Of(DistributionCase item, StateDict weights)
    {
        // Tied tensors are one.
        LawRegion[] regions = [.. item.Random.Where(region => region.Law!.Collision < MostCollisions)
            .GroupBy(region => item.Plan.StorageOf(region.Tensor))
            .SelectMany(tied => tied.Where(region => region.Tensor == tied.First().Tensor))];
        SharedDraws shared = new();
        int most = Math.Max(LeastElements, MostElements / Math.Max(1, regions.Length));
        foreach (LawRegion region in regions) { shared.Keep(region, weights[region.Tensor], most); }
        return [.. shared.Runs(weights).Where(run => run.Left.Tensor == run.Right.Tensor
            || EarlierLaw.AreIndependent(item.Plan, null, run.Left.Tensor, run.Right.Tensor)).Take(MostRuns)];
    }

    void Keep(LawRegion region, TensorBuffer tensor, int most)
    {
        int count = Math.Min(most, region.CountOf(tensor.Count));
        double[] values = region.Positions is null ? Elements64.Of(tensor, count)
            : [.. region.Positions.Take(count).Select(position => Elements64.At(tensor, position))];
        Law law = region.Law!;
        double[] draws = [.. values.Select(value => law.HasAtoms ? (law.Below(value) + law.AtMost(value)) / 2 : law.AtMost(value))];
        byte[] levels = Levels(draws);
        if (Collision(levels) > MostCollisions + 2.0 / Math.Max(1, count)) { return; }
        for (int start = 0; start + Window <= count; start += Window) { _windows.TryAdd(Key(levels, start), (_kept.Count, start)); }
        _kept.Add((region, draws, levels));
    }

    IEnumerable<SharedRun> Runs(StateDict weights)
    {
        for (int at = 0; at < _kept.Count; at++)
        {
            (LawRegion region, double[] draws, byte[] levels) = _kept[at];
            foreach (SharedRun run in Runs(at, draws, levels, RunForm.Same)) { yield return run; }
            double[] negated = [.. draws.Select(draw => 1 - draw)];
            foreach (SharedRun run in Runs(at, negated, Levels(negated), RunForm.Negated)) { yield return run; }
            if (region.Positions is not null || weights[region.Tensor].Shape is not [var rows and > 1, var columns and > 1]
                || rows * columns > draws.Length) { continue; }
            double[] transposed = [.. Enumerable.Range(0, draws.Length)
                .Select(element => draws[(element % rows * columns) + (element / rows)])];
            foreach (SharedRun run in Runs(at, transposed, Levels(transposed), RunForm.Transposed)) { yield return run; }
        }
    }

    /// <summary>The runs that one tensor, read in one form, shares with itself and those before it.</summary>
    IEnumerable<SharedRun> Runs(int at, double[] draws, byte[] levels, RunForm form)
    {
        for (int start = 0; start + Window <= levels.Length; start++)
        {
            if (!_windows.TryGetValue(Key(levels, start), out (int Index, int Start) other) || other.Index > at
                || other.Index == at && other.Start >= start) { continue; }
            double[] left = _kept[other.Index].Draws;
            int before = 0, after = 0;
            while (start - before > 0 && other.Start - before > 0 && Same(left[other.Start - before - 1], draws[start - before - 1]))
            {
                before++;
            }
            while (start + after < draws.Length && other.Start + after < left.Length
                && Same(left[other.Start + after], draws[start + after]))
            {
                after++;
            }
            if (before + after < LeastRun
                || levels.AsSpan(start - before, LeastRun).ToArray().Distinct().Count() < LeastLevels) { continue; }
            yield return new(_kept[other.Index].Region, other.Start - before, _kept[at].Region, start - before, before + after, form,
                Math.Min(draws.Length - start, left.Length - other.Start) - after);
            start += after - 1;
        }
    }

    static double Collision(byte[] levels) => levels.GroupBy(level => level).Sum(same => Math.Pow((double)same.Count() / levels.Length, 2));

    static bool Same(double left, double right) => Math.Abs(left - right) < Tolerance;

    /// <summary>Levels between those where the draws of few bits lie, so that a rounding moves none.</summary>
    static byte[] Levels(double[] draws) => [.. draws.Select(draw => (byte)(draw * 255.3 + 0.37))];

    static ulong Key(byte[] levels, int start) => MemoryMarshal.Read<ulong>(levels.AsSpan(start, Window));
}
