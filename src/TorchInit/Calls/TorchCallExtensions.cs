namespace TorchInit;

/// <summary>From torch's own spelling to a plan.</summary>
public static class TorchCallExtensions
{
    /// <summary>The plan of a constructor, an init function or a fill, with torch's signature, defaults and checks.</summary>
    /// <param name="call">A class of torch.nn, a function of torch.nn.init whose tensor is given as its shape, or <c>uniform_</c>,
    /// <c>normal_</c>, <c>randperm</c>. An operation's plan has one tensor, called "".
    /// </param>
    /// <param name="profile">The torch to follow; null for <see cref="TorchProfile.Default"/>, or where the call says
    /// <c>device='cuda'</c> for torch 2.11 on <see cref="Gpu.Any"/>.</param>
    /// <exception cref="ArgumentException">The name is unknown, or torch refuses an argument
    /// (<see cref="TorchArgumentException"/>).</exception>
    /// <exception cref="NotInThisTorchException">The profile's torch does not have the class or argument yet.</exception>
    public static InitPlan ToPlan(this TorchCall call, TorchProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CallTable.Plan(call, DeviceArgument.ProfileOf([call], profile));
    }
}
