namespace TorchInit.Oracle;

/// <summary>Finds the libraries of PyTorch 2.10: the NuGet package libtorch-cpu-linux-x64, a 128 MB download and 598 MB on disk.</summary>
public static class LibtorchFiles
{
    /// <summary>The package; nothing here downloads it.</summary>
    public const string Package = "libtorch-cpu-linux-x64";

    /// <summary>The only version whose functions are known.</summary>
    public const string Version = "2.10.0";

    internal const string Library = "libtorch_cpu.so";

    /// <summary>Finds the folder that contains libtorch_cpu.so.</summary>
    /// <param name="folder">That folder, or one that contains it as lib or runtimes/linux-x64/native; null to look in NuGet's package
    /// folder.</param>
    /// <exception cref="OracleUnavailableException">It was not found; the message says how to get it and how large it is.</exception>
    public static string Find(string? folder = null)
    {
        string root = folder ?? Path.Combine(NuGetFolder(), Package, Version);
        string[] places = [root, Path.Combine(root, "lib"), Path.Combine(root, "runtimes", "linux-x64", "native")];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, Library))) is { } found
            ? Path.GetFullPath(found)
            : throw new OracleUnavailableException(
                $"{Library} is not in {root}. It is in the NuGet package {Package} {Version}: 128 MB to download, 598 MB on disk; "
                    + $"torchinit parity --libtorch-fetch fetches it.", []);
    }

    static string NuGetFolder() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
        ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
