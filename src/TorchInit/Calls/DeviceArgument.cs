namespace TorchInit;

/// <summary>device='cuda' in an expression: which profile it means, and whether a call's device is the profile's.</summary>
static class DeviceArgument
{
    // Devices that torch knows and this library does not draw on.
    static readonly string[] s_devices = ["cuda", "meta", "mps", "xpu", "hip", "mkldnn", "vulkan", "xla", "hpu", "mtia", "ipu", "lazy",
        "ve", "fpga", "maia", "opengl", "opencl", "ideep", "privateuseone"];

    /// <summary>The profile of an expression. If it names the GPU and the profile does not, the profile of what all GPUs draw
    /// alike.</summary>
    /// <param name="values">The outermost values of the expression.</param>
    /// <param name="profile">The requested profile; null for none.</param>
    /// <exception cref="ArgumentException">Part of the expression names no device, so torch would draw it on the CPU.</exception>
    public static TorchProfile ProfileOf(IReadOnlyList<TorchValue> values, TorchProfile? profile)
    {
        if (profile?.Gpu is not null || !values.Any(NamesGpu)) { return profile ?? TorchProfile.Default; }
        foreach (TorchCall call in values.SelectMany(CallsOf))
        {
            if (TakesDevice(call.Name) && DeviceOf(call) is null)
            {
                throw new ArgumentException($"{call} names no device, but another part of the expression has device='cuda': torch would "
                    + "draw the first on the CPU, with another generator. Give both the same device, or draw all on the GPU: "
                    + "--device cuda:h100, TorchProfile.Cuda(\"2.11\", Gpu.H100Sxm).", nameof(values));
            }
        }
        return (profile ?? TorchProfile.For(TorchProfile.MeasuredOnCuda)).On("cuda");
    }

    /// <summary>Whether a call or one inside it has device='cuda'.</summary>
    public static bool NamesGpu(TorchValue value) => CallsOf(value).Any(call => DeviceOf(call) is TorchString { Value: var name }
        && IsCuda(name));

    /// <summary>Refuses a device other than the profile's.</summary>
    /// <exception cref="ArgumentException">The device is another one.</exception>
    /// <exception cref="TorchArgumentException">torch has no such device.</exception>
    public static void Check(PythonArgument device, TorchProfile profile)
    {
        string allowed = profile.Gpu is null ? "None or 'cpu'" : "None or 'cuda'";
        switch (device.Value)
        {
            case TorchNone: break;
            case TorchString { Value: "cpu" } when profile.Gpu is null: break;
            case TorchString { Value: var name } when profile.Gpu is not null && IsCuda(name): break;
            case TorchInt { Value: var index } when index < 0:
                throw TorchArgumentException.RuntimeError("device", index, allowed, "Device index must not be negative");
            case TorchInt { Value: var index }: throw NotHere($"{index}", allowed, profile);
            case TorchString { Value: var name } when name == "cpu" || s_devices.Contains(name.Split(':')[0]):
                throw NotHere($"'{name}'", allowed, profile);
            case TorchString: throw TorchArgumentException.RuntimeError("device", device.Value, allowed, null);
            default: throw device.TypeError(allowed, null);
        }
    }

    static ArgumentException NotHere(string device, string allowed, TorchProfile profile)
        => new($"device is {device}, and {profile} draws on {(profile.Gpu is null ? "the CPU" : "a GPU")}; allowed: {allowed}.",
            nameof(device));

    static bool IsCuda(string name) => name.Split(':') is ["cuda"] or ["cuda", "0"];

    static TorchValue? DeviceOf(TorchCall call)
        => call.Keywords.FirstOrDefault(keyword => keyword.Name == "device")?.Value is { } value and not TorchNone ? value : null;

    static bool TakesDevice(string name) => CallTable.TakesDevice(name) || TensorTable.TakesDevice(name);

    static IEnumerable<TorchCall> CallsOf(TorchValue value) => value switch
    {
        TorchCall call => [call, .. call.Arguments.Concat(call.Keywords.Select(keyword => keyword.Value)).SelectMany(CallsOf)],
        TorchTuple tuple => tuple.Items.SelectMany(CallsOf),
        TorchList list => list.Items.SelectMany(CallsOf),
        TorchDict dict => dict.Items.SelectMany(item => CallsOf(item.Value)),
        _ => [],
    };
}
