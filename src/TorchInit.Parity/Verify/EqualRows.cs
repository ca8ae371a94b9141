using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Rows, or other consecutive elements, that have one value where torch draws: an undeclared padding row, added tokens,
/// memory that was never written.</summary>
static class EqualRows
{
    const int MostSaid = 4;

    /// <summary>Named if all other elements follow their law; null otherwise, and if no others are left.</summary>
    public static (Cause Cause, string Said, FirstDifference Element)? Of(LawRegion region, ElementScan scan, StateDict weights, int most,
        AlphaBudget budget)
    {
        if (scan.Runs.Count == 0) { return null; }
        TensorBuffer tensor = weights[region.Tensor];
        LawRegion others = region with { Positions = [.. Others(region, scan.Runs, tensor.Count).Take(most)] };
        if (others.Positions.Count == 0
            || RegionFindings.Of(others, Pool.Sample(others, [new(weights, [])], most), budget).Accusations.Any())
        {
            return null;
        }
        string said = string.Join(", ", scan.Runs.Take(MostSaid).Select(run => Said(run, region, [.. tensor.Shape])))
            + (scan.Runs.Count > MostSaid ? ", …" : "");
        return (scan.Runs.All(run => run.Value == 0) ? Cause.Zeros : Cause.Constant,
            $"{region.Name}: {said}, where torch draws; all others follow {region.Law}", new(region.Tensor,
            region.Position(scan.Runs[0].Start)));
    }

    static IEnumerable<int> Others(LawRegion region, IReadOnlyList<EqualRun> runs, int tensorCount)
    {
        int next = 0;
        foreach (EqualRun run in runs.Append(new(region.CountOf(tensorCount), 0, 0)))
        {
            for (; next < run.Start; next++) { yield return region.Position(next); }
            next = run.Start + run.Count;
        }
    }

    static string Said(EqualRun run, LawRegion region, long[] shape)
    {
        (long first, long last) = (region.Position(run.Start), region.Position(run.Start + run.Count - 1));
        long row = shape.Length < 2 ? 0 : shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        string value = run.Value.ToString("G6", CultureInfo.InvariantCulture);
        if (row == 0 || first % row != 0 || (last + 1) % row != 0) { return $"elements {first} to {last} are {value}"; }
        return first / row == last / row ? $"row {first / row} is {value}" : $"rows {first / row} to {last / row} are {value}";
    }
}
