namespace TorchInit.Syntax;

/// <summary>The seeds that a text gives to torch's generators: <c>torch.manual_seed</c> seeds all of them, <c>torch.cuda.manual_seed</c>
/// the first GPU's, <c>torch.cuda.manual_seed_all</c> every GPU's.</summary>
sealed class TextSeeds
{
    ulong? _cpu, _firstGpu, _otherGpus;

    /// <summary>Whether a GPU was seeded after the text's first module or tensor.</summary>
    public bool IsGpuSeededLate { get; set; }

    /// <summary>Whether the CPU's generator and the GPU's may differ.</summary>
    public bool Differ => _cpu != _firstGpu || _cpu != _otherGpus;

    /// <summary>The seed of a device's generator; null for none.</summary>
    /// <param name="device">The device, as torch prints it.</param>
    public ulong? Of(string device) => device switch
    {
        DeviceArgument.Cpu => _cpu,
        DeviceArgument.FirstGpu => _firstGpu,
        _ => _otherGpus,
    };

    /// <summary>torch.manual_seed.</summary>
    public void SetAll(ulong seed) => (_cpu, _firstGpu, _otherGpus) = (seed, seed, seed);

    /// <summary>torch.cuda.manual_seed, or manual_seed_all for every GPU.</summary>
    public void SetGpu(ulong seed, bool isAll) => (_firstGpu, _otherGpus) = (seed, isAll ? seed : _otherGpus);
}
