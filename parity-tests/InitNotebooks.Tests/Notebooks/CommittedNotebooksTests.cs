using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Headless;

/// <summary>The notebooks of the repository, without Jupyter: every cell runs, every claim holds, every output is the stored one.</summary>
public class CommittedNotebooksTests
{
    public static TheoryData<string> Notebooks => [.. Repository.Files("notebooks", ".ipynb")];

    [Theory, MemberData(nameof(Notebooks))]
    public void Its_outputs_are_those_stored(string path)
    {
        (int code, string output) = Cli.Run("notebook", "run", Repository.PathOf(path), "--check");
        Assert.True(code == 0, output);
        if (Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") == "1")
        {
            Assert.DoesNotContain(" recorded", output, StringComparison.Ordinal);
        }
    }

    // The others have no line that asks for Python: their outputs are the same by the test above.
    public static TheoryData<string> AskingPython => [.. NotebookChoice.Paths
        .Where(path => Notebook.Load(Repository.PathOf(path)).Cells.Any(cell => cell.IsCode
            && (IsPython(cell) || cell.Source.Contains("Oracle", StringComparison.Ordinal))))];

    [Theory, MemberData(nameof(AskingPython))]
    public void Without_Python_recorded_answers_give_the_same_outputs(string path)
    {
        (int code, string output) = Cli.Run("dotnet", [Cli.Program, "notebook", "run", Repository.PathOf(path), "--check"],
            ("TORCHINIT_PYTHON", "/nowhere/python"));
        Assert.True(code == 0, output);
        bool speaksPython = Notebook.Load(Repository.PathOf(path)).Cells.Any(IsPython);
        Assert.Matches(speaksPython ? @": \d+ cells passed, \d+ recorded" : @": \d+ cells passed\s", output);
    }

    [Theory]
    [InlineData("01-fully-connected.ipynb")]
    [InlineData("02-embedding.ipynb")]
    [InlineData("03-convolution.ipynb")]
    [InlineData("04-recurrent.ipynb")]
    [InlineData("06-seeds-and-bits.ipynb")]
    public void What_torch_drew_is_recorded_beside_the_comparison(string name)
    {
        Notebook notebook = Notebook.Load(Repository.PathOf($"notebooks/{name}"));
        Assert.Contains(notebook.Cells, cell => IsPython(cell) && cell.Source.Contains("torch.", StringComparison.Ordinal));
        NotebookCell[] comparing = [.. notebook.Cells.Where(cell => cell.Source.StartsWith("#!share", StringComparison.Ordinal))];
        Assert.NotEmpty(comparing);
        Assert.All(comparing, cell => Assert.NotNull(Recordings.Values(cell)));
        Assert.Contains(comparing, cell => cell.Source.Contains("Check.SameBits", StringComparison.Ordinal));
    }

    static bool IsPython(NotebookCell cell) => cell.Source.StartsWith("#!python", StringComparison.Ordinal);

    [Theory, MemberData(nameof(Notebooks))]
    public void It_keeps_the_rules(string path)
    {
        Notebook notebook = Notebook.Load(Repository.PathOf(path));
        Assert.Equal(".net-csharp", notebook.Metadata["kernelspec"]?["name"]?.GetValue<string>());
        Assert.Contains(notebook.Cells, cell => cell.IsCode && cell.Source.Contains("Check.", StringComparison.Ordinal));
        Assert.Contains(notebook.Cells, cell => cell.Outputs.Any(output => output?["data"]?["application/vnd.plotly.v1+json"] is not null));
        Assert.All(notebook.Cells.Where(cell => cell.IsCode),
            cell => Assert.DoesNotContain(cell.Outputs, output => output?["output_type"]?.GetValue<string>() == "error"));
        Assert.DoesNotContain("http://", File.ReadAllText(Repository.PathOf(path))
            .Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_names_them_all()
    {
        string table = Repository.Read("notebooks/README.md");
        Violations.None("notebooks/README.md links every notebook", Notebooks.Select(row => Path.GetFileName(row.Data))
            .Where(name => !table.Contains($"]({name})", StringComparison.Ordinal)));
    }
}
