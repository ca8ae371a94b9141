namespace TorchInit.Oracle;

/// <summary>torch_oracle.py as a file, which Python needs: beside the program, beside this assembly, or unpacked from it (a notebook, a
/// NuGet package).</summary>
static class OracleScript
{
    const string Name = "torch_oracle.py";

    static readonly Lazy<string> s_path = new(Find);

    public static string Path => s_path.Value;

    static string Find()
    {
        string assembly = System.IO.Path.GetDirectoryName(typeof(OracleScript).Assembly.Location) ?? "";
        return new[] { AppContext.BaseDirectory, assembly }.Select(folder => System.IO.Path.Combine(folder, Name))
            .FirstOrDefault(File.Exists) ?? Unpack();
    }

    /// <summary>Into a new folder that only this user can read or write, so that nobody can put another program there; it goes when the
    /// process ends.</summary>
    internal static string Unpack()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("torch-oracle-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        string path = System.IO.Path.Combine(folder.FullName, Name);
        using Stream script = typeof(OracleScript).Assembly.GetManifestResourceStream(Name)!;
        using FileStream file = File.Create(path);
        script.CopyTo(file);
        return path;
    }
}
