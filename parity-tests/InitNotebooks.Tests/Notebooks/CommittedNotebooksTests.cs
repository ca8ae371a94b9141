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
    }

    [Theory]
    [InlineData("01-fully-connected.ipynb")]
    [InlineData("05-init-gallery.ipynb")]
    [InlineData("06-seeds-and-bits.ipynb")]
    [InlineData("11-the-parity-run.ipynb")]
    public void Without_Python_recorded_answers_give_the_same_outputs(string name)
    {
        (int code, string output) = Cli.Run("dotnet", [Cli.Program, "notebook", "run", Repository.PathOf($"notebooks/{name}"), "--check"], ("TORCHINIT_PYTHON", "/nowhere/python"));
        Assert.True(code == 0, output);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void It_keeps_the_rules(string path)
    {
        Notebook notebook = Notebook.Load(Repository.PathOf(path));
        Assert.Equal(".net-csharp", notebook.Metadata["kernelspec"]?["name"]?.GetValue<string>());
        Assert.Contains(notebook.Cells, cell => cell.IsCode && cell.Source.Contains("Check.", StringComparison.Ordinal));
        Assert.Contains(notebook.Cells, cell => cell.Outputs.Any(output => output?["data"]?["application/vnd.plotly.v1+json"] is not null));
        Assert.All(notebook.Cells.Where(cell => cell.IsCode), cell => Assert.DoesNotContain(cell.Outputs, output => output?["output_type"]?.GetValue<string>() == "error"));
        Assert.DoesNotContain("http://", File.ReadAllText(Repository.PathOf(path)).Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_names_them_all()
    {
        string table = Repository.Read("notebooks/README.md");
        Violations.None("notebooks/README.md links every notebook", Notebooks.Select(row => Path.GetFileName(row.Data)).Where(name => !table.Contains($"]({name})", StringComparison.Ordinal)));
    }
}
