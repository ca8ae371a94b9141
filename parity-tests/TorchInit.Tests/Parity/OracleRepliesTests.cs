using System.Buffers.Binary;
using System.Text;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

/// <summary>
/// First frames of workers on every platform, and the profile that each has. Those of Debian 12 and 13 were recorded. No other build was
/// at hand: theirs have what torch.__config__ and the libraries of those builds say, and a digest that is neither reference LAPACK's, as
/// any of a vendor is.
/// </summary>
public class OracleRepliesTests
{
    public static TheoryData<string, string, ErfImplementation, LapackImplementation> Replies => new()
    {
        {
            """
            {"torch": "1.13.0a0", "package": "1.13.1+dfsg-4", "python": "3.11.2", "platform": "linux-x64", "cpu": "AVX2",
            "libc": "glibc 2.36", "blas": "generic", "mkl": false,
            "lapack": "liblapack.so.3.11.0 (LAPACK 3.11.0)", "qr": "b71599d98981306b"}
            """,
            "torch 1.13 linux-x64 avx2", ErfImplementation.Glibc, LapackImplementation.Reference311
        },
        {
            """
            {"torch": "1.13.0a0", "package": "1.13.1+dfsg-4", "python": "3.11.2", "platform": "linux-x64", "cpu": "NO AVX",
            "libc": "glibc 2.36", "blas": "generic", "mkl": false,
            "lapack": "liblapack.so.3.11.0 (LAPACK 3.11.0)", "qr": "b71599d98981306b"}
            """,
            "torch 1.13 linux-x64 default", ErfImplementation.Glibc, LapackImplementation.Reference311
        },
        {
            """
            {"torch": "2.6.0+debian", "package": "2.6.0+dfsg-7", "python": "3.13.5", "platform": "linux-x64", "cpu": "AVX512",
            "libc": "glibc 2.41", "blas": "generic", "mkl": false,
            "lapack": "liblapack.so.3.12.1 (LAPACK 3.12.0)", "qr": "74c84b436aeb46ed"}
            """,
            "torch 2.6 linux-x64 avx2", ErfImplementation.GlibcRounded, LapackImplementation.Reference312
        },
        {
            """
            {"torch": "2.6.0+debian", "package": "2.6.0+dfsg-7", "python": "3.13.5", "platform": "linux-x64", "cpu": "NO AVX",
            "libc": "glibc 2.41", "blas": "generic", "mkl": false,
            "lapack": "liblapack.so.3.12.1 (LAPACK 3.12.0)", "qr": "74c84b436aeb46ed"}
            """,
            "torch 2.6 linux-x64 default", ErfImplementation.GlibcRounded, LapackImplementation.Reference312
        },
        { // an official wheel; a container of it may have a liblapack that torch does not call
            """
            {"torch": "2.11.0+cpu", "package": "2.11.0+cpu", "python": "3.12.3", "platform": "linux-x64", "cpu": "AVX512",
            "libc": "glibc 2.39", "blas": "mkl", "mkl": true,
            "lapack": "Math Kernel Library Version 2024.2-Product Build 20240605 for Intel(R) 64 architecture applications", "qr": "0123456789abcdef"}
            """,
            "torch 2.11 linux-x64 avx2", ErfImplementation.Vendor, LapackImplementation.Vendor
        },
        {
            """
            {"torch": "2.13.0+cpu", "package": "2.13.0+cpu", "python": "3.12.3", "platform": "windows-x64", "cpu": "AVX2",
            "libc": "ucrt", "blas": "mkl", "mkl": true,
            "lapack": "Math Kernel Library Version 2020.0.2 Product Build 20200624 for Intel(R) 64 architecture applications", "qr": "0123456789abcdef"}
            """,
            "torch 2.13 windows-x64 avx2", ErfImplementation.Vendor, LapackImplementation.Vendor
        },
        {
            """
            {"torch": "2.8.0+cpu", "package": "2.8.0", "python": "3.11.2", "platform": "linux-arm64", "cpu": "SVE256",
            "libc": "glibc 2.36", "blas": "open", "mkl": false,
            "lapack": "libopenblas.so.0 (LAPACK 3.11.0)", "qr": "0123456789abcdef"}
            """,
            "torch 2.8 linux-arm64", ErfImplementation.Glibc, LapackImplementation.Vendor
        },
        { // reference LAPACK on OpenBLAS: the name alone would say reference
            """
            {"torch": "2.6.0+debian", "package": "2.6.0+dfsg-7", "python": "3.13.5", "platform": "linux-x64", "cpu": "AVX2",
            "libc": "glibc 2.41", "blas": "generic", "mkl": false,
            "lapack": "liblapack.so.3.12.1 (LAPACK 3.12.0)", "qr": "0123456789abcdef"}
            """,
            "torch 2.6 linux-x64 avx2", ErfImplementation.GlibcRounded, LapackImplementation.Vendor
        },
        {
            """
            {"torch": "2.1.2", "package": "2.1.2", "python": "3.11.6", "platform": "macos-arm64", "cpu": "DEFAULT",
            "libc": "macOS 14.5", "blas": "accelerate", "mkl": false,
            "lapack": "LAPACK_INFO=accelerate", "qr": "0123456789abcdef"}
            """,
            "torch 2.1 macos-arm64", ErfImplementation.Vendor, LapackImplementation.Vendor
        },
        { // a libtorch without LAPACK
            """
            {"torch": "2.10.0", "package": "2.10.0", "python": "3.11.2", "platform": "linux-x64", "cpu": "DEFAULT",
            "libc": "glibc 2.36", "blas": "mkl", "mkl": true,
            "lapack": "", "qr": ""}
            """,
            "torch 2.10 linux-x64 default", ErfImplementation.Vendor, LapackImplementation.Vendor
        },
        { // a worker from before the digest
            """
            {"torch": "2.6.0+debian", "package": "2.6.0+dfsg-7", "python": "3.13.5", "platform": "linux-x64", "cpu": "AVX2",
            "libc": "glibc 2.41", "blas": "generic", "mkl": false,
            "lapack": "liblapack.so.3.12.1 (LAPACK 3.12.0)"}
            """,
            "torch 2.6 linux-x64 avx2", ErfImplementation.GlibcRounded, LapackImplementation.Reference312
        },
    };

