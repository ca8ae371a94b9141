using System.IO.Compression;

namespace TorchInit;

/// <summary>What a zip archive holds, by the names of its entries.</summary>
static class ZipContent
{
    /// <summary>Looks at the directory, which is at the end of the archive.</summary>
    public static FileContent Of(Stream stream)
    {
        string[] names;
        try
        {
            stream.Position = 0;
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            names = [.. archive.Entries.Take(Limits.Current.Tensors).Select(entry => entry.FullName)];
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException
            or NotSupportedException or IOException)
        {
            return new(FileFormat.None, "begins as a zip archive, and the directory at its end is missing or damaged: it was cut short",
                "Copy or download it again.");
        }
        if (names.Any(name => name.EndsWith("/data.pkl", StringComparison.Ordinal)))
        {
            return names.Any(name => name.Contains("/code/", StringComparison.Ordinal))
                ? new(FileFormat.None, "is a TorchScript program", TorchCheckpoint.OfScript)
                : new(FileFormat.Checkpoint, "is a file of torch.save");
        }
        if (names.Length > 0 && names.All(name => name.EndsWith(".npy", StringComparison.Ordinal)))
        {
            return new(FileFormat.Npz, "is a .npz file");
        }
        string shown = names.Length == 0 ? "is a zip archive without entries"
            : $"is a zip archive of {string.Join(", ", names.Take(3).Select(SafetensorsHeader.Show))}{(names.Length > 3 ? ", …" : "")}";
        return names.Contains("model.weights.h5")
            ? new(FileFormat.None, "is a model of Keras", "Save its weights as .npz or .safetensors in Python.")
            : new(FileFormat.None, shown, "Unpack it, and name the file inside that has the weights.");
    }
}
