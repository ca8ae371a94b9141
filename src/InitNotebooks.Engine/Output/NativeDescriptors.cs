using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace InitNotebooks.Engine;

/// <summary>The libc calls that replace and read a descriptor.</summary>
static class NativeDescriptors
{
    const int PunchHoleKeepSize = 3;

    /// <exception cref="IOException">No descriptor is left.</exception>
    public static int Duplicate(int descriptor)
        => Dup(descriptor) is >= 0 and int copy ? copy
            : throw new IOException($"descriptor {descriptor} could not be copied: error {Marshal.GetLastPInvokeError()}");

    /// <exception cref="IOException">The descriptor cannot be replaced.</exception>
    public static void Replace(int descriptor, int by)
    {
        if (Dup2(by, descriptor) < 0)
        {
            throw new IOException($"descriptor {descriptor} could not be replaced: error {Marshal.GetLastPInvokeError()}");
        }
    }

    /// <summary>Reads the next bytes; less than 1 at the end.</summary>
    public static int Read(int descriptor, byte[] buffer) => (int)ReadBytes(descriptor, buffer, buffer.Length);

    /// <summary>Flushes C's stdio.</summary>
    public static void FlushStreams() => _ = Flush(0);

    /// <summary>Frees the disk space of part of a file, if the file system can (Linux).</summary>
    public static void Free(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux() && length > 0) { _ = Allocate((int)file.DangerousGetHandle(), PunchHoleKeepSize, offset, length); }
    }

    [DllImport("libc", EntryPoint = "dup", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Dup(int descriptor);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Dup2(int from, int to);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint ReadBytes(int descriptor, [Out] byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "fflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Flush(nint stream);

    [DllImport("libc", EntryPoint = "fallocate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Allocate(int descriptor, int mode, long offset, long length);
}
