namespace TorchInit.Parity;

/// <summary>Torch's draws, rounded to another dtype and perhaps stored in the first one again, as of a model that went
/// through bfloat16.</summary>
static class RoundedDraws
{
    // A rounded value keeps 8 bits or more: so many tell one of a thousand seeds.
    const int Beginning = 16;

    // Those of 16 bits; a quantised model has 256 or 16.
    const int MostLevels = 1 << 16;

    static readonly (DType DType, Func<double, double> Rounded)[] s_types =
    [
        (DType.BFloat16, value => Elements.ToDouble(Elements.FromDouble<BFloat16>(value))),
        (DType.Float16, value => Elements.ToDouble(Elements.FromDouble<Half>(value))),
        (DType.Float32, value => (float)value),
    ];

    /// <summary>The dtype to which all values are rounded; null if there is none.</summary>
    /// <param name="actual">The values found.</param>
    /// <param name="expected">Torch's.</param>
    /// <param name="stored">The dtype in which the values found are stored.</param>
    public static DType? TypeOf(double[] actual, double[] expected, DType stored)
        => Types(stored).Where(type => Fits(actual, expected, type.Rounded)).Select(type => (DType?)type.DType).FirstOrDefault();

    /// <summary>To which dtype all drawn tensors are rounded, in words; null if there is none.</summary>
    public static string? Of(DistributionCase item, StateDict right, StateDict given)
    {
        (double[] Actual, double[] Expected, DType Stored)[] drawn = [.. right.Where(tensor => IsOfRun(item, tensor.Key))
            .Select(tensor => (Elements64.Of(given[tensor.Key]), Elements64.Of(tensor.Value), given[tensor.Key].DType))];
        foreach ((DType dtype, Func<double, double> rounded) in drawn.Length == 0 ? [] : Types(drawn[0].Stored))
        {
            if (Array.TrueForAll(drawn, tensor => Fits(tensor.Actual, tensor.Expected, rounded)))
            {
                return $"torch's draws, rounded to {dtype.TorchName()}"
                    + (drawn[0].Stored == dtype ? "" : $" and stored as {drawn[0].Stored.TorchName()}");
            }
        }
        return null;
    }

    /// <summary>The seed that was named or a usual one, if rounded draws of it begin like the weights; null if none does.</summary>
    public static ulong? UsualSeed(DistributionCase item, StateDict weights, ulong? wanted)
    {
        InitPlan plan = item.Plan;
        if (plan.StateTensors.FirstOrDefault(tensor => IsOfRun(item, tensor.Name) && tensor.Count >= Beginning) is not { } first
            || weights[first.Name].DType != item.DType)
        {
            return null;
        }
        double[] actual = Elements64.Of(weights[first.Name], Beginning)[..Beginning];
        bool[] couldBe = [.. Types(item.DType).Select(type => Fits(actual, actual, type.Rounded))];
        if (!couldBe.Contains(true)) { return null; }
        IEnumerable<ulong> seeds = wanted is { } named ? BitHypotheses.UsualSeeds.Prepend(named) : BitHypotheses.UsualSeeds;
        return seeds.Cast<ulong?>().FirstOrDefault(seed => Drawn(plan, first.Name, seed!.Value, item.DType, Beginning) is { } expected
            && TypeOf(actual, expected, item.DType) is not null);
    }

    /// <summary>The number of which all values are multiples, if the values are few; null otherwise.</summary>
    public static double? StepOf(double[] values)
    {
        double[] distinct = [.. values.Distinct().Take(MostLevels + 1).Order()];
        if (distinct.Length < 3 || distinct.Length > Math.Min(MostLevels, values.Length / 4)) { return null; }
        double gap = distinct.Zip(distinct.Skip(1)).Min(pair => pair.Second - pair.First), range = distinct[^1] - distinct[0];
        double step = range / Math.Round(range / gap);          // the gap, without the rounding of one product
        return Array.TrueForAll(distinct, value => Math.Abs(value / step - Math.Round(value / step)) < 1e-2) ? step : null;
    }

    static IEnumerable<(DType DType, Func<double, double> Rounded)> Types(DType stored)
        => s_types.Where(type => stored.ByteSize() > type.DType.ByteSize() || stored == DType.Float16 && type.DType == DType.BFloat16
            || stored == type.DType);

    static bool IsOfRun(DistributionCase item, string tensor) => item.Drawn.Contains(tensor) && item.Plan[tensor].DType is null;

    static bool Fits(double[] actual, double[] expected, Func<double, double> rounded)
        => actual.Length == expected.Length && actual.Zip(expected).All(pair => pair.First == rounded(pair.Second));

    /// <summary>The beginning of a tensor as a seed draws it; null if that torch refuses it.</summary>
    public static double[]? Drawn(InitPlan plan, string tensor, ulong seed, DType dtype, int count)
    {
        try
        {
            return Elements64.Of(plan.MaterializeSlice(tensor, 0, count, new Generator(seed, plan.Profile), dtype));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;        // that torch refuses it
        }
    }
}
