using System.IO.Compression;

namespace TorchInit;

/// <summary>Reads NumPy's .npz: a zip of .npy files, each named after its tensor.</summary>
public static class Npz
{
    // Deflate compresses at most 1032 to 1; a directory that claims more is false.
    const int MostRatio = 1032;

    /// <summary>Reads all arrays, in the order of the archive. Arrays of other plain types are kept in
    /// <see cref="StateDict.Opaque"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a zip, an entry is not a .npy that <see cref="Npy"/> reads or has another
    /// checksum than the zip states, or it expands to more than <see cref="Limits.Expansion"/> allows.</exception>
    public static StateDict Load(string path)
        => InputFile.Read(path, FileFormat.Npz, stream => Load(stream, path));

    /// <summary>Reads all arrays of a stream, from its beginning to its end.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <param name="name">Its name in error messages.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot seek.</exception>
    /// <exception cref="InvalidDataException">The stream is not a zip, an entry is not a .npy that <see cref="Npy"/> reads or has another
    /// checksum than the zip states, or it expands to more than <see cref="Limits.Expansion"/> allows.</exception>
    public static StateDict Load(Stream stream, string name = "the .npz file")
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("stream cannot seek; allowed: one that can, for example a file or a MemoryStream.", nameof(stream));
        }
        try
        {
            using ZipArchive archive = Opened(stream, name);
            Check(archive, stream.Length, name);
            StateDict tensors = new();
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using Stream stored = entry.Open();
                using Crc32Stream elements = new(stored);
                string shown = $"{name}: {SafetensorsHeader.Show(entry.FullName)}";
                Npy.Load(elements, entry.Length, shown, entry.FullName[..^4], tensors);
                elements.ReadToEnd();
                if (elements.Sum != entry.Crc32)
                {
                    throw new InvalidDataException($"{shown} is damaged: its bytes have the CRC-32 {elements.Sum:x8}, and the archive says "
                        + $"{entry.Crc32:x8}.");
                }
            }
            return tensors;
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException($"{name} is a damaged zip: {error.Message}", error);
        }
    }

    static ZipArchive Opened(Stream stream, string name)
    {
        try { return new(stream, ZipArchiveMode.Read, leaveOpen: true); }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(stream.Length == 0 ? $"{name} is empty; allowed: a zip of .npy files."
                : $"{name} is not a zip: {error.Message}", error);
        }
    }

    /// <summary>Refuses what is not an archive of arrays, by reading only its directory.</summary>
    static void Check(ZipArchive archive, long length, string name)
    {
        Limits limits = Limits.Current;
        if (archive.Entries.Count > limits.Tensors)
        {
            throw new InvalidDataException($"{name} has {archive.Entries.Count} entries; "
                + $"{Limits.Allowed(limits.Tensors, nameof(Limits.Tensors))}.");
        }
        HashSet<string> names = new(StringComparer.Ordinal);
        Int128 expanded = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string shown = SafetensorsHeader.Show(entry.FullName);
            if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
            {
                throw new InvalidDataException($"{name} has an entry {shown}; allowed: names that end in .npy.");
            }
            if (!names.Add(entry.FullName)) { throw new InvalidDataException($"{name} has two entries {shown}; allowed: one."); }
            if (entry.Length < 0 || entry.Length > (Int128)MostRatio * entry.CompressedLength)
            {
                throw new InvalidDataException($"{name}: {shown} claims to expand from {entry.CompressedLength} to {entry.Length} bytes; "
                    + $"allowed: at most {MostRatio} to 1, deflate's limit.");
            }
            expanded += entry.Length;
        }
        long most = limits.Expanded(length);
        if (expanded > most)
        {
            throw new InvalidDataException($"{name} has {length} bytes and expands to {expanded}; allowed: {most} (raise Limits.Expansion "
                + $"for more; files of numpy.savez are not compressed and stay below it).");
        }
    }
}
