using System.IO.Compression;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Cells;

/// <summary>A package that cannot be had is an error of one cell, and of nothing after it. The cache is named by a variable of the process,
/// which kernels that other tests start would inherit: these tests run alone.</summary>
[CollectionDefinition(nameof(PackageFaultTests), DisableParallelization = true)]
[Collection(nameof(PackageFaultTests))]
public sealed class PackageFaultTests : IDisposable
{
    readonly Files _files = new();
    readonly string? _cache = Environment.GetEnvironmentVariable("INITNOTEBOOKS_CACHE");
    readonly Recorder _output = new();

    // A name of its own in each run: NuGet keeps what it has unpacked.
    readonly string _name = $"InitNotebooks.Tests.P{Guid.NewGuid():N}";

    public PackageFaultTests()
    {
        Environment.SetEnvironmentVariable("INITNOTEBOOKS_CACHE", _files.Path("cache"));
        Pack("2.0.0");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("INITNOTEBOOKS_CACHE", _cache);
        string unpacked = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages",
            _name.ToLowerInvariant());
        if (Directory.Exists(unpacked)) { Directory.Delete(unpacked, recursive: true); }
        _files.Dispose();
    }

    [Fact]
    public void Faults_do_not_stay()
    {
        using NotebookSession session = new(_files.Folder);
        CellResult mistyped = Run(session, $"#i \"nuget:{_files.Folder}\"\n#r \"nuget: {_name}.Mistyped\"");
        Assert.Contains($"{_name}.Mistyped", mistyped.Error?.Message, StringComparison.Ordinal);
        Assert.Contains("NU1101", mistyped.Error!.Message, StringComparison.Ordinal);

        // Not restored a second time from a failure on disk; nothing of it is left there.
        Assert.Empty(Directory.GetFileSystemEntries(_files.Path("cache")));
        Assert.Contains("NU1101", Run(session, $"#r \"nuget: {_name}.Mistyped\"").Error?.Message, StringComparison.Ordinal);

        // A pin that is not there is not replaced by the next one.
        CellResult pinned = Run(session, $"#r \"nuget: {_name}, 1.5.0\"");
        Assert.Contains($"{_name} 1.5.0 is not available; the nearest version that is: 2.0.0", pinned.Error?.Message,
            StringComparison.Ordinal);

        // And neither poisons what follows.
        CellResult right = Run(session, $"#r \"nuget: {_name}, 2.0\"");
        Assert.True(right.Error is null, right.Error?.Message);
        Assert.Contains($"Installed packages: {_name}, 2.0.0", _output.Plain, StringComparison.Ordinal);
        Assert.Equal(2, Run(session, "1 + 1").Value);
        Assert.Contains("already referenced", Run(session, $"#r \"nuget: {_name}, 3.0.0\"").Error?.Message, StringComparison.Ordinal);

        // The mistyped one is had once it exists: a failure was not remembered.
        Pack("1.0.0", $"{_name}.Mistyped");
        CellResult there = Run(session, $"#r \"nuget: {_name}.Mistyped\"");
        Assert.True(there.Error is null, there.Error?.Message);
        Assert.Single(Directory.GetDirectories(_files.Path("cache")), folder => File.ReadAllText(Path.Combine(folder, "Packages.csproj"))
            .Contains("Mistyped", StringComparison.Ordinal));
    }

    [Fact]
    public void A_source_that_cannot_be_read_does_not_stay()
    {
        using NotebookSession session = new(_files.Folder);
        Assert.Contains("there is no folder /no/such/folder; allowed: a folder of packages",
            Run(session, "#i \"nuget:/no/such/folder\"").Error?.Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_files.Path("soon gone"));
        // Relative to the notebook; one that fails later, and an address without a server.
        Run(session, "#i \"nuget:.\"\n#i \"nuget:soon gone\"\n#i \"nuget:https://127.0.0.1:9/index.json\"");
        Directory.Delete(_files.Path("soon gone"));
        string said = Run(session, $"#r \"nuget: {_name}\"").Error!.Message;
        Assert.Contains("No longer used as a source of packages: ", said, StringComparison.Ordinal);
        for (int attempt = 0; said.Length > 0 && attempt < 2; attempt++)
        {
            said = Run(session, $"#r \"nuget: {_name}\"").Error?.Message ?? "";     // NuGet names one of them at a time
        }
        Assert.Equal("", said);
        Assert.Contains($"Installed packages: {_name}, 2.0.0", _output.Plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.0", "1.0.0", true)]
    [InlineData("1.0.0.0", "1.0.0", true)]
    [InlineData("1.0.0-Beta.1", "1.0.0-beta.1", true)]
    [InlineData("1.0.0+abc", "1.0.0", true)]
    [InlineData("01.2.3", "1.2.3", true)]
    [InlineData("1.0.1", "1.0.0", false)]
    [InlineData("1.0.0-beta", "1.0.0", false)]
    public void Versions_are_compared_as_NuGet_does(string asked, string got, bool same)
    {
        Assert.True(PackageVersion.IsExact(asked));
        Assert.Equal(same, PackageVersion.Same(asked, got));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("1.*")]
    [InlineData("[1.0,2.0)")]
    [InlineData("")]
    public void Ranges_are_no_pins(string asked) => Assert.False(PackageVersion.IsExact(asked));

    [Fact]
    public void Newtonsofts_JSON_is_shown_as_JSON()
    {
        using NotebookSession session = new(_files.Folder);
        CellResult result = Run(session,
            "#r \"nuget: Newtonsoft.Json, 13.0.4\"\nNewtonsoft.Json.Linq.JObject.Parse(\"{\\\"a\\\":[1,{\\\"b\\\":null}]}\")");
        Assert.True(result.Error is null, result.Error?.ToString());
        Assert.Equal("{\"a\":[1,{\"b\":null}]}", result.Shown!["text/plain"]!.GetValue<string>().Replace(" ", "", StringComparison.Ordinal)
            .ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_restore_is_interrupted()
    {
        using NotebookSession session = new(_files.Folder);
        using CancellationTokenSource interrupt = new(TimeSpan.FromMilliseconds(300));
        CellResult result = await Task.Run(() => session.Run($"#r \"nuget: {_name}.Nowhere\"", _output, interrupt.Token),
            TestContext.Current.CancellationToken);
        Assert.Equal("KeyboardInterrupt", result.Error?.Name);
        Assert.Empty(Directory.GetFileSystemEntries(_files.Path("cache")));
    }

    CellResult Run(NotebookSession session, string code) => session.Run(code, _output, TestContext.Current.CancellationToken);

    void Pack(string version, string? name = null)
    {
        name ??= _name;
        using ZipArchive package = ZipFile.Open(_files.Path($"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using StreamWriter writer = new(package.CreateEntry($"{name}.nuspec").Open());
        writer.Write($"""
            <package><metadata><id>{name}</id><version>{version}</version><authors>a</authors><description>d</description>
            <dependencies><group targetFramework="net10.0" /></dependencies></metadata></package>
            """);
    }
}
