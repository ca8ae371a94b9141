namespace TorchInit.Parity;

/// <summary>Weights of any framework from a file: .safetensors, .pt and the like, .npz, .npy for one tensor, an index of shards, or numbers
/// as torch prints them.</summary>
public static class WeightsFile
{
    const string Allowed = ".safetensors, .pt, .pth, .bin, .ckpt, .npz, .npy, .index.json, .txt";

    /// <summary>Reads the file; a .npy has the name "", which stands for the plan's only tensor.</summary>
    /// <param name="path">The file; its extension determines the format.</param>
    /// <exception cref="ArgumentException">The extension is none of those.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a checkpoint has more than data in it.</exception>
    public static StateDict Load(string path) => Read(path, isStored: false);

    /// <summary>The same, but elements stay in the file until they are read: those of .safetensors, also in shards, and of
    /// torch.save's zip archives. They are read-only.</summary>
    /// <param name="path">The file; its extension determines the format.</param>
    /// <exception cref="ArgumentException">The extension is none of those.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a checkpoint has more than data in it.</exception>
    internal static StateDict Open(string path) => Read(path, isStored: true);

    static StateDict Read(string path, bool isStored)
    {
        ArgumentNullException.ThrowIfNull(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".SAFETENSORS": return isStored ? Safetensors.Open(path) : Safetensors.Load(path);
            case ".PT" or ".PTH" or ".BIN" or ".CKPT" or ".PKL": return isStored ? TorchCheckpoint.Open(path) : TorchCheckpoint.Load(path);
            case ".NPZ": return Npz.Load(path);
            case ".NPY":
                using (FileStream stream = File.OpenRead(path)) { return new() { { "", Npy.Load(stream, path) } }; }
            case ".JSON": return ShardIndex.Read(path, isStored ? Open : Load);
            default:
                throw new ArgumentException($"'{path}' ends in '{Path.GetExtension(path)}'; allowed: {Allowed}"
                + $"{NearestNames.Ending(Path.GetExtension(path), Allowed.Split(", "))}.", nameof(path));
        }
    }
}
