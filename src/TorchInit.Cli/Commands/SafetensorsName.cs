namespace TorchInit.Cli;

/// <summary>The name of a safetensors file to write.</summary>
static class SafetensorsName
{
    static readonly string[] s_others = [".pt", ".pth", ".bin", ".ckpt", ".pkl", ".npz", ".npy", ".json", ".h5", ".onnx", ".gguf"];

    /// <summary>Refuses names that other programs, and <c>verify</c>, would read as another format.</summary>
    public static void Check(string option, string path)
    {
        string ending = Path.GetExtension(path);
        if (s_others.Contains(ending, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"{option} is {path}, but what is written is in the safetensors format; allowed: a name that "
                + "ends in .safetensors.");
        }
    }
}
