namespace TorchInit;

/// <summary>The rules that differ between versions and platforms, each with a name. No other code compares versions to decide
/// bits.</summary>
public sealed partial record TorchProfile
{
    /// <summary>Versions, newest first, that together cover every rule on every platform: the first version of each rule, and the last
    /// before a change that moved many bits.</summary>
    internal static IReadOnlyList<string> Landmarks { get; } = ["2.15", "2.13", "2.12", "2.11", "2.8", "2.1", "2.0", "1.13"];

    /// <summary>The oldest version that draws the same bits as this one on this device: 1.13, 2.0, 2.1, 2.12 or 2.13 on a CPU. Within such
    /// a span, versions only add classes and arguments.</summary>
    public Version SameDrawsSince => Gpu is not null ? SameCudaDrawsSince : Version switch
    {
        { Major: 1 } => new(1, 13),
        { Minor: 0 } => new(2, 0),
        { Minor: <= 11 } => new(2, 1),
        { Minor: 12 } => new(2, 12),
        _ => new(2, 13),
    };

    // Rules of versions:

    /// <summary>Normals drawn one by one take their logarithm as log1p(−u); before 2.0 as log(1−u), which changes the last bit of 2.8 % of
    /// float64 elements.</summary>
    internal bool ScalarLog1p => Has(2, 0);

    /// <summary>float16 has its own log, sqrt, cos, sin, erfinv and clamp, each rounding its result; before 2.1 it had none, or used
    /// float32's.</summary>
    internal bool HasHalfMath => Has(2, 1);

    /// <summary>16-bit sums are accumulated in 16 bits, and vectors of all types in the order used before 2.1.</summary>
    internal bool SumsIn16Bits => !Has(2, 1);

    /// <summary>mul_ rounds its factor to a 16-bit tensor's type; since 2.1 the factor stays float32.</summary>
    internal bool RoundsFactorTo16Bits => !Has(2, 1) && Gpu is null;

    /// <summary>A uniform draw that rounds up to the excluded bound becomes the lower bound.</summary>
    internal bool IsHalfOpen => Has(2, 12) || Gpu is not null;

    /// <summary>A 16-bit uniform is a float32 draw, rounded once; before, a draw with as many bits as the type's significand.</summary>
    internal bool Draws16BitsByFloat32 => Has(2, 12) || Gpu is not null;

    /// <summary>trunc_normal_ redraws elements outside the range; before, it mapped uniforms with erfinv.</summary>
    internal bool TruncatesByRejection => Has(2, 12);

    /// <summary>A convolution fills the bias of a weight without inputs; before, it left that bias uninitialised.</summary>
    internal bool FillsBiasWithoutFan => Has(2, 12);

    internal Normal16Kind Normal16 => Has(2, 13) || Gpu is not null ? Normal16Kind.Float32Block
        : Has(2, 12) ? Normal16Kind.Libm : Normal16Kind.FewBits;

    /// <summary>Whether an integer from a range takes two words: from a range of 2²⁸ or more; before, of 2³² or more and of these types
    /// only. 2.6 still had the older rule, 2.10 has this one; the version in between that changed it is assumed.</summary>
    internal bool IsWide(ulong range, DType dtype)
        => (Gpu is null ? Has(2, 10) : TakesTwoWordsFrom28Bits) ? range >= 1UL << 28
            : range >= 1UL << 32 && dtype is (DType.Int64 or DType.Float64 or DType.Float32 or DType.BFloat16);

    /// <summary>multinomial draws a single sample with replacement as if without. 1.13 does not, 2.6 does; the version in between that
    /// changed it is assumed.</summary>
    internal bool DrawsSingleSampleByExponentials => Has(2, 0);

    /// <summary>A dropout mask has its input's memory layout; in 1.13 it is row-major. 2.6 has the new layout; the version in between that
    /// changed it is assumed.</summary>
    internal bool MaskIsLaidAsInput => Has(2, 0);

    /// <summary>Refuses a draw that MKL may make in official x86-64 wheels of these versions.</summary>
    /// <exception cref="NotFollowedException">MKL may make this draw.</exception>
    internal void CheckMkl(string draw, (int Major, int Minor) since)
    {
        if (MayDrawByMkl && Has(since.Major, since.Minor))
        {
            throw new NotFollowedException($"{draw} of an official x86-64 wheel of torch {Version} may come from MKL, whose stream"
                + $" was not"
                + " measured; allowed: torch 2.10 or later, Arm, and builds without MKL (Erf = Glibc or GlibcRounded).");
        }
    }

    /// <summary>According to the sources, wheels built with MKL let it make some draws on Intel processors. 2.10 was run on Intel and does
    /// not.</summary>
    bool MayDrawByMkl => Platform is TorchPlatform.LinuxX64 or TorchPlatform.WindowsX64 && Erf == ErfImplementation.Vendor && !Has(2, 10);

    /// <summary>The number of random bits in a uniform draw.</summary>
    internal int UniformBits(DType dtype) => dtype switch
    {
        DType.Float64 => 53,
        DType.Float16 when !Draws16BitsByFloat32 => 11,
        DType.BFloat16 when !Draws16BitsByFloat32 => 8,
        _ => 24,
    };

    // Rules of platforms (spec 0):

    /// <summary>
    /// Whether the compiler fused a·b+c: GCC for AVX2 and Arm, Clang 14 and later for Arm; not MSVC, not GCC for plain x86-64. macOS wheels
    /// were built with Xcode 13.3.1 (Clang 13, which did not fuse) up to 2.1 and with 14.3.1 since 2.2 (pull request 110432).
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

    /// <summary>The last step r·c·std + mean of a float32 block is fused: an explicit fma in the AVX2 source, and since 2.13 in the
    /// portable source too.</summary>
    internal bool FusedFloat32Tail => FusedFloat64Tail || Float32Normal == NormalKernel.PlainPolynomial;

    internal bool FusedFloat64Tail => Fused || Has(2, 13);

    /// <summary>log, sin and cos of doubles are glibc's, which <see cref="Libm"/> reproduces; else those of the machine this program runs
    /// on.</summary>
    internal bool HasGlibc => Platform is TorchPlatform.LinuxX64 or TorchPlatform.LinuxArm64;

    /// <summary>exp, expm1 and log are SLEEF's with fused multiply-add; builds with MKL use MKL's, and the portable kernels use
    /// libm's.</summary>
    internal bool HasSleef => Cpu == CpuCapability.Avx2 && Erf != ErfImplementation.Vendor && Gpu is null;

    /// <summary>A double is rounded to half directly on Arm, via float on x86. Measured for 2.1 (via float) and 2.8 (directly); in between
    /// the older rule is assumed.</summary>
    internal bool DoubleToHalfAtOnce => Platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64 && Has(2, 8);

    internal bool Has(int major, int minor) => Version.Major > major || (Version.Major == major && Version.Minor >= minor);
}
