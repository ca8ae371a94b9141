namespace TorchInit;

/// <summary>Which torch is followed: version, platform, CPU capability, and whose erf and LAPACK it calls. Nothing else decides bits on a CPU.</summary>
public sealed record TorchProfile
{
    static readonly Version Oldest = new(1, 13);
    static readonly Version Newest = new(2, 15);

    TorchProfile(Version version, TorchPlatform platform, CpuCapability cpu, ErfImplementation erf, LapackImplementation lapack)
        => (Version, Platform, Cpu, Erf, Lapack) = (version, platform, cpu, erf, lapack);

    /// <summary>The newest proved version on Linux x64 with AVX2, as the official wheel: 2.15.</summary>
    public static TorchProfile Default { get; } = For("2.15");

    /// <summary>Major and minor version; patch releases changed no draw.</summary>
    public Version Version { get; }

    /// <summary>Operating system and processor.</summary>
    public TorchPlatform Platform { get; }

    /// <summary>Which copy of the kernels runs.</summary>
    public CpuCapability Cpu { get; }

    /// <summary>Whose error function is behind trunc_normal_ up to 2.11.</summary>
    public ErfImplementation Erf { get; init; }

    /// <summary>Whose QR is behind orthogonal_.</summary>
    public LapackImplementation Lapack { get; init; }

    /// <summary>The era of <see cref="Version"/>.</summary>
    public TorchEra Era => Version switch
    {
        { Major: 1 } => TorchEra.V1_13,
        { Minor: 0 } => TorchEra.V2_0,
        { Minor: <= 11 } => TorchEra.V2_1,
        { Minor: 12 } => TorchEra.V2_12,
        _ => TorchEra.V2_13,
    };

    // The choices that platforms differ in, and nothing more (spec 0):

    /// <summary>
    /// The compiler fused a·b+c: GCC for AVX2 and Arm, Clang 14 and later for Arm; not MSVC, not GCC for plain x86-64. macOS wheels came
    /// from Xcode 13.3.1 (Clang 13, which did not fuse) up to 2.1 and from 14.3.1 since 2.2 (pull request 110432).
    /// </summary>
    internal bool Fused => Platform switch
    {
        TorchPlatform.LinuxArm64 => true,
        TorchPlatform.MacOSArm64 => Has(2, 2),
        TorchPlatform.LinuxX64 => Cpu == CpuCapability.Avx2,
        _ => false,
    };

    internal NormalKernel Float32Normal => (Platform, Cpu) switch
    {
        (TorchPlatform.LinuxX64, CpuCapability.Avx2) => NormalKernel.FusedPolynomial,
        (TorchPlatform.WindowsX64, CpuCapability.Avx2) => NormalKernel.PlainPolynomial,
        _ => NormalKernel.Libm,
    };

    /// <summary>The last step r·c·std + mean of a float32 block: an explicit fma in the AVX2 source, and since 2.13 in the portable one.</summary>
    internal bool FusedFloat32Tail => Fused || Float32Normal == NormalKernel.PlainPolynomial || Era >= TorchEra.V2_13;

    /// <summary>log, sin and cos of a double are glibc's, which <see cref="Libm"/> has; else those of the machine that this program runs on.</summary>
    internal bool HasGlibc => Platform is TorchPlatform.LinuxX64 or TorchPlatform.LinuxArm64;

    internal bool FusedFloat64Tail => Fused || Era >= TorchEra.V2_13;

    /// <summary>Arm rounds a double to half at once; x86 by way of float. Proved for 2.1 (by way of float) and 2.8 (at once); between them the older rule is assumed.</summary>
    internal bool DoubleToHalfAtOnce => Platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64 && Version >= new Version(2, 8);

    /// <summary>The profile of a torch version, with the erf and LAPACK of its official wheel.</summary>
    /// <param name="version">As <c>torch.__version__</c> prints it or shorter: <c>2.10</c>, <c>2.6.0+cu124</c>, <c>1.13.0a0</c>.</param>
    /// <param name="platform">Where that torch runs; not where this program runs.</param>
    /// <param name="cpu">The copy of the kernels; ignored on Arm, which has one.</param>
    /// <exception cref="ArgumentException"><paramref name="version"/> is no version, or none that was proved (1.13 to 2.15).</exception>
    public static TorchProfile For(string version, TorchPlatform platform = TorchPlatform.LinuxX64, CpuCapability cpu = CpuCapability.Avx2)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (!Enum.IsDefined(platform)) { throw new ArgumentOutOfRangeException(nameof(platform), platform, "allowed: the members of TorchPlatform."); }
        if (!Enum.IsDefined(cpu)) { throw new ArgumentOutOfRangeException(nameof(cpu), cpu, "allowed: the members of CpuCapability."); }
        bool arm = platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64;
        return new(ParseVersion(version), platform, arm ? CpuCapability.Default : cpu, arm ? ErfImplementation.Glibc : ErfImplementation.Vendor, LapackImplementation.Vendor);
    }

    /// <summary>Short and unique among official wheels: <c>torch 2.15 linux-x64 avx2</c>.</summary>
    public override string ToString()
        => Platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64 ? $"torch {Version} {Platform.Name()}" : $"torch {Version} {Platform.Name()} {(Cpu == CpuCapability.Avx2 ? "avx2" : "default")}";

    /// <summary>Whether a binary of this profile was run and compared, not only read: its build logs and its machine code. No macOS torch
    /// was run.</summary>
    public bool WasRun => Platform != TorchPlatform.MacOSArm64;

    internal bool Has(int major, int minor) => Version >= new Version(major, minor);

    /// <summary>Refuses what came later than this profile's version.</summary>
    internal void Require(string feature, int major, int minor)
    {
        if (!Has(major, minor)) { throw new NotInThisTorchException(feature, $"{major}.{minor}", Version.ToString()); }
    }

    static Version ParseVersion(string text)
    {
        string[] parts = text.Split('.', 3);
        if (parts.Length < 2 || !ushort.TryParse(parts[0], out ushort major) || !ushort.TryParse(LeadingDigits(parts[1]), out ushort minor))
        {
            throw new ArgumentException($"version '{text}' is no torch version; allowed: {Oldest} to {Newest}, for example '2.10' or '2.6.0+cu124'.", nameof(text));
        }
        Version version = new(major, minor);
        return version switch
        {
            _ when version > Newest => throw new ArgumentException(
                $"version '{text}' is newer than the newest proved one, {Newest}. To go on with its rules, ask for '{Newest}' and check with 'torchinit parity' against your torch.", nameof(text)),
            _ when version < Oldest || version.Major == 1 && version.Minor > Oldest.Minor => throw new ArgumentException(
                $"version '{text}' was not proved; allowed: {Oldest} and 2.0 to {Newest}.", nameof(text)),
            _ => version,
        };
    }

    static ReadOnlySpan<char> LeadingDigits(string text)
    {
        int end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text.AsSpan(0, end);
    }
}
