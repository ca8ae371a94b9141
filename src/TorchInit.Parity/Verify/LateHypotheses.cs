using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Draws that begin later in a seed's stream, because something else was drawn before: for draws whose words cannot be told from
/// their values, those of a GPU and of trunc_normal_ by rejection.</summary>
static class LateHypotheses
{
    /// <summary>The first of the seeds in whose streams the weights are found later; null if there is none.</summary>
    /// <param name="item">The plan and the dtype.</param>
    /// <param name="weights">Named as in the plan.</param>
    /// <param name="seeds">Those to try.</param>
    public static (ulong Seed, string Said)? Of(DistributionCase item, StateDict weights, IEnumerable<ulong> seeds)
    {
        InitPlan[] plans = [.. Rejecting(item), .. GpuHypotheses.Plans(item)];
        foreach (DrawnBeginning beginning in Beginnings(plans, item, weights).Where(beginning => beginning.CanBeLate))
        {
            foreach (ulong seed in seeds)
            {
                if (beginning.LateBy(seed, BitHypotheses.MostLate) is not { } late) { continue; }
                if (plans.FirstOrDefault(plan => Fits(plan, item.DType, weights, seed, late)) is { } plan)
                {
                    return (seed, Said(item.Plan, plan, late, beginning.Tensor));
                }
            }
        }
        return null;
    }

    /// <summary>A seed whose trunc_normal_ by rejection begins like the weights on a CPU; null if there is none.</summary>
    public static ulong? UsualSeed(DistributionCase item, StateDict weights, IEnumerable<ulong> seeds)
        => UsualSeed(Rejecting(item), item, weights, seeds);

    /// <summary>A seed with which one of the plans begins like the weights; null if there is none.</summary>
    public static ulong? UsualSeed(IEnumerable<InitPlan> plans, DistributionCase item, StateDict weights, IEnumerable<ulong> seeds)
        => Beginnings(plans, item, weights).SelectMany(beginning => seeds.Where(seed => beginning.IsOf(seed)))
            .Cast<ulong?>().FirstOrDefault();

    /// <summary>How plans begin; one of those that begin alike.</summary>
    public static IEnumerable<DrawnBeginning> Beginnings(IEnumerable<InitPlan> plans, DistributionCase item, StateDict weights)
        => plans.Select(plan => DrawnBeginning.Of(plan, item.DType, weights)).OfType<DrawnBeginning>()
            .DistinctBy(beginning => (beginning.Profile.Gpu is null, beginning.Tensor, beginning.From, beginning.Drawn(0)));

    /// <summary>Whether a plan draws all of the weights from a place of a seed's stream.</summary>
    public static bool Fits(InitPlan plan, DType dtype, StateDict weights, ulong seed, long late = 0)
    {
        try
        {
            Generator generator = new(seed, plan.Profile);
            generator.Advance(late);
            return FirstDifference.Of(plan.Materialize(generator, dtype), weights) is null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;       // that torch refuses it
        }
    }

    /// <summary>How much further a stream is than torch's.</summary>
    public static string Further(TorchProfile profile, long late)
    {
        string number = Math.Abs(late).ToString("N0", CultureInfo.InvariantCulture);
        return profile.Gpu is not null ? $"the offset is {number} {(late > 0 ? "further" : "less far")} than torch's"
            : $"{number} word{(Math.Abs(late) == 1 ? "" : "s")} of the generator "
                + (late > 0 ? "taken that torch does not take" : "too few taken");
    }

    static IEnumerable<InitPlan> Rejecting(DistributionCase item)
        => ProfileHypotheses.PlansOfEras(item).Where(plan => plan.Profile is { Gpu: null, TruncatesByRejection: true }
            && plan.Steps.Any(step => step is TruncNormalStep));

    static string Said(InitPlan own, InitPlan plan, long late, string tensor)
        => $"{Further(plan.Profile, late)} before {NotDrawn.Names([tensor])}" + (plan.Profile == own.Profile ? ""
            : $", and the bits are those of {(plan.Profile.Gpu is null ? $"{plan.Profile}" : GpuHypotheses.Said(plan))}");
}
