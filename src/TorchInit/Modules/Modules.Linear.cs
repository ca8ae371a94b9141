namespace TorchInit;

public static partial class Modules
{
    /// <summary>Linear: weight and bias from U(±1/√in_features); the weight is drawn by kaiming_uniform_(a=√5).</summary>
    /// <param name="inFeatures">Columns of weight (out, in); with 0 the weight is empty and the bias is 0.</param>
    /// <param name="outFeatures">Rows of the weight, elements of the bias.</param>
    /// <param name="bias">Whether the module has a bias (out).</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <remarks>As <c>torch.nn.Linear</c>: draws weight, then bias.</remarks>
    public static InitPlan Linear(long inFeatures, long outFeatures, bool bias = true, TorchProfile? profile = null)
    {
        PlanBuilder plan = new(profile) { Asked = [(nameof(inFeatures), inFeatures), (nameof(outFeatures), outFeatures)] };
        plan.Parameter("weight", outFeatures, inFeatures);
        if (bias) { plan.Parameter("bias", outFeatures); }
        plan.Resettable(reset =>
        {
            reset.KaimingUniform("weight", SqrtFive);
            if (bias)
            {
                double bound = inFeatures > 0 ? 1 / Math.Sqrt(inFeatures) : 0;
                reset.Uniform("bias", Negative(bound), bound);
            }
        });
        return plan.BuildClass("Linear", $"{inFeatures}", $"{outFeatures}", Unless(bias, "bias=False"));
    }

    /// <summary>Bilinear: weight and bias from U(±1/√in1_features).</summary>
    /// <param name="in1Features">Second size of weight (out, in1, in2); above 0.</param>
    /// <param name="in2Features">Third size of the weight.</param>
    /// <param name="outFeatures">First size of the weight, elements of the bias.</param>
    /// <param name="bias">Whether the module has a bias (out).</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException"><paramref name="in1Features"/> is 0 (ZeroDivisionError; ValueError in later
    /// versions).</exception>
    /// <remarks>As <c>torch.nn.Bilinear</c>: draws weight, then bias.</remarks>
    public static InitPlan Bilinear(long in1Features, long in2Features, long outFeatures, bool bias = true, TorchProfile? profile = null)
    {
        PlanBuilder plan = new(profile)
        {
            Asked = [(nameof(in1Features), in1Features), (nameof(in2Features), in2Features), (nameof(outFeatures), outFeatures)],
        };
        // Read in 2.11's source; which version between 2.2 and 2.11 added the check is not known.
        if (in1Features <= 0 && plan.Profile.Has(2, 11))
        {
            throw TorchArgumentException.ValueError(nameof(in1Features), in1Features, "above 0",
                $"in1_features must be > 0, but got (in1_features={in1Features})");
        }
        plan.Parameter("weight", outFeatures, in1Features, in2Features);
        if (bias) { plan.Parameter("bias", outFeatures); }
        if (in1Features == 0)
        {
            throw TorchArgumentException.ZeroDivisionError(nameof(in1Features), in1Features, "above 0", "float division by zero");
        }
        double bound = 1 / Math.Sqrt(in1Features);
        plan.Resettable(reset =>
        {
            reset.Uniform("weight", -bound, bound);
            if (bias) { reset.Uniform("bias", -bound, bound); }
        });
        return plan.BuildClass("Bilinear", $"{in1Features}", $"{in2Features}", $"{outFeatures}", Unless(bias, "bias=False"));
    }
}
