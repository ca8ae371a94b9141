using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>Bytes that stay in a file until they are needed.</summary>
interface IStoredBytes
{
    /// <summary>The number of bytes.</summary>
    long Length { get; }

    /// <summary>Reads from <paramref name="first"/> on; several threads may read at once.</summary>
    /// <exception cref="InvalidDataException">The file has become shorter.</exception>
    void Read(long first, Span<byte> bytes);
}

/// <summary>A run of bytes of a file, which stays open as long as it may be read.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">The first byte of the run.</param>
/// <param name="length">The number of bytes.</param>
/// <param name="name">The file's name in error messages.</param>
sealed class FileBytes(SafeFileHandle file, long offset, long length, string name) : IStoredBytes
{
    public long Length => length;

    public void Read(long first, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(file, bytes, offset + first);
            if (read == 0) { throw new InvalidDataException($"{name} became shorter while it was read."); }
            first += read;
            bytes = bytes[read..];
        }
    }
}

/// <summary>A part of stored bytes.</summary>
/// <param name="whole">The bytes that it is a part of.</param>
/// <param name="offset">Where the part begins.</param>
/// <param name="length">The number of bytes.</param>
sealed class StoredPart(IStoredBytes whole, long offset, long length) : IStoredBytes
{
    public long Length => length;

    public void Read(long first, Span<byte> bytes) => whole.Read(offset + first, bytes);
}
