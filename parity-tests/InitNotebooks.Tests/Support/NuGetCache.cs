namespace InitNotebooks.Tests;

/// <summary>NuGet's folder of packages, and a private one that takes nothing of ours from it.</summary>
static class NuGetCache
{
    static readonly Lazy<string> s_folder = new(() =>
    {
        (int code, string output) = Cli.Run("dotnet", ["nuget", "locals", "global-packages", "--list"]);
        Assert.True(code == 0, output);
        return output["global-packages: ".Length..].Trim();
    });

    /// <summary>The user's.</summary>
    public static string Folder => s_folder.Value;

    /// <summary>
    /// Variables of a process that has a cache of its own. Other people's packages are found where they are; ours must come from the feed.
    /// </summary>
    public static (string Name, string Value)[] Private(Files files)
    {
        string fallback = files.Path("others");
        if (!Directory.Exists(fallback))
        {
            Directory.CreateDirectory(fallback);
            foreach (string package in Directory.EnumerateDirectories(Folder))
            {
                string name = Path.GetFileName(package);
                bool isOurs = name.StartsWith("torchinit", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith("initnotebooks", StringComparison.OrdinalIgnoreCase);
                if (!isOurs && !name.StartsWith('.')) { Directory.CreateSymbolicLink(Path.Combine(fallback, name), package); }
            }
        }
        return [("NUGET_PACKAGES", files.Path("packages")), ("NUGET_FALLBACK_PACKAGES", fallback)];
    }
}
