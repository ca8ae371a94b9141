using System.Text.Json;
using TorchInit;

namespace InitNotebooks.Kernel;

/// <summary>Whose a kernelspec is, and where another kernel's is kept while ours has its name.</summary>
public static partial class KernelSpecs
{
    const string InstalledBy = "installed_by";
    const string Us = "InitNotebooks";

    /// <summary>Inside our own folder: front ends look for kernels one level above.</summary>
    const string Aside = "replaced";

    static bool Exists(string folder) => FileStatus.Of(Path.Combine(folder, FileName)).Kind != FileKind.None;

    /// <summary>A kernelspec of ours says so; those of earlier builds are known by the program that they start.</summary>
    static bool IsOurs(string folder)
    {
        string file = Path.Combine(folder, FileName);
        if (FileStatus.Of(file).Kind != FileKind.File) { return false; }
        try
        {
            using JsonDocument spec = JsonDocument.Parse(File.ReadAllText(file));
            JsonElement root = spec.RootElement;
            return root.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty(InstalledBy, out JsonElement by)
                ? by.ValueKind == JsonValueKind.String && by.GetString() == Us
                : root.TryGetProperty("argv", out JsonElement argv)
                    && StartsUs([.. argv.EnumerateArray().Select(word => word.GetString())]);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or not a kernelspec: it is not ours.
            return false;
        }
    }

    static bool StartsUs(string?[] argv)
        => argv is [.. var program, "kernel", "run", "-f", "{connection_file}"]
            && Path.GetFileNameWithoutExtension(program.LastOrDefault()) is "torchinit" or "TorchInit.Cli";

    static void PutAside(string folder)
    {
        if (FileStatus.Of(folder).Kind == FileKind.Link)
        {
            throw new InvalidOperationException($"{folder} is a link. Remove it; its target stays as it is.");
        }
        string aside = Path.Combine(folder, Aside);
        Directory.CreateDirectory(aside);
        // Moves kernel.json last: until then it is a kernelspec.
        foreach (string entry in Entries(folder).Where(entry => entry != aside))
        {
            Move(entry, Path.Combine(aside, Path.GetFileName(entry)));
        }
    }

    /// <summary>False if nothing was replaced.</summary>
    static bool PutBack(string folder)
    {
        string aside = Path.Combine(folder, Aside);
        if (!Exists(aside)) { return false; }
        // Moves kernel.json last, over ours: until then a second uninstall can continue.
        foreach (string entry in Entries(aside)) { Move(entry, Path.Combine(folder, Path.GetFileName(entry))); }
        Directory.Delete(aside);
        return true;
    }

    /// <summary>Puts kernel.json last.</summary>
    static string[] Entries(string folder)
        => [.. Directory.EnumerateFileSystemEntries(folder).OrderBy(entry => Path.GetFileName(entry) == FileName)];

    static void Move(string from, string to)
    {
        if (FileStatus.Of(from).Kind == FileKind.Folder) { Directory.Move(from, to); }
        else { File.Move(from, to, overwrite: true); }
    }
}
