namespace TorchInit.Parity;

/// <summary>The laws that 16-bit draws have in other torches: up to 2.11 a draw has 8 or 11 bits, since 2.12 it is a rounded float32 draw,
/// and a GPU rounds the bounds first. No seed is needed to tell them apart.</summary>
static class OtherLaws
{
    const int Glance = 1 << 12;

    /// <summary>Another torch whose laws the weights do not break, with its name; null if there is none.</summary>
    public static (LawExamination Found, Cause Cause, string Name)? Of(StateDict weights, DistributionCase item)
    {
        if (!item.Drawn.Any(name => item.Plan.StateTensors.Any(tensor => tensor.Name == name
            && tensor.TypeOr(item.DType) is DType.Float16 or DType.BFloat16)))
        {
            return null;
        }
        TorchProfile own = item.Plan.Profile;
        IEnumerable<InitPlan> plans = ProfileHypotheses.PlansOfEras(item).Concat(GpuHypotheses.Plans(item))
            .DistinctBy(plan => Algorithm(plan.Profile)).Where(plan => Algorithm(plan.Profile) != Algorithm(own));
        foreach (InitPlan plan in plans)
        {
            if (Examined(weights, plan, item.DType) is not { Accuses: false } found) { continue; }
            return (found, GpuHypotheses.CauseOf(plan.Profile, own), Name(plan.Profile));
        }
        return null;
    }

    /// <summary>What the laws of 16 bits depend on.</summary>
    static (bool, Normal16Kind, bool, bool, bool) Algorithm(TorchProfile profile)
        => (profile.Draws16BitsByFloat32, profile.Normal16, profile.TruncatesByRejection, profile.HasHalfMath, profile.Gpu is null);

    static LawExamination? Examined(StateDict weights, InitPlan plan, DType dtype)
    {
        try
        {
            DistributionCase other = new(plan, dtype);
            // A few values refuse most torches at once.
            LawExamination glance = LawExamination.Of(weights, other, [], Glance);
            return glance.Accuses ? glance : LawExamination.Of(weights, other, LawExamination.Scan(weights, other));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;        // that torch refuses this dtype
        }
    }

    static string Name(TorchProfile profile) => profile.Gpu is not null ? $"torch {profile.Version} on a GPU"
        : !profile.Draws16BitsByFloat32 ? "torch ≤ 2.11"
        : profile.Normal16 == Normal16Kind.Float32Block ? "torch ≥ 2.13" : "torch 2.12";
}
