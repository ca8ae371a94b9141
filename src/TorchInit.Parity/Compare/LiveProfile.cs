using System.Text.RegularExpressions;
using TorchInit.Oracle;

namespace TorchInit.Parity;

/// <summary>The profile of a torch that answers, from what it reports about itself.</summary>
public static partial class LiveProfile
{
    /// <summary>Version, platform and capability as reported; erf from libc and MKL; LAPACK from the bits of a QR decomposition. If a GPU
    /// draws, version and GPU; it is the default device.</summary>
    /// <param name="info">The oracle's report about itself.</param>
    /// <exception cref="ArgumentException">No profile describes the version or platform.</exception>
    public static TorchProfile Of(OracleInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.Gpu is { } gpu)
        {
            return TorchProfile.Cuda(info.Release, new(gpu.Multiprocessors, gpu.ThreadsPerMultiprocessor)) with { IsDefaultDevice = true };
        }
        CpuCapability cpu = info.CpuCapability.StartsWith("AVX", StringComparison.Ordinal) ? CpuCapability.Avx2 : CpuCapability.Default;
        return TorchProfile.For(info.Release, TorchPlatform.Parse(info.Platform), cpu) with { Erf = ErfOf(info), Lapack = LapackOf(info) };
    }

    static ErfImplementation ErfOf(OracleInfo info)
    {
        if (info.Mkl || !info.Libc.StartsWith("glibc ", StringComparison.Ordinal)) { return ErfImplementation.Vendor; }
        return Version.TryParse(info.Libc["glibc ".Length..], out Version? glibc) && glibc >= new Version(2, 41)
            ? ErfImplementation.GlibcRounded : ErfImplementation.Glibc;
    }

    // Identified by what it computes; failing that, by its file: LAPACK 3.12.1 states that it is 3.12.0, and so does 3.12.0, whose order of
    // operations differs.
    static LapackImplementation LapackOf(OracleInfo info)
        => info.QrDigest.Length > 0 ? QrProbe.Recognise(info.QrDigest) : LapackOfFile(info);

    static LapackImplementation LapackOfFile(OracleInfo info)
    {
        // Reference LAPACK on another BLAS has other bits too, and that BLAS is loaded beside it.
        Match library = ReferenceLapack().Match(info.Lapack);
        if (info.Mkl || !library.Success) { return LapackImplementation.Vendor; }
        Version stated = Version.Parse(library.Groups["stated"].Value);
        if (Version.TryParse(library.Groups["file"].Value, out Version? file) && file.Build >= 0)
        {
            return file >= new Version(3, 12, 1) ? LapackImplementation.Reference312 : LapackImplementation.Reference311;
        }
        return stated < new Version(3, 12, 0) ? LapackImplementation.Reference311
            : stated > new Version(3, 12, 0) ? LapackImplementation.Reference312
            : LapackImplementation.Vendor;
    }

    [GeneratedRegex(@"^liblapack\.so\.?(?<file>[.\d]*) \(LAPACK (?<stated>\d+\.\d+\.\d+)\)$")]
    private static partial Regex ReferenceLapack();
}
