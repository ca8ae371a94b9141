namespace TorchInit;

/// <summary>Profiles of torch on a GPU, and which versions draw the same values there.</summary>
public sealed partial record TorchProfile
{
    /// <summary>The version whose CUDA draws were measured.</summary>
    internal const string MeasuredOnCuda = "2.11";

    static readonly Version NewestOnCuda = new(2, 13);

    /// <summary>The GPU whose generator draws; null on a CPU.</summary>
    public Gpu? Gpu { get; private init; }

    /// <summary>
    /// Whether the GPU is torch's default device (<c>with torch.device("cuda")</c>, <c>torch.set_default_device</c>). If true, sparse_
    /// draws its permutations from the GPU's generator; if false, from the CPU's. Null: unknown, and sparse_ is refused on a GPU. Only
    /// sparse_ uses this.
    /// </summary>
    public bool? IsDefaultDevice { get; init; }

    /// <summary><c>cpu</c>, or for a GPU such as <c>cuda:132x2048</c>; <c>cuda</c> for <see cref="Gpu.Any"/>.</summary>
    public string Device => Gpu is null ? "cpu" : Gpu.IsAny ? "cuda" : $"cuda:{Gpu}";

    /// <summary>torch on an NVIDIA GPU under Linux: the values of that GPU's generator.</summary>
    /// <param name="version">As <c>torch.__version__</c> prints it, or shorter. 2.11 was measured; the other versions follow the history of
    /// the source.</param>
    /// <param name="gpu">The GPU; it decides the values of fills of more than 256 · <see cref="Gpu.Blocks"/> elements.</param>
    /// <exception cref="ArgumentException"><paramref name="version"/> is not a version, or its CUDA draws were neither measured nor read
    /// (allowed: 1.13, 2.0 to 2.3, 2.5 to 2.13).</exception>
    public static TorchProfile Cuda(string version, Gpu gpu)
    {
        ArgumentNullException.ThrowIfNull(gpu);
        TorchProfile profile = For(version);
        if (profile.Version > NewestOnCuda || profile.Version == new Version(2, 4))
        {
            throw new ArgumentException($"version '{version}' has no profile on a GPU: "
                + (profile.Version > NewestOnCuda ? "its CUDA source was not read"
                    : "the offset step of large float64 fills changed in 2.4 or 2.5, and which of them is not known")
                + "; allowed: 1.13, 2.0 to 2.3, 2.5 to 2.13.", nameof(version));
        }
        return profile with { Gpu = gpu, Fills = CudaFills.Of(gpu) };
    }

    /// <summary>The same torch on another device: <c>cpu</c>, a GPU such as <c>cuda:h100</c> or <c>cuda:132x2048</c>, or <c>cuda</c> for
    /// what all GPUs draw alike (<see cref="Gpu.Any"/>).</summary>
    /// <param name="device">The device's name.</param>
    /// <exception cref="ArgumentException"><paramref name="device"/> is none of these, or this version has no profile on a GPU.</exception>
    public TorchProfile On(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device == "cpu") { return OnCpu(); }
        if (device == "cuda") { return OnGpu(Gpu.Any); }
        if (device.StartsWith("cuda:", StringComparison.Ordinal))
        {
            return OnGpu(Gpu.ParseArgument(device["cuda:".Length..], nameof(device)));
        }
        throw new ArgumentException($"device '{device}' is unknown; allowed: cpu, cuda for what all GPUs draw alike, or cuda: with a GPU's "
            + "name or its two numbers, as in 'cuda:h100' or 'cuda:132x2048'.", nameof(device));
    }

    /// <summary>The CPU that the profile was on before, or that of the official wheel.</summary>
    TorchProfile OnCpu()
    {
        if (Gpu is null) { return this; }
        TorchProfile cpu = Elsewhere.Cpu ?? this with { Gpu = null, Fills = CpuFills.Instance, IsDefaultDevice = null };
        TorchProfile official = For(Version.ToString());
        return cpu with
        {
            Erf = Erf == official.Erf ? cpu.Erf : Erf,             // what was set on the GPU goes first
            Lapack = Lapack == official.Lapack ? cpu.Lapack : Lapack,
            Elsewhere = new(null, IsDefaultDevice),
        };
    }

    TorchProfile OnGpu(Gpu gpu) => Cuda(Version.ToString(), gpu) with
    {
        IsDefaultDevice = IsDefaultDevice ?? Elsewhere.IsDefaultDevice,
        Elsewhere = Gpu is null ? new(this with { Elsewhere = default }, null) : Elsewhere,
    };

    /// <summary>What has no effect where the profile is, and is wanted again when it comes back.</summary>
    OtherDevice Elsewhere { get; init; }

    /// <summary>Two profiles with the same draws are equal, wherever they were before.</summary>
    /// <param name="Cpu">Of a GPU's profile: the CPU that it came from.</param>
    /// <param name="IsDefaultDevice">Of a CPU's: that of the GPU that it came from.</param>
    readonly record struct OtherDevice(TorchProfile? Cpu, bool? IsDefaultDevice)
    {
        public bool Equals(OtherDevice other) => true;

        public override int GetHashCode() => 0;
    }

    // Which versions differ on CUDA, from the history of the source; only 2.11 was measured.

    Version SameCudaDrawsSince => Version switch
    {
        { Major: 1 } or { Minor: 0 } => new(1, 13),
        { Minor: < 5 } => new(2, 1),
        { Minor: < 7 } => new(2, 5),
        { Minor: < 12 } => new(2, 7),
        _ => new(2, 12),
    };

    /// <summary>A state has 16 bytes; before, 800 other bytes preceded them.</summary>
    internal bool HasShortCudaState => Has(2, 1);

    /// <summary>A CUDA uniform that rounds to the upper bound becomes the lower one; before, a draw of 1 became 0 before it was scaled to
    /// the range.</summary>
    internal bool ComparesCudaUniformAfterRounding => Has(2, 1);

    /// <summary>Elements of two words (float64, and integers from a wide range) advance the offset for two per draw; before, as if a draw
    /// made four.</summary>
    internal bool CountsTwoElementsADraw => Has(2, 5);

    /// <summary>CUDA has erfinv_ for bfloat16.</summary>
    internal bool HasCudaErfInvOfBFloat16 => Has(2, 5);

    /// <summary>Integers from a range of 2²⁸ or more take two words; before, from 2³² on.</summary>
    internal bool TakesTwoWordsFrom28Bits => Has(2, 7);
}
