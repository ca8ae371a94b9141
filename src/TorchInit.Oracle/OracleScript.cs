using System.Collections.Concurrent;

namespace TorchInit.Oracle;

/// <summary>A Python script of this library as a file, which Python needs: next to the program, next to this assembly, or unpacked from it
/// (in a notebook or from a NuGet package).</summary>
static class OracleScript
{
    const string Oracle = "torch_oracle.py";

    static readonly ConcurrentDictionary<string, Lazy<string>> s_paths = new(StringComparer.Ordinal);

    public static string Path => Of(Oracle);

    /// <summary>The path of a script.</summary>
    /// <param name="name">The script's file name.</param>
    public static string Of(string name) => s_paths.GetOrAdd(name, _ => new(() => Find(name))).Value;

    static string Find(string name)
    {
        string assembly = System.IO.Path.GetDirectoryName(typeof(OracleScript).Assembly.Location) ?? "";
        return new[] { AppContext.BaseDirectory, assembly }.Select(folder => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) ?? Unpack(name);
    }

    /// <summary>Unpacks a script into a new folder that only this user can access, so that nobody can replace it; deleted when the process
    /// ends.</summary>
    internal static string Unpack(string name = Oracle)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("torch-oracle-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        string path = System.IO.Path.Combine(folder.FullName, name);
        using Stream script = typeof(OracleScript).Assembly.GetManifestResourceStream(name)!;
        using FileStream file = File.Create(path);
        script.CopyTo(file);
        return path;
    }
}
