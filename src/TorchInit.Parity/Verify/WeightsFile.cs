namespace TorchInit.Parity;

/// <summary>Weights of any framework from a file: .safetensors, .npz, or .npy for one tensor.</summary>
public static class WeightsFile
{
    /// <summary>Reads the file; a .npy has the name "", which stands for the plan's only tensor.</summary>
    /// <param name="path">Its ending says its format.</param>
    /// <exception cref="ArgumentException">The ending is none of the three.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static StateDict Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".SAFETENSORS": return Safetensors.Load(path);
            case ".NPZ": return Npz.Load(path);
            case ".NPY":
                using (FileStream stream = File.OpenRead(path)) { return new() { { "", Npy.Load(stream, path) } }; }
            default:
                throw new ArgumentException($"'{path}' ends in '{Path.GetExtension(path)}'; allowed: .safetensors, .npz, .npy. A "
                + $"pickle (.pt, .bin) runs code when it is read, so it is not.", nameof(path));
        }
    }
}
