namespace TorchInit;

/// <summary>Profiles of torch on a GPU, and which versions draw alike there.</summary>
public sealed partial record TorchProfile
{
    /// <summary>The version whose CUDA draws were measured.</summary>
    internal const string MeasuredOnCuda = "2.11";

    static readonly Version NewestOnCuda = new(2, 13);

    /// <summary>The GPU whose generator draws; null on a CPU.</summary>
    public Gpu? Gpu { get; private init; }

    /// <summary>
    /// Whether the GPU is torch's default device (<c>with torch.device("cuda")</c>, <c>torch.set_default_device</c>): then sparse_ takes
    /// its permutations from the GPU's generator, else from the CPU's. Null: not said, and sparse_ is refused on a GPU. Nothing else asks.
    /// </summary>
    public bool? IsDefaultDevice { get; init; }

    /// <summary><c>cpu</c>, or <c>cuda:132x2048</c>; <c>cuda</c> for <see cref="Gpu.Any"/>.</summary>
    public string Device => Gpu is null ? "cpu" : Gpu.IsAny ? "cuda" : $"cuda:{Gpu}";

    /// <summary>torch on a GPU of NVIDIA's: the values that its own generator gives, on Linux.</summary>
    /// <param name="version">As <c>torch.__version__</c> prints it or shorter. 2.11 was measured; the others draw alike by the history of
    /// the source.</param>
    /// <param name="gpu">Which GPU; for fills of more than 256 · <see cref="Gpu.Blocks"/> elements it decides the values.</param>
    /// <exception cref="ArgumentException"><paramref name="version"/> is no version, or one whose CUDA draws were neither measured nor
    /// read (allowed: 1.13, 2.0 to 2.3, 2.5 to 2.13).</exception>
    public static TorchProfile Cuda(string version, Gpu gpu)
    {
        ArgumentNullException.ThrowIfNull(gpu);
        TorchProfile profile = For(version);
        if (profile.Version > NewestOnCuda || profile.Version == new Version(2, 4))
        {
            throw new ArgumentException($"version '{version}' has no profile on a GPU: "
                + (profile.Version > NewestOnCuda ? "its CUDA source was not read"
                    : "the step of the generator after large float64 fills changed with 2.4 or 2.5, and which was not found out")
                + "; allowed: 1.13, 2.0 to 2.3, 2.5 to 2.13.", nameof(version));
        }
        return profile with { Gpu = gpu, Fills = CudaFills.Of(gpu) };
    }

    /// <summary>The profile of a device: <c>cpu</c> gives this one, <c>cuda:h100</c> or <c>cuda:132x2048</c> that of a GPU, <c>cuda</c>
    /// what all of them draw alike (<see cref="Gpu.Any"/>).</summary>
    /// <param name="device">The device's name.</param>
    /// <exception cref="ArgumentException"><paramref name="device"/> is neither, or this version has no profile on a GPU.</exception>
    public TorchProfile On(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device == "cpu") { return this with { Gpu = null, Fills = CpuFills.Instance }; }
        if (device == "cuda") { return Cuda(Version.ToString(), Gpu.Any); }
        if (device.StartsWith("cuda:", StringComparison.Ordinal)) { return Cuda(Version.ToString(), Gpu.Parse(device["cuda:".Length..])); }
        throw new ArgumentException($"device '{device}' is unknown; allowed: cpu, cuda for what all GPUs draw alike, or cuda: with a GPU's "
            + "name or its two numbers, as in 'cuda:h100' or 'cuda:132x2048'.", nameof(device));
    }

    // Which versions differ on CUDA, by the history of its source; measured was 2.11.

    Version SameCudaDrawsSince => Version switch
    {
        { Major: 1 } or { Minor: 0 } => new(1, 13),
        { Minor: < 5 } => new(2, 1),
        { Minor: < 7 } => new(2, 5),
        { Minor: < 12 } => new(2, 7),
        _ => new(2, 12),
    };

    /// <summary>A state is 16 bytes; before, 800 more stood before them.</summary>
    internal bool HasShortCudaState => Has(2, 1);

    /// <summary>A CUDA uniform that rounds to the upper bound becomes the lower one; before, 1 became 0 ahead of the range.</summary>
    internal bool ComparesCudaUniformAfterRounding => Has(2, 1);

    /// <summary>A float64 fill takes of the offset what its two elements a draw need; before, as if a draw made four.</summary>
    internal bool CountsTwoFloat64sADraw => Has(2, 5);

    /// <summary>erfinv_ exists for bfloat16 on CUDA.</summary>
    internal bool HasCudaErfInvOfBFloat16 => Has(2, 5);

    /// <summary>Integers of a range of 2²⁸ or more take two words; before, of 2³² or more.</summary>
    internal bool TakesTwoWordsFrom28Bits => Has(2, 7);
}
