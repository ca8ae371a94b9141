using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Wire;

/// <summary>Debian's own tools run our notebooks with our kernel.</summary>
public class FrontEndTests(FrontEndTests.Shared shared) : IClassFixture<FrontEndTests.Shared>
{
    public sealed class Shared : IDisposable
    {
        public Jupyter Jupyter { get; } = new();

        public void Dispose() => Jupyter.Dispose();
    }

    public static TheoryData<string> Notebooks => [.. NotebookChoice.Paths.Select(path => Path.GetFileName(path)!)];

    [Theory, MemberData(nameof(Notebooks))]
    public void Nbclient_runs_it_and_gives_the_stored_outputs(string name)
    {
        using Files files = new();
        const string script = "import sys, nbformat, nbclient; nb = nbformat.read(sys.argv[1], 4); nbclient.NotebookClient(nb, "
            + "timeout=600, resources={'metadata': {'path': sys.argv[2]}}).execute(); nbformat.validate(nb); nbformat.write(nb, "
            + "sys.argv[3])";
        (int code, string output) = shared.Jupyter.Run("-c", script, Repository.PathOf($"notebooks/{name}"),
            Repository.PathOf("notebooks"), files.Path(name));
        Assert.True(code == 0, output);
        Assert.Null(OutputCheck.FirstDifference(Notebook.Load(Repository.PathOf($"notebooks/{name}")), Notebook.Load(files.Path(name))));
    }

    [Fact]
    public void Nbconvert_executes_one()
    {
        using Files files = new();
        string copy = files.Write("a.ipynb", File.ReadAllText(Repository.PathOf("notebooks/02-embedding.ipynb"))
            .Replace("../src/", Repository.PathOf("src/"), StringComparison.Ordinal));
        (int code, string output) = shared.Jupyter.Run("-m", "nbconvert", "--to", "html", "--execute", copy, "--output",
            files.Path("a.html"));
        Assert.True(code == 0, output);
        Assert.Contains("the mean is 0", File.ReadAllText(files.Path("a.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nbconvert_fails_where_a_claim_does()
    {
        using Files files = new();
        string copy = files.Write("a.ipynb", Ipynb.Write(Dib.Read("#!csharp\nthrow new Exception(\"a claim that does not hold\");")));
        (int code, string output) = shared.Jupyter.Run("-m", "nbconvert", "--to", "html", "--execute", copy);
        Assert.NotEqual(0, code);
        Assert.Contains("a claim that does not hold", output, StringComparison.Ordinal);
    }
}
