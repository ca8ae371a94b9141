namespace TorchInit;

/// <summary>From a call in torch's syntax to a plan.</summary>
public static class TorchCallExtensions
{
    /// <summary>The plan of a constructor, an init function or a fill, with torch's signature, defaults and checks.</summary>
    /// <param name="call">A class of torch.nn, a function of torch.nn.init with a shape as its tensor, or <c>uniform_</c>, <c>normal_</c>,
    /// <c>randperm</c>. A function's plan has one tensor, named "".
    /// </param>
    /// <param name="profile">The torch to follow. Null: <see cref="TorchProfile.Default"/>, or torch 2.11 on <see cref="Gpu.Any"/> if the
    /// call draws on <c>'cuda'</c>.</param>
    /// <exception cref="ArgumentException">The name is unknown, or torch refuses an argument
    /// (<see cref="TorchArgumentException"/>).</exception>
    /// <exception cref="NotInThisTorchException">The profile's torch does not have the class or argument yet.</exception>
    public static InitPlan ToPlan(this TorchCall call, TorchProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        (TorchProfile drawn, TextDevices devices) = TextDevices.Resolve(usual => TextDevices.Of(call, usual), profile);
        return CallTable.Plan(call, drawn, devices: devices);
    }
}
