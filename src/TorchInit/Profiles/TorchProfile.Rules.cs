namespace TorchInit;

/// <summary>The rules that differ between versions and platforms, each under its name: the one place that compares versions for the sake of
/// bits.</summary>
public sealed partial record TorchProfile
{
    /// <summary>Versions that between them have every rule on every platform, newest first: each rule's first, and the last before a change
    /// that moved many bits.</summary>
    internal static IReadOnlyList<string> Landmarks { get; } = ["2.15", "2.13", "2.12", "2.11", "2.8", "2.1", "2.0", "1.13"];

    /// <summary>The oldest version whose draws on this device have the same bits as this one's: 1.13, 2.0, 2.1, 2.12 or 2.13 on a CPU.
    /// Within such a span only the set of classes and arguments grows.</summary>
    public Version SameDrawsSince => Gpu is not null ? SameCudaDrawsSince : Version switch
    {
        { Major: 1 } => new(1, 13),
        { Minor: 0 } => new(2, 0),
        { Minor: <= 11 } => new(2, 1),
        { Minor: 12 } => new(2, 12),
        _ => new(2, 13),
    };

    // Of versions:

    /// <summary>The logarithm of normals drawn one by one is log1p(−u), before 2.0 log(1−u): 2.8 % of the last bits of float64 tensors
    /// differ.</summary>
    internal bool ScalarLog1p => Has(2, 0);

    /// <summary>float16 has functions of its own (log, sqrt, cos, sin, erfinv, clamp): results are rounded after each; before 2.1 there
    /// were none, or float32's.</summary>
    internal bool HasHalfMath => Has(2, 1);

    /// <summary>16-bit numbers are added in 16 bits, and vectors of all types in the order of that time.</summary>
    internal bool SumsIn16Bits => !Has(2, 1);

    /// <summary>mul_ rounds its factor to a 16-bit tensor's type; since 2.1 it takes it as float32.</summary>
    internal bool RoundsFactorTo16Bits => !Has(2, 1);

    /// <summary>A uniform draw that rounds up to the excluded bound becomes the other one.</summary>
    internal bool IsHalfOpen => Has(2, 12) || Gpu is not null;

    /// <summary>A 16-bit uniform is a float32 draw, rounded once; before, a draw of as many bits as the type's significand has.</summary>
    internal bool Draws16BitsByFloat32 => Has(2, 12) || Gpu is not null;

    /// <summary>trunc_normal_ redraws what is outside; before, it maps uniforms by erfinv.</summary>
    internal bool TruncatesByRejection => Has(2, 12);

    /// <summary>A convolution fills the bias of a weight without inputs; before, it left there what was in memory.</summary>
    internal bool FillsBiasWithoutFan => Has(2, 12);

    internal Normal16Kind Normal16 => Has(2, 13) || Gpu is not null ? Normal16Kind.Float32Block
        : Has(2, 12) ? Normal16Kind.Libm : Normal16Kind.FewBits;

    /// <summary>From so many numbers on, a whole number of a range takes two words. 2.6 still had the older limit, 2.10 has this one; where
    /// between them it changed is assumed.</summary>
    internal ulong WideRange => Gpu is null ? Has(2, 10) ? 1UL << 28 : 1UL << 32 : TakesTwoWordsFrom28Bits ? 1UL << 28 : 1UL << 32;

    /// <summary>A single sample of multinomial with replacement is drawn as one without. Not so in 1.13, so in 2.6; where between them it
    /// changed is assumed.</summary>
    internal bool DrawsSingleSampleByExponentials => Has(2, 0);

    /// <summary>A dropout's mask lies in memory as its input does; in 1.13 row by row. 2.6 does so; where between them it changed is
    /// assumed.</summary>
    internal bool MaskIsLaidAsInput => Has(2, 0);

    /// <summary>Refuses a draw that MKL may make in official x86-64 wheels of these versions.</summary>
    /// <exception cref="NotFollowedException">It may.</exception>
    internal void CheckMkl(string draw, (int Major, int Minor) since)
    {
        if (MayDrawByMkl && Has(since.Major, since.Minor))
        {
            throw new NotFollowedException($"{draw} of an official x86-64 wheel of torch {Version} may be drawn by MKL, whose stream"
                + $" was not"
                + " measured; allowed: torch 2.10 or later, Arm, and builds without MKL (Erf = Glibc or GlibcRounded).");
        }
    }

    /// <summary>Read in the sources: on Intel processors, wheels built with MKL gave it some draws. 2.10 was run on Intel and does
    /// not.</summary>
    bool MayDrawByMkl => Platform is TorchPlatform.LinuxX64 or TorchPlatform.WindowsX64 && Erf == ErfImplementation.Vendor && !Has(2, 10);

    /// <summary>The bits of a uniform draw.</summary>
    internal int UniformBits(DType dtype) => dtype switch
    {
        DType.Float64 => 53,
        DType.Float16 when !Draws16BitsByFloat32 => 11,
        DType.BFloat16 when !Draws16BitsByFloat32 => 8,
        _ => 24,
    };

    // Of platforms (spec 0):

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

    /// <summary>The last step r·c·std + mean of a float32 block: an explicit fma in the AVX2 source, and since 2.13 in the portable
    /// one.</summary>
    internal bool FusedFloat32Tail => FusedFloat64Tail || Float32Normal == NormalKernel.PlainPolynomial;

    internal bool FusedFloat64Tail => Fused || Has(2, 13);

    /// <summary>log, sin and cos of a double are glibc's, which <see cref="Libm"/> has; else those of the machine that this program runs
    /// on.</summary>
    internal bool HasGlibc => Platform is TorchPlatform.LinuxX64 or TorchPlatform.LinuxArm64;

    /// <summary>exp, expm1 and log are SLEEF's with fused multiply-add; a build with MKL takes MKL's, and the portable kernels take
    /// libm's.</summary>
    internal bool HasSleef => Cpu == CpuCapability.Avx2 && Erf != ErfImplementation.Vendor && Gpu is null;

    /// <summary>Arm rounds a double to half at once; x86 by way of float. Proved for 2.1 (by way of float) and 2.8 (at once); between them
    /// the older rule is assumed.</summary>
    internal bool DoubleToHalfAtOnce => Platform is TorchPlatform.LinuxArm64 or TorchPlatform.MacOSArm64 && Has(2, 8);

    internal bool Has(int major, int minor) => Version.Major > major || (Version.Major == major && Version.Minor >= minor);
}
