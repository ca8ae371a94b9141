namespace TorchInit.Oracle;

/// <summary>Which torch answers, and what else affects the bits of its answers.</summary>
/// <param name="TorchVersion"><c>torch.__version__</c>, for example <c>2.13.0+cpu</c>; Debian's 1.13.1 says <c>1.13.0a0</c>.</param>
/// <param name="PackageVersion">The version of the distribution, for example <c>1.13.1+dfsg-4</c>; this is the reliable one.</param>
/// <param name="PythonVersion">For example <c>3.11.2</c>.</param>
/// <param name="Platform"><c>linux-x64</c>, <c>windows-x64</c>, <c>linux-arm64</c>, <c>macos-arm64</c>, or another system and
/// machine.</param>
/// <param name="CpuCapability">Which version of the kernels runs, in torch's words: <c>AVX2</c>, <c>AVX512</c>, <c>DEFAULT</c> or <c>NO
/// AVX</c>, on Arm also <c>SVE256</c>.</param>
/// <param name="Libc">For example <c>glibc 2.36</c>: its erff, log, sin and cos affect the last bits.</param>
/// <param name="Blas">torch's <c>BLAS_INFO</c>, for example <c>generic</c> or <c>mkl</c>.</param>
/// <param name="Mkl">Whether torch is built with MKL, whose erfinv, log and QR it then uses.</param>
/// <param name="Lapack">The library that computes QR, with its version if it states one: <c>liblapack.so.3.11.0 (LAPACK
/// 3.11.0)</c>.</param>
/// <param name="QrDigest">A digest, 16 hexadecimal digits, of the Q that this LAPACK and its BLAS compute for a fixed matrix: it identifies
/// their order of operations, whatever they are called. Empty if torch has no LAPACK or the worker is older.</param>
/// <param name="Gpu">The GPU that draws; null if the CPU does.</param>
public sealed record OracleInfo(
    string TorchVersion, string PackageVersion, string PythonVersion, string Platform, string CpuCapability, string Libc, string Blas,
        bool Mkl, string Lapack, string QrDigest = "", OracleGpu? Gpu = null)
{
    /// <summary>The release of torch, digits and dots only: <see cref="PackageVersion"/> up to the first <c>+</c>, <c>-</c> or
    /// <c>~</c>.</summary>
    public string Release => PackageVersion.Split('+', '-', '~')[0];
}

/// <summary>The properties of a GPU that affect its draws.</summary>
/// <param name="Name">The driver's name for it.</param>
/// <param name="Multiprocessors"><c>multi_processor_count</c>.</param>
/// <param name="ThreadsPerMultiprocessor"><c>max_threads_per_multi_processor</c>.</param>
public sealed record OracleGpu(string Name, int Multiprocessors, int ThreadsPerMultiprocessor);
