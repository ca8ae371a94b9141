using InitNotebooks.Tests;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace InitNotebooks.Tests;

/// <summary>What scripts/pack.sh makes of this build, once for all tests that ask.</summary>
public sealed class PackedFeed : IDisposable
{
    readonly Files _files = new();
    readonly Lazy<string> _folder;

    public PackedFeed() => _folder = new(() =>
    {
        string folder = _files.Path("feed");
        (int code, string output) = Cli.Run(Repository.PathOf("scripts/pack.sh"), ["--no-build", "--output", folder]);
        Assert.True(code == 0, output);
        return folder;
    });

    public string Folder => _folder.Value;

    public string Version { get; } = typeof(TorchInit.InitPlan).Assembly.GetName().Version!.ToString(3);

    /// <summary>Variables of a process in which ours come from this feed, and from nowhere else.</summary>
    internal (string Name, string Value)[] Environment => [.. NuGetCache.Private(_files), ("INITNOTEBOOKS_CACHE", _files.Folder)];

    public void Dispose() => _files.Dispose();
}
