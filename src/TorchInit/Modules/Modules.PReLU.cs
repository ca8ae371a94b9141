namespace TorchInit;

public static partial class Modules
{
    /// <summary>PReLU: weight = <paramref name="init"/>; draws nothing.</summary>
    /// <param name="numParameters">Elements of the weight.</param>
    /// <param name="init">The initial slope of every element.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>. reset_parameters exists since 2.1.</param>
    public static InitPlan PReLU(long numParameters = 1, double init = 0.25, TorchProfile? profile = null)
        => PReLU((Sizes)numParameters, init, profile);

    internal static InitPlan PReLU(Sizes numParameters, double init, TorchProfile? profile)
    {
        PlanBuilder plan = new(profile) { Asked = Named(nameof(numParameters), numParameters) };
        plan.Parameter("weight", numParameters.Values);
        if (plan.Profile.Has(2, 1)) { plan.Resettable(reset => reset.Fill("weight", init)); }
        else { plan.Fill("weight", init); }
        return plan.BuildClass("PReLU", Unless($"{numParameters}" == "1", $"{numParameters}"),
            Unless(init == 0.25, $"init={Text(init)}"));
    }
}
