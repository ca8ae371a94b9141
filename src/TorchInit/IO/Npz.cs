using System.IO.Compression;

namespace TorchInit;

/// <summary>NumPy's .npz, read only: a zip of .npy files, each named as its tensor.</summary>
public static class Npz
{
    const int MostEntries = 100_000;

    /// <summary>Reads all arrays, in the order of the archive.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no zip, or an entry is no .npy that <see cref="Npy"/> reads.</exception>
    public static StateDict Load(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        if (archive.Entries.Count > MostEntries) { throw new InvalidDataException($"{path} has {archive.Entries.Count} entries; allowed: at most {MostEntries}."); }
        StateDict tensors = new();
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal)) { throw new InvalidDataException($"{path} has an entry '{entry.FullName}'; allowed: names that end in .npy."); }
            string name = entry.FullName[..^4];
            if (tensors.ContainsKey(name)) { throw new InvalidDataException($"{path} has two entries '{entry.FullName}'; allowed: one."); }
            using Stream stream = entry.Open();
            tensors.Add(name, Npy.Load(stream, $"{path}: {entry.FullName}"));
        }
        return tensors;
    }
}
