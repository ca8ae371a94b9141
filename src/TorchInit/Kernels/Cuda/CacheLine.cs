using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Borders of cache lines, which a vector's store had better not cross.</summary>
static class CacheLine
{
    const int Bytes = 64;

    /// <summary>Words of a line.</summary>
    public const int Words = Bytes / sizeof(uint);

    /// <summary>Words up to the next border: 0 to 15. The collector may move the memory: it is for speed alone.</summary>
    public static int WordsBefore(ref uint place)
        => (int)(-(long)Unsafe.ByteOffset(ref Unsafe.NullRef<uint>(), ref place) & (Bytes - 1)) / sizeof(uint);
}
