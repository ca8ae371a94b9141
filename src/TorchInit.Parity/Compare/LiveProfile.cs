using System.Text.RegularExpressions;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>The profile of a torch that answers, from what it reports about itself.</summary>
public static partial class LiveProfile
{
    /// <summary>Version, platform and capability as reported; erf by libc and MKL; LAPACK by the library that is loaded.</summary>
    /// <param name="info">What the oracle reports.</param>
    /// <exception cref="ArgumentException">A version or platform that no profile describes.</exception>
    public static TorchProfile Of(OracleInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        CpuCapability cpu = info.CpuCapability.StartsWith("AVX", StringComparison.Ordinal) ? CpuCapability.Avx2 : CpuCapability.Default;
        return TorchProfile.For(info.Release, TorchPlatformExtensions.Parse(info.Platform), cpu) with { Erf = ErfOf(info), Lapack = LapackOf(info) };
    }

    static ErfImplementation ErfOf(OracleInfo info)
    {
        if (info.Mkl || !info.Libc.StartsWith("glibc ", StringComparison.Ordinal)) { return ErfImplementation.Vendor; }
        return Version.TryParse(info.Libc["glibc ".Length..], out Version? glibc) && glibc >= new Version(2, 41) ? ErfImplementation.GlibcRounded : ErfImplementation.Glibc;
    }

    static LapackImplementation LapackOf(OracleInfo info)
    {
        // Reference LAPACK on another BLAS has other bits as well: that one is loaded beside it.
        Match version = ReferenceLapack().Match(info.Lapack);
        if (info.Mkl || !version.Success || info.Lapack.Contains("openblas", StringComparison.OrdinalIgnoreCase)) { return LapackImplementation.Vendor; }
        return Version.Parse(version.Groups[1].Value) > new Version(3, 12, 0) ? LapackImplementation.Reference312 : LapackImplementation.Reference311;
    }

    [GeneratedRegex(@"^liblapack\.so[.\d]* \(LAPACK (\d+\.\d+\.\d+)\)$")]
    private static partial Regex ReferenceLapack();
}
