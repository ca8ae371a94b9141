using System.IO.Compression;
using System.Text;

namespace TorchInit.Tests.IO;

/// <summary>Files that are something else than their names say.</summary>
static class ForeignFiles
{
    static readonly byte[] s_safetensors = SafetensorsFiles.Saved(SafetensorsFiles.Mixed());

    /// <summary>The bytes, what the message calls them, and what it says to do.</summary>
    public static IReadOnlyDictionary<string, (byte[] Bytes, string Said, string ToDo)> All { get; } =
        new Dictionary<string, (byte[], string, string)>(StringComparer.Ordinal)
        {
            ["empty"] = ([], "is empty", "Copy or download it again."),
            ["zeros"] = (new byte[5000], "begins with 4096 zero bytes: it was reserved, and never written", "Copy or download it again."),
            ["safetensors"] = (s_safetensors, "is a safetensors file", "Name it .safetensors (in C#, Safetensors.Load reads it)."),
            ["torch.save"] = (CheckpointFiles.Zip(), "is a file of torch.save", "Name it .pt (in C#, TorchCheckpoint.Load reads it)."),
            ["torch.save before 1.6"] = (CheckpointFiles.Legacy(), "is a pickle, as torch.save wrote before 1.6",
                "Name it .pt (in C#, TorchCheckpoint.Load reads it)."),
            ["TorchScript"] = (Zip("m/data.pkl", "m/constants.pkl", "m/code/__torch__.py"), "is a TorchScript program",
                "In Python: torch.save(torch.jit.load(path).state_dict(), \"weights.pt\")."),
            ["npz"] = (Zip("weight.npy", "bias.npy"), "is a .npz file", "Name it .npz (in C#, Npz.Load reads it)."),
            ["another zip"] = (Zip("a.txt", "b.txt"), "is a zip archive of 'a.txt', 'b.txt'",
                "Unpack it, and name the file inside that has the weights."),
            ["a zip without entries"] = (Zip(), "is a zip archive without entries",
                "Unpack it, and name the file inside that has the weights."),
            ["Keras 3"] = (Zip("metadata.json", "model.weights.h5"), "is a model of Keras",
                "Save its weights as .npz or .safetensors in Python."),
            ["a zip cut short"] = (CheckpointFiles.Zip()[..^30],
                "begins as a zip archive, and the directory at its end is missing or damaged: it was cut short",
                "Copy or download it again."),
            ["npy"] = ([0x93, .. "NUMPY"u8, 1, 0], "is a .npy file", "Name it .npy (in C#, Npy.Load reads it)."),
            ["git-LFS"] = (Text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
                "is a pointer of git-LFS, not the file itself", "Fetch it with: git lfs pull."),
            ["HTML"] = (Text("\n<!DOCTYPE html>\n<html><body>Not found</body></html>"), "is an HTML page, perhaps an error or a login",
                "Download it again, from the link of the file itself."),
            ["XML"] = (Text("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"), "is XML, perhaps a server's error",
                "Copy or download it again."),
            ["text"] = (Text("Entry not found"), "is text: 'Entry not found'", "Copy or download it again."),
            ["index"] = (Text("{\"metadata\":{},\"weight_map\":{\"a\":\"b.safetensors\"}}"), "is an index of shards",
                "Name it .safetensors.index.json (in C#, WeightsFile.Load reads it)."),
            ["plan"] = (Text(PlanJson.Write(Modules.Linear(3, 4))), "is a plan", "Name it .json (in C#, InitPlan.Load reads it)."),
            ["JSON"] = (Text("{\"error\":\"Invalid token\"}"), "is JSON: '{\"error\":\"Invalid token\"}'", "Copy or download it again."),
            ["gzip"] = ([0x1F, 0x8B, 8, 0, 0], "is packed with gzip", "Unpack it first, with: gunzip."),
            ["tar"] = (Tar(), "is a tar archive",
                "Unpack it with: tar -xf. If torch before 0.1.11 saved it, save it again with a later torch."),
            ["zstd"] = ([0x28, 0xB5, 0x2F, 0xFD, 1], "is packed with zstd", "Unpack it first, with: unzstd."),
            ["HDF5"] = ([0x89, .. "HDF\r\n"u8, 0x1A, 10], "is an HDF5 file, as Keras writes",
                "Save the weights as .safetensors or .npz, with the library that wrote it."),
            ["GGUF"] = ([.. "GGUF"u8, 3, 0, 0, 0], "is a GGUF file, as llama.cpp reads",
                "Save the weights as .safetensors or .npz, with the library that wrote it."),
        };

    static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Tar()
    {
        byte[] tar = new byte[1024];
        "weights"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        return tar;
    }

    public static byte[] Zip(params string[] names)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write("x"u8);
            }
        }
        return file.ToArray();
    }
}
