namespace TorchInit.Parity;

/// <summary>Weights of any framework from a file: .safetensors, .pt and the like, .npz, .npy for one tensor, or an index of
/// shards.</summary>
public static class WeightsFile
{
    const string Allowed = ".safetensors, .pt, .pth, .bin, .ckpt, .npz, .npy, .index.json";

    /// <summary>Reads the file; a .npy has the name "", which stands for the plan's only tensor.</summary>
    /// <param name="path">The file; its extension determines the format.</param>
    /// <exception cref="ArgumentException">The extension is none of those.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a checkpoint has more than data in it.</exception>
    public static StateDict Load(string path) => Read(path, isStored: false);

    /// <summary>The same, for a caller that reads files of another ending itself.</summary>
    internal static StateDict Load(string path, string also) => Read(path, isStored: false, also);

    /// <summary>The same, but elements stay in the file until they are read: those of .safetensors, also in shards, and of
    /// torch.save's zip archives. They are read-only.</summary>
    /// <param name="path">The file; its extension determines the format.</param>
    /// <exception cref="ArgumentException">The extension is none of those.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a checkpoint has more than data in it.</exception>
    internal static StateDict Open(string path) => Read(path, isStored: true);

    /// <exception cref="IOException">The path is a folder.</exception>
    internal static void CheckFile(string path)
    {
        if (Directory.Exists(path)) { throw new IOException($"'{path}' is a folder; allowed: a file."); }
    }

    static StateDict Read(string path, bool isStored, string also = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        CheckFile(path);
        try { return Tensors(path, isStored, also); }
        catch (InvalidDataException error) when (!error.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    static StateDict Tensors(string path, bool isStored, string also)
    {
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".SAFETENSORS": return isStored ? Safetensors.Open(path) : Safetensors.Load(path);
            case ".PT" or ".PTH" or ".BIN" or ".CKPT" or ".PKL": return isStored ? TorchCheckpoint.Open(path) : TorchCheckpoint.Load(path);
            case ".NPZ": return Npz.Load(path);
            case ".NPY": return new() { { "", Npy.Load(path) } };
            case ".JSON": return ShardIndex.Read(path, isStored ? Open : Load);
            default:
                string ending = Path.GetExtension(path), allowed = also.Length > 0 ? $"{Allowed}, {also}" : Allowed;
                throw new ArgumentException($"'{path}' {(ending.Length == 0 ? "has no ending" : $"ends in '{ending}'")}; allowed: {allowed}"
                + $"{NearestNames.Ending(ending, allowed.Split(", "))}.", nameof(path));
        }
    }
}
