using System.IO.Compression;

namespace TorchInit;

/// <summary>NumPy's .npz, read only: a zip of .npy files, each named as its tensor.</summary>
public static class Npz
{
    // What deflate can do at best is 1032 to 1; a directory that promises more lies.
    const int MostRatio = 1032;

    /// <summary>Reads all arrays, in the order of the archive. Arrays of plain types that are not read are kept in
    /// <see cref="StateDict.Opaque"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no zip, an entry is no .npy that <see cref="Npy"/> reads, or it expands to more than
    /// <see cref="Limits.Expansion"/> allows.</exception>
    public static StateDict Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Load(stream, path);
    }

    /// <summary>Reads all arrays of a stream, from its beginning to its end.</summary>
    /// <param name="stream">Must seek.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot seek.</exception>
    /// <exception cref="InvalidDataException">It is no zip, an entry is no .npy that <see cref="Npy"/> reads, or it expands to more than
    /// <see cref="Limits.Expansion"/> allows.</exception>
    public static StateDict Load(Stream stream, string name = "the .npz file")
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("stream cannot seek; allowed: one that can, for example a file or a MemoryStream.", nameof(stream));
        }
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            Check(archive, stream.Length, name);
            StateDict tensors = new();
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using Stream elements = entry.Open();
                Npy.Load(elements, entry.Length, $"{name}: {SafetensorsHeader.Show(entry.FullName)}", entry.FullName[..^4], tensors);
            }
            return tensors;
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException($"{name} is a damaged zip: {error.Message}", error);
        }
    }

    /// <summary>Refuses what is no archive of arrays, by its directory alone.</summary>
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
                throw new InvalidDataException($"{name}: {shown} is said to have {entry.Length} bytes in {entry.CompressedLength}; "
                    + $"allowed: what deflate can do, {MostRatio} to 1.");
            }
            expanded += entry.Length;
        }
        long most = limits.Expanded(length);
        if (expanded > most)
        {
            throw new InvalidDataException($"{name} has {length} bytes and expands to {expanded}; allowed: {most} (Limits.Expansion "
                + $"raises that; numpy.savez, which does not compress, needs none).");
        }
    }
}
