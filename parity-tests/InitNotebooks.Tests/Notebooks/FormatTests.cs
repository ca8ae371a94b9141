using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Headless;

public class FormatTests
{
    [Fact]
    public void Dib_and_ipynb_are_the_same_notebook()
    {
        const string dib = "#!markdown\n\n# Title\n\n#!csharp\n\nint x = 1;\nx\n\n#!html\n\n<b>x</b>\n\n";
        Notebook notebook = Dib.Read(dib);
        Assert.Equal(["markdown", "code", "code"], notebook.Cells.Select(cell => cell.Kind));
        Assert.Equal(dib, Dib.Write(Ipynb.Read(Ipynb.Write(notebook))));
        Assert.Equal(Ipynb.Write(notebook), Ipynb.Write(Ipynb.Read(Ipynb.Write(notebook))));
    }

    [Fact]
    public void Outputs_metadata_and_ids_are_kept()
    {
        const string text = """{"cells":[{"cell_type":"code","execution_count":3,"id":"abc","metadata":{"tags":["nocheck"]},"outputs":[{"output_type":"stream","name":"stdout","text":["a\n","b"]}],"source":["1\n","2"]}],"metadata":{"x":1},"nbformat":4,"nbformat_minor":5}""";
        Notebook notebook = Ipynb.Read(text);
        Assert.True(notebook.Cells[0].HasTag("nocheck"));
        Assert.Equal("1\n2", notebook.Cells[0].Source);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(Ipynb.Write(notebook))));
    }

    [Fact]
    public void Older_notebooks_get_ids_and_doubled_ones_are_told_apart()
        => Assert.Equal(["cell-1", "same", "cell-3"],
            Ipynb.Read("""{"nbformat":4,"cells":[{"cell_type":"raw","source":""},{"cell_type":"raw","id":"same","source":""},{"cell_type":"raw","id":"same","source":""}]}""").Cells.Select(cell => cell.Id));

    [Fact]
    public void The_page_escapes_code_and_shows_outputs()
    {
        using Files files = new();
        Notebook notebook = Dib.Read("#!markdown\n# T **b**\n\n#!csharp\nif (1 < 2) { }");
        notebook.Cells[1].Outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "<script>" });
        notebook.Save(files.Path("a.html"));
        string page = File.ReadAllText(files.Path("a.html"));
        Assert.Contains("<strong>b</strong>", page, StringComparison.Ordinal);
        Assert.Contains(" &lt; ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("1 < 2", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }
}
