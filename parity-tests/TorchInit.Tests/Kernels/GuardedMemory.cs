using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchInit.Tests;

/// <summary>Memory with a page behind it that no access survives: a kernel that reads or writes past its span ends the test run. Linux;
/// elsewhere plain memory.</summary>
sealed class GuardedMemory : IDisposable
{
    const int Page = 4096;
    readonly nint _start;
    readonly nint _bytes;
    readonly byte[] _plain = [];

    public GuardedMemory(int bytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            _plain = new byte[bytes];
            return;
        }
        _bytes = (bytes + 2 * Page - 1) / Page * Page;
        _start = mmap(0, _bytes, 3, 0x22, -1, 0);       // read and write; private, anonymous
        Assert.NotEqual(-1, _start);
        Assert.Equal(0, mprotect(_start + _bytes - Page, Page, 0));
    }

    /// <summary>The last <paramref name="count"/> elements before the guard, so that lengths give every alignment.</summary>
    public Span<T> Last<T>(int count)
        where T : unmanaged
    {
        int size = count * Unsafe.SizeOf<T>();
        return _start == 0
            ? MemoryMarshal.Cast<byte, T>(_plain.AsSpan(_plain.Length - size))
            : MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), _start + _bytes - Page - size), count);
    }

    public void Dispose()
    {
        if (_start != 0) { _ = munmap(_start, _bytes); }
    }

    [DllImport("libc")]
    static extern nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc")]
    static extern int mprotect(nint address, nint length, int protection);

    [DllImport("libc")]
    static extern int munmap(nint address, nint length);
}
