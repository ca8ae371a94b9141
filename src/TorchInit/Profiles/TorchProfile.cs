using System.Globalization;

namespace TorchInit;

/// <summary>The torch to follow: version, platform, CPU capability, which erf and LAPACK it calls, and the device it draws on. Nothing else
/// decides bits.</summary>
public sealed partial record TorchProfile
{
    static readonly Version Oldest = new(1, 13);
    static readonly Version Newest = new(2, 15);

    /// <summary>All versions that were checked against torch, oldest first.</summary>
    internal static IReadOnlyList<string> Versions { get; }
        = [$"{Oldest}", .. Enumerable.Range(0, Newest.Minor + 1).Select(minor => $"2.{minor}")];

    TorchProfile(Version version, TorchPlatform platform, CpuCapability cpu, ErfImplementation erf, LapackImplementation lapack)
        => (Version, Platform, Cpu, Erf, Lapack) = (version, platform, cpu, erf, lapack);

    /// <summary>The newest checked version as the official wheel for Linux x64 with AVX2: 2.15.</summary>
    public static TorchProfile Default { get; } = For("2.15");

    /// <summary>Major and minor version; patch releases changed no draw.</summary>
    public Version Version { get; }

    /// <summary>Operating system and processor.</summary>
    public TorchPlatform Platform { get; }

    /// <summary>Which copy of the kernels runs.</summary>
    public CpuCapability Cpu { get; }

    /// <summary>Which error function trunc_normal_ uses up to 2.11.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to what is no member of <see cref="ErfImplementation"/>.</exception>
    public ErfImplementation Erf
    {
        get;
        init => field = Enum.IsDefined(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Erf: allowed: the members of ErfImplementation.");
    }

    /// <summary>Which QR decomposition orthogonal_ uses.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to what is no member of <see cref="LapackImplementation"/>.</exception>
    public LapackImplementation Lapack
    {
        get;
        init => field = Enum.IsDefined(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Lapack: allowed: the members of LapackImplementation.");
    }

    /// <summary>The device's stream and fills.</summary>
    internal FillRules Fills { get; init; } = CpuFills.Instance;

    /// <summary>The profile of a torch version, with the erf and LAPACK of its official wheel.</summary>
    /// <param name="version">As <c>torch.__version__</c> prints it, or shorter: <c>2.10</c>, <c>2.6.0+cu124</c>, <c>1.13.0a0</c>.</param>
    /// <param name="platform">Where that torch runs, not where this program runs.</param>
    /// <param name="cpu">The copy of the kernels; ignored on Arm, which has only one.</param>
    /// <exception cref="ArgumentException"><paramref name="version"/> is not a version, or was not checked (allowed: 1.13, 2.0 to
    /// 2.15).</exception>
    public static TorchProfile For(string version, TorchPlatform platform = TorchPlatform.LinuxX64, CpuCapability cpu = CpuCapability.Avx2)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (!Enum.IsDefined(platform))
        {
            throw new ArgumentOutOfRangeException(nameof(platform), platform, "allowed: the members of TorchPlatform.");
        }
        if (!Enum.IsDefined(cpu)) { throw new ArgumentOutOfRangeException(nameof(cpu), cpu, "allowed: the members of CpuCapability."); }
        bool arm = platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64;
        return new(ParseVersion(version), platform, arm ? CpuCapability.Default : cpu, arm ? ErfImplementation.Glibc
            : ErfImplementation.Vendor, LapackImplementation.Vendor);
    }

    /// <summary>Short and unique among official wheels: <c>torch 2.15 linux-x64 avx2</c>, <c>torch 2.11 cuda:132x2048</c>.</summary>
    public override string ToString()
        => Gpu is not null ? $"torch {Version} {Device}"
            : Platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64 ? $"torch {Version} {Platform.Name()}"
            : $"torch {Version} {Platform.Name()} {(Cpu == CpuCapability.Avx2 ? "avx2" : "default")}";

    /// <summary>Whether torch was run with this profile and compared; otherwise only its build logs and machine code were read. No macOS
    /// torch was run, and on GPUs only 2.11, on an H100 and an H200.</summary>
    public bool WasRun => Gpu is null ? Platform != TorchPlatform.MacOSArm64
        : Version.ToString() == MeasuredOnCuda && (Gpu == Gpu.H100Sxm || Gpu.IsAny);

    /// <summary>Refuses a feature of a version later than this profile's.</summary>
    internal void Require(string feature, int major, int minor)
    {
        if (!Has(major, minor)) { throw new NotInThisTorchException(feature, $"{major}.{minor}", Version.ToString()); }
    }

    static Version ParseVersion(string version)
    {
        string[] parts = version.Split('.', 3);
        if (parts.Length < 2 || !IsNumber(parts[0], out ushort major) || !IsNumber(LeadingDigits(parts[1]), out ushort minor))
        {
            throw new ArgumentException($"version '{version}' is not a torch version; allowed: {Oldest} to {Newest}, for example '2.10' or "
                + $"'2.6.0+cu124'.", nameof(version));
        }
        Version parsed = new(major, minor);
        return parsed switch
        {
            _ when parsed > Newest => throw new ArgumentException(
                $"version '{version}' is newer than the newest checked one, {Newest}. To use its rules, ask for '{Newest}' and check "
                    + $"with 'torchinit parity' against your torch.", nameof(version)),
            _ when parsed < Oldest || parsed.Major == 1 && parsed.Minor > Oldest.Minor => throw new ArgumentException(
                $"version '{version}' was not checked; allowed: {Oldest} and 2.0 to {Newest}.", nameof(version)),
            _ => parsed,
        };
    }

    static bool IsNumber(ReadOnlySpan<char> text, out ushort number)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    static ReadOnlySpan<char> LeadingDigits(string text)
    {
        int end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text.AsSpan(0, end);
    }
}
