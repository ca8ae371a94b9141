using System.IO.Compression;
using System.Xml.Linq;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Packages;

/// <summary>What is in the packages, and one of them as a notebook meets it.</summary>
public sealed class PackageTests(PackedFeed feed, DotNetInteractive interactive) : IClassFixture<DotNetInteractive>
{
    public static TheoryData<string> Names =>
        ["TorchInit", "TorchInit.Oracle", "TorchInit.Oracle.PythonNet", "TorchInit.Parity", "InitNotebooks", "TorchInit.Cli"];

    string[] Cells =>
    [
        $"#i \"nuget:{feed.Folder}\"\n#r \"nuget: InitNotebooks, {feed.Version}\"",
        "#!connect CONNECT",
        "#!python\nimport torch\ntorch.manual_seed(5)\nlinear = torch.nn.Linear(3, 4)\ntorch.manual_seed(0)\nlinear.reset_parameters()\n"
            + "weight = linear.weight",
        """
        #!share weight --from python
        StateDict ours = Modules.Linear(3, 4).Materialize(seed: 0);
        float[] theirs = ((Array)weight).Cast<float>().ToArray();
        Check.That(ours["weight"].AsSpan<float>().SequenceEqual(theirs), "torch drew the same bits in Python");
        Check.That(RealTorch.Compare("Linear(3, 4)").Outcome == Outcome.SameBits, "the oracle is in the package");
        """,
        "Plot.Histogram(Modules.Linear(64, 64).Materialize(seed: 0)[\"weight\"].AsSpan<float>().ToArray(), 20)",
    ];

    [Fact]
    public void One_line_is_all_that_a_notebook_of_ours_needs()
    {
        using Jupyter python = new();           // whose ipykernel runs the Python cell
        if (python.Missing is not null) { Assert.Skip(python.Missing); }
        using Files files = new();
        Notebook notebook = Write(files, "jupyter --kernel-name python --kernel-spec python3");
        (int code, string output) = Cli.Run("dotnet", [Cli.Program, "notebook", "run", files.Path("a.ipynb")], feed.Environment);
        Assert.True(code == 0, output);
        Judge(Notebook.Load(files.Path("a.ipynb")));
        Assert.Contains("Installed packages: InitNotebooks", File.ReadAllText(files.Path("a.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void One_line_is_all_that_dotnet_interactive_needs()
    {
        using Files files = new();
        Write(files, "pythonnet --kernel-name python");
        Judge(interactive.Run(files.Path("a.ipynb"), feed.Environment));
    }

    Notebook Write(Files files, string connect)
    {
        Notebook notebook = NotebookOf.Cells([.. Cells.Select(cell => cell.Replace("CONNECT", connect, StringComparison.Ordinal))]);
        notebook.Save(files.Path("a.ipynb"));
        return notebook;
    }

    static void Judge(Notebook run)
    {
        Assert.All(run.Cells, cell => Assert.Null(NotebookOf.Error(cell)));
        string said = string.Concat(run.Cells.Select(cell => NotebookOf.Stream(cell, "stdout")));
        Assert.Contains("✔ torch drew the same bits in Python", said, StringComparison.Ordinal);
        Assert.Contains("✔ the oracle is in the package", said, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(run.Cells[^1].Outputs)!["data"]!["application/vnd.plotly.v1+json"]!["data"]);
    }

    [Fact]
    public void The_notebooks_package_brings_no_FSharp_and_no_kernel_into_the_host()
    {
        using ZipArchive package = Open("InitNotebooks");
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("interactive-extensions/dotnet/extension.dib", names);
        Assert.Contains("lib/net10.0/InitNotebooks.Plots.dll", names);
        Assert.Contains("lib/net10.0/plotly/FSharp.Core.dll", names);
        Assert.Contains("lib/net10.0/interactive/InitNotebooks.Interactive.dll", names);
        Assert.DoesNotContain("lib/net10.0/FSharp.Core.dll", names);
        Assert.DoesNotContain(names, name => name.Contains("Microsoft.DotNet.Interactive", StringComparison.Ordinal));
        Assert.Equal(["TorchInit", "TorchInit.Oracle.PythonNet", "TorchInit.Parity"],
            Dependencies(package).Select(dependency => dependency.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void It_says_what_it_is(string name)
    {
        using ZipArchive package = Open(name);
        XElement about = Nuspec(package);
        string? Value(string element) => about.Elements().FirstOrDefault(each => each.Name.LocalName == element)?.Value;
        Assert.Equal(("MIT", "README.md", "icon.png"), (Value("license"), Value("readme"), Value("icon")));
        Assert.All((string[])["description", "authors", "tags"], element => Assert.False(string.IsNullOrEmpty(Value(element)), element));
        foreach (string file in (string[])["README.md", "icon.png", "LICENSE", "THIRD-PARTY-NOTICES.md"])
        {
            Assert.True(package.GetEntry(file) is { Length: > 100 }, $"{name} has no {file}.");
        }
        // A released version must not need one that is not.
        Assert.DoesNotContain(Dependencies(package), dependency => dependency.Version.Contains('-', StringComparison.Ordinal));
        if (name == "TorchInit") { Assert.Empty(Dependencies(package)); }
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_symbols_lie_beside_it(string name)
    {
        using ZipArchive package = Open(name);
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(feed.Folder, $"{name}.{feed.Version}.snupkg"));
        IEnumerable<string> entries = package.Entries.Select(entry => entry.FullName);
        string[] ours = [.. entries.Where(entry => entry.StartsWith("lib/", StringComparison.Ordinal)
            && entry.EndsWith(".dll", StringComparison.Ordinal) && entry.Count(letter => letter == '/') == 2)];
        Assert.Equal(name == "TorchInit.Cli", ours.Length == 0);
        Assert.All(ours, entry => Assert.NotNull(symbols.GetEntry(Path.ChangeExtension(entry, ".pdb"))));
        Assert.Contains(symbols.Entries, entry => entry.FullName.EndsWith(".pdb", StringComparison.Ordinal));
    }

    ZipArchive Open(string name) => ZipFile.OpenRead(Path.Combine(feed.Folder, $"{name}.{feed.Version}.nupkg"));

    static XElement Nuspec(ZipArchive package)
    {
        using Stream text = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(text).Root!.Elements().Single();
    }

    static IEnumerable<(string Id, string Version)> Dependencies(ZipArchive package)
        => Nuspec(package).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value));
}
