using System.Runtime.InteropServices;

namespace TorchInit.Tests;

/// <summary>The C library of a Linux machine, to compare with; elsewhere the recorded hashes stand for it.</summary>
static class Glibc
{
    const string Library = "libm.so.6";

    public const string NotHere = "no glibc on this machine; the recorded hash is checked instead";

    /// <summary>glibc's version, for example 2.36; null on other systems.</summary>
    public static Version? Version { get; } = Find();

    [DllImport(Library, EntryPoint = "logf"), SuppressGCTransition]
    public static extern float LogF(float x);

    [DllImport(Library, EntryPoint = "sinf"), SuppressGCTransition]
    public static extern float SinF(float x);

    [DllImport(Library, EntryPoint = "cosf"), SuppressGCTransition]
    public static extern float CosF(float x);

    [DllImport(Library, EntryPoint = "expf"), SuppressGCTransition]
    public static extern float ExpF(float x);

    [DllImport(Library, EntryPoint = "erff"), SuppressGCTransition]
    public static extern float Erff(float x);

    [DllImport(Library, EntryPoint = "erf"), SuppressGCTransition]
    public static extern double Erf(double x);

    [DllImport(Library, EntryPoint = "log1p"), SuppressGCTransition]
    public static extern double Log1p(double x);

    [DllImport("libc.so.6", EntryPoint = "gnu_get_libc_version")]
    static extern IntPtr LibcVersion();

    static Version? Find()
    {
        try
        {
            return OperatingSystem.IsLinux() ? System.Version.Parse(Marshal.PtrToStringAnsi(LibcVersion())!) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException) // musl
        {
            return null;
        }
    }
}