    [Theory, MemberData(nameof(Replies))]
    public void Every_platforms_first_frame_has_its_profile(string info, string profile, ErfImplementation erf, LapackImplementation lapack)
    {
        TorchProfile found = LiveProfile.Of(Hello(info));
        Assert.Equal((profile, erf, lapack), (found.ToString(), found.Erf, found.Lapack));
    }

    [Fact]
    public void An_Intel_Mac_is_refused_with_the_reason()
    {
        const string info = """
            {"torch": "2.2.2", "package": "2.2.2", "python": "3.11.6", "platform": "macos-x64", "cpu": "AVX2",
            "libc": "macOS 13.6", "blas": "accelerate", "mkl": true, "lapack": "", "qr": ""}
            """;
        ArgumentException error = Assert.Throws<ArgumentException>(() => LiveProfile.Of(Hello(info)));
        Assert.Contains("Intel Macs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_two_orders_of_reference_LAPACK_are_told_apart()
    {
        Assert.Equal("b71599d98981306b", QrProbe.Digest(LapackVariant.Reference311));
        Assert.Equal("74c84b436aeb46ed", QrProbe.Digest(LapackVariant.Reference312));
    }

    static OracleInfo Hello(string info)
    {
        byte[] header = Encoding.UTF8.GetBytes($$"""{"protocol": 1, "info": {{info}}}""");
        byte[] frame = new byte[12 + header.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)header.Length);
        header.CopyTo(frame, 12);
        (OracleInfo? read, string why) = OracleWire.ReadHello(new MemoryStream(frame));
        return read ?? throw new InvalidOperationException(why);
    }
}
