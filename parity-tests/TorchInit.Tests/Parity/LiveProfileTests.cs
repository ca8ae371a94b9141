using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

public class LiveProfileTests
{
    static OracleInfo Info(string package, string platform = "linux-x64", string cpu = "AVX2", string libc = "glibc 2.36",
        bool mkl = false, string lapack = "liblapack.so.3.11.0 (LAPACK 3.11.0)")
        => new(package, package, "3.11.2", platform, cpu, libc, "generic", mkl, lapack);

    [Theory]
    [InlineData("1.13.1+dfsg-4", "AVX2", "torch 1.13 linux-x64 avx2")]
    [InlineData("1.13.1+dfsg-4", "NO AVX", "torch 1.13 linux-x64 default")]
    [InlineData("2.13.0+cpu", "AVX512", "torch 2.13 linux-x64 avx2")]
    [InlineData("2.15.0", "DEFAULT", "torch 2.15 linux-x64 default")]
    public void Version_and_capability_are_the_reported_ones(string package, string cpu, string profile)
        => Assert.Equal(profile, LiveProfile.Of(Info(package, cpu: cpu)).ToString());

    [Theory]
    [InlineData("linux-arm64", "SVE256", "torch 2.13 linux-arm64")]
    [InlineData("windows-x64", "AVX2", "torch 2.13 windows-x64 avx2")]
    [InlineData("macos-arm64", "DEFAULT", "torch 2.13 macos-arm64")]
    public void Platforms_too(string platform, string cpu, string profile)
        => Assert.Equal(profile, LiveProfile.Of(Info("2.13.0", platform, cpu)).ToString());

    [Fact]
    public void A_platform_that_was_not_proved_is_refused()
        => Assert.Throws<ArgumentException>(() => LiveProfile.Of(Info("2.13.0", "linux-riscv64")));

    [Theory]
    [InlineData("glibc 2.36", false, ErfImplementation.Glibc)]
    [InlineData("glibc 2.40", false, ErfImplementation.Glibc)]
    [InlineData("glibc 2.41", false, ErfImplementation.GlibcRounded)]
    [InlineData("glibc 2.41", true, ErfImplementation.Vendor)]
    [InlineData("ucrt", false, ErfImplementation.Vendor)]
    [InlineData("musl 1.2.5", false, ErfImplementation.Vendor)]
    public void Erf_is_libcs_or_MKLs(string libc, bool mkl, ErfImplementation erf)
        => Assert.Equal(erf, LiveProfile.Of(Info("2.6.0", libc: libc, mkl: mkl)).Erf);

    [Theory]
    [InlineData("liblapack.so.3.11.0 (LAPACK 3.11.0)", LapackImplementation.Reference311)]
    [InlineData("liblapack.so.3.12.0 (LAPACK 3.12.0)", LapackImplementation.Reference311)]
    [InlineData("liblapack.so.3.12.1 (LAPACK 3.12.0)", LapackImplementation.Reference312)]
    [InlineData("liblapack.so.3 (LAPACK 3.11.0)", LapackImplementation.Reference311)]
    [InlineData("liblapack.so.3 (LAPACK 3.12.0)", LapackImplementation.Vendor)]
    [InlineData("liblapack.so.3.11.0", LapackImplementation.Vendor)]
    [InlineData("liblapack.so.3.12.1 (LAPACK 3.12.1)", LapackImplementation.Reference312)]
    [InlineData("libopenblas.so.0 (LAPACK 3.11.0)", LapackImplementation.Vendor)]
    [InlineData("liblapack.so.3.11.0 (LAPACK 3.11.0), libopenblasp-r0.3.21.so", LapackImplementation.Vendor)]
    [InlineData("Math Kernel Library Version 2024.2", LapackImplementation.Vendor)]
    [InlineData("", LapackImplementation.Vendor)]
    public void LAPACK_is_exact_only_as_the_reference_on_the_reference(string lapack, LapackImplementation expected)
        => Assert.Equal(expected, LiveProfile.Of(Info("2.6.0", lapack: lapack)).Lapack);
}
