using System.Globalization;
using System.IO.Compression;

namespace InitNotebooks.Tests.Charts;

/// <summary>The package as a notebook meets it: packed into a folder, referenced from there.</summary>
public sealed class PackageTests : IDisposable
{
    static readonly string[] s_projects = ["TorchInit", "TorchInit.Oracle", "TorchInit.Parity", "InitNotebooks.Plots"];

    readonly Files _feed = new();

    // A version of its own: NuGet would take an older package of the same version from its cache.
    readonly string _version = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{DateTime.UtcNow.Ticks}");

    public PackageTests()
    {
        foreach (string project in s_projects)
        {
            (int code, string output) = Cli.Run("dotnet", ["pack", Repository.PathOf($"src/{project}"), "-c", "Release", "--no-build", "-o", _feed.Folder, $"-p:Version={_version}", "--nologo"]);
            Assert.True(code == 0, output);
        }
    }

    public void Dispose() => _feed.Dispose();

    [Fact]
    public void One_line_is_all_that_a_notebook_needs()
    {
        using Files files = new();
        string path = files.Write("a.dib", $"""
            #!csharp
            #i "nuget:{_feed.Folder}"
            #r "nuget: InitNotebooks, {_version}"

            #!csharp
            float[] weight = Modules.Linear(64, 64).Materialize(seed: 0)["weight"].AsSpan<float>().ToArray();
            Check.That(RealTorch.Compare("Linear(3, 4)").Outcome == Outcome.SameBits, "the oracle is in the package");
            Plot.Histogram(weight, 20)
            """);
        (int code, string output) = Cli.Run("dotnet", [Cli.Program, "notebook", "run", path, "-o", files.Path("b.ipynb")], ("INITNOTEBOOKS_CACHE", files.Folder));
        Assert.True(code == 0, output);
        string notebook = File.ReadAllText(files.Path("b.ipynb"));
        Assert.Contains("application/vnd.plotly.v1+json", notebook, StringComparison.Ordinal);
        Assert.Contains("Installed packages: InitNotebooks", notebook, StringComparison.Ordinal);
    }

    [Fact]
    public void It_brings_what_it_needs_and_no_FSharp_into_the_host()
    {
        using ZipArchive package = ZipFile.OpenRead(_feed.Path($"InitNotebooks.{_version}.nupkg"));
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("interactive-extensions/dotnet/extension.dib", names);
        Assert.Contains("lib/net10.0/InitNotebooks.Plots.dll", names);
        Assert.Contains("lib/net10.0/plotly/FSharp.Core.dll", names);
        Assert.Contains("README.md", names);
        Assert.DoesNotContain("lib/net10.0/FSharp.Core.dll", names);
        using StreamReader reader = new(package.GetEntry("InitNotebooks.nuspec")!.Open());
        Assert.DoesNotContain("Plotly", reader.ReadToEnd(), StringComparison.Ordinal);
    }
}
