using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Boundaries of cache lines, which a vector store should not cross.</summary>
static class CacheLine
{
    const int Bytes = 64;

    /// <summary>Words per line.</summary>
    public const int Words = Bytes / sizeof(uint);

    /// <summary>Words to the next boundary: 0 to 15. Affects speed only, since the garbage collector may move the memory.</summary>
    public static int WordsBefore(ref uint place)
        => (int)(-(long)Unsafe.ByteOffset(ref Unsafe.NullRef<uint>(), ref place) & (Bytes - 1)) / sizeof(uint);
}
