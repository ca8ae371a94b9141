namespace TorchInit;

public static partial class Modules
{
    /// <summary>Conv1d: as <see cref="Conv2d"/>, with one kernel size.</summary>
    /// <inheritdoc cref="Conv2d"/>
    public static InitPlan Conv1d(long inChannels, long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => Conv("Conv1d", 1, transposed: false, inChannels, outChannels, kernelSize, groups, bias, profile);

    /// <summary>Conv2d: weight and bias from U(±1/√fan_in), fan_in = in/groups · kernel area; the weight is drawn by
    /// kaiming_uniform_(a=√5).</summary>
    /// <param name="inChannels">Divisible by <paramref name="groups"/>; the weight is (out, in/groups, *kernel).</param>
    /// <param name="outChannels">Divisible by <paramref name="groups"/>; first size of the weight, elements of the bias.</param>
    /// <param name="kernelSize">One size, or one per dimension.</param>
    /// <param name="groups">Above 0.</param>
    /// <param name="bias">Whether the module has a bias (out).</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException">Channels are not divisible by groups, or groups is not positive (ValueError).</exception>
    /// <remarks>Draws weight, then bias. With a fan of 0 the bias is uninitialised up to torch 2.11 (0 here) and drawn with bound 0 since
    /// 2.12.</remarks>
    public static InitPlan Conv2d(long inChannels, long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => Conv("Conv2d", 2, transposed: false, inChannels, outChannels, kernelSize, groups, bias, profile);

    /// <summary>Conv3d: as <see cref="Conv2d"/>, with three kernel sizes.</summary>
    /// <inheritdoc cref="Conv2d"/>
    public static InitPlan Conv3d(long inChannels, long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => Conv("Conv3d", 3, transposed: false, inChannels, outChannels, kernelSize, groups, bias, profile);

    /// <summary>ConvTranspose1d: as <see cref="ConvTranspose2d"/>, with one kernel size.</summary>
    /// <inheritdoc cref="ConvTranspose2d"/>
    public static InitPlan ConvTranspose1d(long inChannels, long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => Conv("ConvTranspose1d", 1, transposed: true, inChannels, outChannels, kernelSize, groups, bias, profile);

    /// <summary>ConvTranspose2d: weight (in, out/groups, *kernel) and bias (out) from U(±1/√fan), fan = out/groups · kernel area: torch's
    /// fan_in of that shape.</summary>
    /// <param name="inChannels">Divisible by <paramref name="groups"/>; first size of the weight.</param>
    /// <param name="outChannels">Divisible by <paramref name="groups"/>; groups times the second size of the weight; elements of the
    /// bias.</param>
    /// <param name="kernelSize">One size, or one per dimension.</param>
    /// <param name="groups">Above 0.</param>
    /// <param name="bias">Whether the module has a bias.</param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>.</param>
    /// <exception cref="TorchArgumentException">Channels are not divisible by groups, or groups is not positive (ValueError).</exception>
    /// <remarks>Draws weight, then bias.</remarks>
    public static InitPlan ConvTranspose2d(long inChannels, long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => Conv("ConvTranspose2d", 2, transposed: true, inChannels, outChannels, kernelSize, groups, bias, profile);

    /// <summary>ConvTranspose3d: as <see cref="ConvTranspose2d"/>, with three kernel sizes.</summary>
    /// <inheritdoc cref="ConvTranspose2d"/>
    public static InitPlan ConvTranspose3d(long inChannels, long outChannels, Sizes kernelSize, long groups = 1, bool bias = true,
        TorchProfile? profile = null)
        => Conv("ConvTranspose3d", 3, transposed: true, inChannels, outChannels, kernelSize, groups, bias, profile);

    static InitPlan Conv(string name, int dimensions, bool transposed, long inChannels, long outChannels, Sizes kernelSize, long groups,
        bool bias, TorchProfile? profile)
    {
        if (groups <= 0)
        {
            throw TorchArgumentException.ValueError(nameof(groups), groups, "above 0", "groups must be a positive integer");
        }
        CheckInChannels(inChannels, groups);
        if (outChannels % groups != 0)
        {
            throw TorchArgumentException.ValueError(nameof(outChannels), outChannels, $"a multiple of groups = {groups}",
                "out_channels must be divisible by groups");
        }
        return UncheckedConv(name, dimensions, transposed, inChannels, outChannels, kernelSize, groups, bias, profile);
    }

    static void CheckInChannels(long inChannels, long groups)
    {
        if (inChannels % groups != 0)
        {
            throw TorchArgumentException.ValueError(nameof(inChannels), inChannels, $"a multiple of groups = {groups}",
                "in_channels must be divisible by groups");
        }
    }

    /// <summary>A convolution whose channels need not be divisible by groups; only a Lazy* class makes one.</summary>
    static InitPlan UncheckedConv(string name, int dimensions, bool transposed, long inChannels, long outChannels, Sizes kernelSize,
        long groups, bool bias, TorchProfile? profile)
        => CallersArgument.Named(
            () => Unnamed(name, dimensions, transposed, inChannels, outChannels, kernelSize, groups, bias, profile),
            [(nameof(inChannels), inChannels), (nameof(outChannels), outChannels), .. Named(nameof(kernelSize), kernelSize)]);

    static InitPlan Unnamed(string name, int dimensions, bool transposed, long inChannels, long outChannels, Sizes kernelSize,
        long groups, bool bias, TorchProfile? profile)
    {
        long[] channels = transposed ? [inChannels, (outChannels - (outChannels < 0 ? groups - 1 : 0)) / groups]
            : [outChannels, inChannels / groups];
        long[] shape = [.. channels, .. kernelSize.Expand(dimensions)];
        PlanBuilder plan = new(profile);
        plan.Parameter("weight", shape);
        if (bias) { plan.Parameter("bias", outChannels); }
        plan.Resettable(reset =>
        {
            reset.KaimingUniform("weight", SqrtFive);
            long fanIn = Fan.OfFill(shape).In;
            if (bias && (fanIn != 0 || plan.Profile.FillsBiasWithoutFan))
            {
                double bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
                reset.Uniform("bias", Negative(bound), bound);
            }
        });
        return plan.BuildClass(name, $"{inChannels}", $"{outChannels}", $"{kernelSize}", Unless(groups == 1, $"groups={groups}"),
            Unless(bias, "bias=False"));
    }
}
