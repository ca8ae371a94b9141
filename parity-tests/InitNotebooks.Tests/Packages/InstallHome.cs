namespace InitNotebooks.Tests.Packages;

/// <summary>A home folder, in which everything is installed.</summary>
public sealed class InstallHome : IDisposable
{
    readonly Files _files = new();
    readonly Lazy<string> _installed;

    public InstallHome(PackedFeed feed) => _installed = new(() =>
    {
        Directory.CreateDirectory(Feed);
        foreach (FileInfo package in new DirectoryInfo(feed.Folder).EnumerateFiles()) { package.CopyTo(Path.Combine(Feed, package.Name)); }
        return Succeed("scripts/install.sh", "--no-pack", "--feed", Feed);
    });

    /// <summary>What native code is linked with; null where there is nothing.</summary>
    public static string? Linker { get; } = new[] { "clang", "gcc" }.FirstOrDefault(name => File.Exists($"/usr/bin/{name}"));

    public string Feed => _files.Path("feed");

    public string Kernels => _files.Path("jupyter/kernels");

    public string Tools => _files.Path("home/.dotnet/tools");

    /// <summary>What install.sh printed.</summary>
    public string Installed => _installed.Value;

    internal (int Code, string Output) Run(string program, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(_files.Path("home"));
        string system = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        (string, string)[] variables =
        [
            .. NuGetCache.Private(_files),
            ("HOME", _files.Path("home")), ("DOTNET_CLI_HOME", _files.Path("home")), ("XDG_DATA_HOME", _files.Path("home/.local/share")),
            ("XDG_CONFIG_HOME", _files.Path("home/.config")), ("JUPYTER_DATA_DIR", _files.Path("jupyter")),
            ("NUGET_HTTP_CACHE_PATH", Path.Combine(system, "NuGet", "http-cache")),      // other people's packages come over the net once
            ("INITNOTEBOOKS_CACHE", _files.Path("restored")), ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ("PATH", $"{Tools}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"),
            ("CppCompilerAndLinker", Linker ?? "clang"),
        ];
        CopySources();
        return Cli.Run(program, arguments, variables);
    }

    internal string Succeed(string script, params string[] arguments)
    {
        (int code, string output) = Run(Repository.PathOf(script), arguments);
        Assert.True(code == 0, output);
        return output;
    }

    /// <summary>The sources of this machine's NuGet, without which nothing of others can be had.</summary>
    void CopySources()
    {
        string theirs = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "NuGet", "NuGet.Config");
        string ours = _files.Path("home/.nuget/NuGet/NuGet.Config");
        if (File.Exists(ours) || !File.Exists(theirs)) { return; }
        Directory.CreateDirectory(Path.GetDirectoryName(ours)!);
        File.Copy(theirs, ours);
    }

    public void Dispose() => _files.Dispose();
}
