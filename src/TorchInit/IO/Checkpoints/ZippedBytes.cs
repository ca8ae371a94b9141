using System.IO.Compression;

namespace TorchInit;

/// <summary>An entry of a zip archive, read sequentially; reading an earlier part starts again from the beginning.</summary>
/// <param name="archive">The archive, read by one thread at a time.</param>
/// <param name="entry">The entry.</param>
/// <param name="name">The file's name in error messages.</param>
sealed class ZippedBytes(ZipArchive archive, ZipArchiveEntry entry, string name) : IStoredBytes
{
    Stream? _open;
    long _position;

    public long Length => entry.Length;

    public void Read(long first, Span<byte> bytes)
    {
        lock (archive)
        {
            try
            {
                if (_open is null || first < _position)
                {
                    _open?.Dispose();
                    (_open, _position) = (entry.Open(), 0);
                }
                Skip(first - _position);
                _open.ReadExactly(bytes);
                _position = first + bytes.Length;
                if (_position < Length) { return; }
            }
            catch (Exception error) when (error is EndOfStreamException or InvalidDataException or NotSupportedException)
            {
                _open?.Dispose();
                _open = null;                 // where it stands is not known
                throw new InvalidDataException($"{name}: {SafetensorsHeader.Show(entry.FullName)} is damaged: {error.Message}", error);
            }
            _open.Dispose();
            _open = null;
        }
    }

    void Skip(long bytes)
    {
        Span<byte> skipped = stackalloc byte[4096];
        while (bytes > 0)
        {
            int part = (int)Math.Min(bytes, skipped.Length);
            _open!.ReadExactly(skipped[..part]);
            (bytes, _position) = (bytes - part, _position + part);
        }
    }
}
