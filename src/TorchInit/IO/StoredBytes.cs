using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>Bytes that lie in a file until somebody asks for them.</summary>
interface IStoredBytes
{
    /// <summary>How many.</summary>
    long Length { get; }

    /// <summary>Reads from <paramref name="first"/> on; several threads may ask at once.</summary>
    /// <exception cref="InvalidDataException">The file has fewer than it had.</exception>
    void Read(long first, Span<byte> bytes);
}

/// <summary>A run of bytes of a file, which stays open as long as somebody may ask.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">Where the run begins.</param>
/// <param name="length">How many bytes it has.</param>
/// <param name="name">What errors call the file.</param>
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
/// <param name="whole">What it is a part of.</param>
/// <param name="offset">Where it begins there.</param>
/// <param name="length">How many bytes it has.</param>
sealed class StoredPart(IStoredBytes whole, long offset, long length) : IStoredBytes
{
    public long Length => length;

    public void Read(long first, Span<byte> bytes) => whole.Read(offset + first, bytes);
}
