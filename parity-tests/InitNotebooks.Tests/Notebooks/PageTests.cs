using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Notebooks;

/// <summary>What a notebook's HTML page brings besides its cells.</summary>
public sealed class PageTests
{
    readonly string _page;

    public PageTests()
    {
        Notebook notebook = new();
        notebook.Cells.Add(new() { Kind = "markdown", Source = "# 1 < 2 of `bits`\n\n## First claim", Id = "a" });
        notebook.Cells.Add(new()
        {
            Kind = "code",
            Source = "int x = 1; // why\nx",
            Id = "b",
            ExecutionCount = 7,
            Outputs = [new JsonObject { ["output_type"] = "execute_result", ["data"] = new JsonObject { ["text/plain"] = "1" } }],
        });
        notebook.Cells.Add(new() { Kind = "code", Source = "#!python\ndef f(): return 'a<b'", Id = "c" });
        notebook.Cells.Add(new() { Kind = "code", Source = new string('(', 30_000), Id = "d" });
        using Files files = new();
        notebook.Save(files.Path("page.html"));
        _page = File.ReadAllText(files.Path("page.html"));
    }

    [Fact]
    public void Its_title_is_the_notebooks_first_heading()
        => Assert.Contains("<title>1 &lt; 2 of bits</title>", _page, StringComparison.Ordinal);

    [Fact]
    public void It_has_a_list_of_contents_whose_links_lead_somewhere()
    {
        Assert.Contains("<a href=\"#section-0-1\">First claim</a>", _page, StringComparison.Ordinal);
        Assert.Contains("<a id=\"section-0-1\"></a>", _page, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_and_results_are_numbered()
    {
        Assert.Contains("In [7]:", _page, StringComparison.Ordinal);
        Assert.Contains("Out [7]:", _page, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_the_language_have_classes_and_letters_are_escaped()
    {
        Assert.Contains("<span class=\"keyword\">int</span>", _page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"comment\">// why</span>", _page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">def</span>", _page, StringComparison.Ordinal);
        Assert.Contains("a&lt;b", _page, StringComparison.Ordinal);
        Assert.DoesNotContain("a<b", _page, StringComparison.Ordinal);
    }
}
