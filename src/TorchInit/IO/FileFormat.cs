namespace TorchInit;

/// <summary>A format that is read.</summary>
enum FileFormat
{
    /// <summary>Anything else.</summary>
    None,
    Safetensors,
    Checkpoint,
    Npz,
    Npy,
    ShardIndex,
    Plan,

    /// <summary>A JSON object: perhaps a damaged index or plan.</summary>
    Json,

    /// <summary>Text: perhaps printed numbers.</summary>
    Text,
}

/// <summary>Formats in words.</summary>
static class FileFormats
{
    /// <summary>As an error lists what is allowed.</summary>
    public static string Said(this FileFormat format) => format switch
    {
        FileFormat.Safetensors => "a safetensors file",
        FileFormat.Checkpoint => "a file of torch.save",
        FileFormat.Npz => "a zip of .npy files",
        FileFormat.Npy => "a .npy file",
        FileFormat.ShardIndex => "an index of shards, a JSON object with a weight_map",
        FileFormat.Text => "a text with numbers as torch prints them",
        _ => "a plan's JSON file",
    };

    /// <summary>The ending of such files, and what reads them in C#.</summary>
    public static (string Ending, string Reader) Read(this FileFormat format) => format switch
    {
        FileFormat.Safetensors => (".safetensors", "Safetensors.Load"),
        FileFormat.Checkpoint => (".pt", "TorchCheckpoint.Load"),
        FileFormat.Npz => (".npz", "Npz.Load"),
        FileFormat.Npy => (".npy", "Npy.Load"),
        FileFormat.ShardIndex => (".safetensors.index.json", "WeightsFile.Load"),
        _ => (".json", "InitPlan.Load"),
    };

    /// <summary>Whether a file that turned out to be of one format may be a damaged one of another.</summary>
    public static bool MayBe(this FileFormat found, FileFormat wanted)
        => found == wanted || (found == FileFormat.Json && (wanted is FileFormat.Plan or FileFormat.ShardIndex));
}
