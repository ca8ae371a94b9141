namespace TorchInit;

/// <summary>A device as torch code writes it: None, <c>'cpu'</c>, <c>'cuda'</c>, <c>'cuda:1'</c>, or a GPU's index.</summary>
static class DeviceArgument
{
    /// <summary>The CPU, as torch prints it.</summary>
    public const string Cpu = "cpu";

    /// <summary>The GPU that <c>'cuda'</c> means.</summary>
    public const string FirstGpu = "cuda:0";

    // Devices that torch knows and this library does not draw on.
    static readonly string[] s_others = ["meta", "mps", "xpu", "hip", "mkldnn", "vulkan", "xla", "hpu", "mtia", "ipu", "lazy",
        "ve", "fpga", "maia", "opengl", "opencl", "ideep", "privateuseone"];

    /// <summary>The device as torch prints it, <c>cpu</c> or <c>cuda:0</c>; null for None and for all other values.</summary>
    public static string? NameOf(TorchValue? value) => value switch
    {
        TorchString { Value: Cpu or "cpu:0" } => Cpu,
        TorchString { Value: "cuda" } => FirstGpu,
        TorchString { Value: var name } when IsIndexed(name) => name,
        TorchInt { Value: >= 0 and var index } => $"cuda:{index}",
        _ => null,
    };

    /// <summary>Whether a device that torch prints is a GPU.</summary>
    public static bool IsGpu(string device) => device != Cpu;

    /// <summary>Refuses a device other than the profile's.</summary>
    /// <exception cref="ArgumentException">The device is another one.</exception>
    /// <exception cref="TorchArgumentException">torch has no such device.</exception>
    public static void Check(PythonArgument device, TorchProfile profile)
    {
        CheckKnown(device);
        if (NameOf(device.Value) is { } name && IsGpu(name) != profile.Gpu is not null) { throw Elsewhere(device.Value, profile); }
    }

    /// <summary>Refuses what is neither None, nor the CPU, nor a CUDA GPU.</summary>
    /// <exception cref="ArgumentException">The device is of another kind.</exception>
    /// <exception cref="TorchArgumentException">torch has no such device.</exception>
    public static void CheckKnown(PythonArgument device)
    {
        const string allowed = "None, 'cpu', 'cuda' or an index as in 'cuda:1'";
        if (device.Value is TorchNone || NameOf(device.Value) is not null) { return; }
        throw device.Value switch
        {
            TorchInt => TorchArgumentException.RuntimeError("device", device.Value, allowed, "Device index must not be negative"),
            TorchString { Value: var name } when name.StartsWith("cuda:", StringComparison.Ordinal)
                => TorchArgumentException.RuntimeError("device", device.Value,
                    $"{allowed}; a GPU's name goes with --device or TorchProfile.Cuda", $"Invalid device string: '{name}'"),
            TorchString { Value: var name } when s_others.Contains(name.Split(':')[0])
                => new ArgumentException($"device is '{name}', which is not followed; allowed: {allowed}.", nameof(device)),
            TorchString => TorchArgumentException.RuntimeError("device", device.Value, allowed, null),
            _ => device.TypeError(allowed, null),
        };
    }

    /// <summary>A device that is not where the profile draws.</summary>
    public static ArgumentException Elsewhere(TorchValue device, TorchProfile profile)
        => new($"device is {device}, and {profile} draws on {(profile.Gpu is null ? "the CPU" : "a GPU")}; allowed: "
            + $"{(profile.Gpu is null ? "None or 'cpu'" : "None or 'cuda'")}.", nameof(device));

    static bool IsIndexed(string name)
    {
        const string prefix = "cuda:";
        return name.StartsWith(prefix, StringComparison.Ordinal) && name.AsSpan(prefix.Length) is { Length: >= 1 and <= 3 } index
            && !index.ContainsAnyExceptInRange('0', '9') && (index[0] != '0' || index.Length == 1);
    }
}
