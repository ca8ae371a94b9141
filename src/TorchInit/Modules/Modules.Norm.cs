namespace TorchInit;

public static partial class Modules
{
    /// <summary>LayerNorm: weight 1, bias 0; draws nothing.</summary>
    /// <param name="normalizedShape">Shape of weight and bias.</param>
    /// <param name="elementwiseAffine">Whether the module has weight and bias.</param>
    /// <param name="bias">Since torch 2.1: false omits the bias; null for torch's default.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="NotInThisTorchException"><paramref name="bias"/> is given and the profile is older than 2.1.</exception>
    public static InitPlan LayerNorm(Sizes normalizedShape, bool elementwiseAffine = true, bool? bias = null, TorchProfile? profile = null)
    {
        PlanBuilder plan = new(profile) { Asked = Named(nameof(normalizedShape), normalizedShape) };
        if (bias is not null) { plan.Profile.Require("LayerNorm(bias=…)", 2, 1); }
        return Affine(plan, normalizedShape.Values, elementwiseAffine, bias != false)
            .BuildClass("LayerNorm", $"{normalizedShape}", Unless(elementwiseAffine, "elementwise_affine=False"), Unless(bias != false,
                "bias=False"));
    }

    /// <summary>RMSNorm (torch 2.4 and later): weight 1; draws nothing.</summary>
    /// <param name="normalizedShape">Shape of the weight.</param>
    /// <param name="elementwiseAffine">Whether the module has a weight.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="NotInThisTorchException">The profile is older than 2.4.</exception>
    public static InitPlan RMSNorm(Sizes normalizedShape, bool elementwiseAffine = true, TorchProfile? profile = null)
    {
        PlanBuilder plan = new(profile) { Asked = Named(nameof(normalizedShape), normalizedShape) };
        plan.Profile.Require("RMSNorm", 2, 4);
        return Affine(plan, normalizedShape.Values, elementwiseAffine, hasBias: false)
            .BuildClass("RMSNorm", $"{normalizedShape}", Unless(elementwiseAffine, "elementwise_affine=False"));
    }

    /// <summary>GroupNorm: weight 1, bias 0; draws nothing.</summary>
    /// <param name="numGroups">Divides <paramref name="numChannels"/>; not 0.</param>
    /// <param name="numChannels">Elements of weight and bias.</param>
    /// <param name="affine">Whether the module has weight and bias.</param>
    /// <param name="bias">Since torch 2.12: false omits the bias; null for torch's default.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException">Channels are not divisible by groups (ValueError), or groups is 0
    /// (ZeroDivisionError).</exception>
    /// <exception cref="NotInThisTorchException"><paramref name="bias"/> is given and the profile is older than 2.12.</exception>
    public static InitPlan GroupNorm(long numGroups, long numChannels, bool affine = true, bool? bias = null, TorchProfile? profile = null)
    {
        PlanBuilder plan = new(profile) { Asked = [(nameof(numChannels), numChannels)] };
        if (bias is not null) { plan.Profile.Require("GroupNorm(bias=…)", 2, 12); }
        if (numGroups == 0)
        {
            throw TorchArgumentException.ZeroDivisionError(nameof(numGroups), numGroups, $"a divisor of {numChannels}",
                "integer modulo by zero");
        }
        if (!TensorShape.IsMultiple(numChannels, numGroups))
        {
            throw TorchArgumentException.ValueError(nameof(numChannels), numChannels, $"a multiple of num_groups = {numGroups}",
                GroupNormRule($"{numChannels}", $"{numGroups}", plan.Profile));
        }
        return Affine(plan, [numChannels], affine, bias != false)
            .BuildClass("GroupNorm", $"{numGroups}", $"{numChannels}", Unless(affine, "affine=False"), Unless(bias != false, "bias=False"));
    }

    /// <summary>Torch's message. Read in 2.11's source; which version between 2.6 and 2.11 added the numbers is not known.</summary>
    internal static string GroupNormRule(string numChannels, string numGroups, TorchProfile profile)
        => profile.Has(2, 11) ? $"num_channels ({numChannels}) must be divisible by num_groups ({numGroups})"
        : "num_channels must be divisible by num_groups";

    static PlanBuilder Affine(PlanBuilder plan, ReadOnlySpan<long> shape, bool affine, bool hasBias)
    {
        if (affine) { plan.Parameter("weight", shape); }
        if (affine && hasBias) { plan.Parameter("bias", shape); }
        return plan.Resettable(reset =>
        {
            if (affine) { reset.Fill("weight", 1); }
            if (affine && hasBias) { reset.Fill("bias", 0); }
        });
    }
    /// <summary>An argument's sizes with its name.</summary>
    static (string Name, long Size)[] Named(string argument, Sizes sizes) => [.. sizes.Values.ToArray().Select(size => (argument, size))];
}
