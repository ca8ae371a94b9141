namespace TorchInit.Oracle;

/// <summary>Where the libraries of PyTorch 2.10 are: the NuGet package libtorch-cpu-linux-x64, 128 MB to fetch and 598 MB on
/// disk.</summary>
public static class LibtorchFiles
{
    /// <summary>The package; nothing here fetches it.</summary>
    public const string Package = "libtorch-cpu-linux-x64";

    /// <summary>The one version whose functions are known.</summary>
    public const string Version = "2.10.0";

    internal const string Library = "libtorch_cpu.so";

    /// <summary>The folder with libtorch_cpu.so.</summary>
    /// <param name="folder">That folder, or one that has it as lib or as runtimes/linux-x64/native; null looks into NuGet's folder of
    /// packages.</param>
    /// <exception cref="OracleUnavailableException">It is not there; the message says how it is had, and how large it is.</exception>
    public static string Find(string? folder = null)
    {
        string root = folder ?? Path.Combine(NuGetFolder(), Package, Version);
        string[] places = [root, Path.Combine(root, "lib"), Path.Combine(root, "runtimes", "linux-x64", "native")];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, Library))) is { } found
            ? Path.GetFullPath(found)
            : throw new OracleUnavailableException(
                $"{Library} is not in {root}. It is in the NuGet package {Package} {Version}: 128 MB to fetch, 598 MB on disk; "
                    + $"torchinit parity --libtorch-fetch fetches it.", []);
    }

    static string NuGetFolder() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
        ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
