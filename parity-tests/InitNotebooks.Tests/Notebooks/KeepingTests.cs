using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Headless;

/// <summary>A program that changes outputs leaves everything else as it was, and a page of somebody's notebook runs nothing.</summary>
public class KeepingTests
{
    const string Odd = """
        {
          "x_before": {"b": 1, "a": 1.50},
          "nbformat": 4,
          "cells": [
            {"source": "# T\r\n![x](attachment:x.png)", "attachments": {"x.png": {"image/png": "AA=="}}, "cell_type": "markdown", "metadata": {"z": null}, "id": "m", "unknown": [1, {"k": "é"}]},
            {"id": "c", "source": ["Console.WriteLine(\"one\");"], "cell_type": "code", "execution_count": 9, "outputs": [], "metadata": {}, "extra": true},
            {"id": "f", "source": ["throw new Exception(\"x\");"], "cell_type": "code", "execution_count": null, "outputs": [], "metadata": {}},
            {"id": "k", "source": ["1"], "cell_type": "code", "execution_count": 7, "outputs": [{"output_type": "execute_result", "data": {"text/plain": "kept"}, "execution_count": 7, "metadata": {}}], "metadata": {}}
          ],
          "metadata": {"kernelspec": {"name": "other"}, "y": [2]},
          "nbformat_minor": 5
        }
        """;

    [Fact]
    public void A_run_in_place_changes_outputs_alone()
    {
        using Files files = new();
        string path = files.Write("a [x] b.ipynb", Odd);
        (int code, string output) = Cli.Run("notebook", "run", path);
        Assert.Equal(1, code);
        Assert.Contains("a [x] b.ipynb", output, StringComparison.Ordinal);
        Assert.Contains("cell 3 failed: Exception: x", output, StringComparison.Ordinal);
        string text = File.ReadAllText(path);
        JsonObject was = JsonNode.Parse(Odd)!.AsObject(), now = JsonNode.Parse(text)!.AsObject();
        Assert.Equal("one\n", now["cells"]![1]!["outputs"]![0]!["text"]![0]!.GetValue<string>());
        Assert.Equal("kept", now["cells"]![3]!["outputs"]![0]!["data"]!["text/plain"]!.GetValue<string>());
        foreach (int at in new[] { 1, 2 })
        {
            foreach (string key in new[] { "outputs", "execution_count" })
            {
                now["cells"]![at]![key] = was["cells"]![at]![key]?.DeepClone();
            }
        }
        Assert.Equal(was.ToJsonString(), now.ToJsonString());        // values, and the order of keys
        Assert.Contains("1.50", text, StringComparison.Ordinal);
        Assert.EndsWith("\n}", text, StringComparison.Ordinal);
        Assert.StartsWith("{\n  \"x_before\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_notebook_stays_one()
    {
        const string old = """{"cells":[{"cell_type":"raw","metadata":{},"source":"a"}],"metadata":{},"nbformat":4,"nbformat_minor":2}""";
        Assert.Equal(old, Ipynb.Write(Ipynb.Read(old)));
    }

    [Fact]
    public void Ids_are_unique_whatever_was_there()
    {
        string[] ids = [.. Ipynb.Read("""{"nbformat":4,"nbformat_minor":5,"cells":[{"cell_type":"raw","source":""},{"cell_type":"raw","id":"cell-1","source":""},{"cell_type":"raw","id":"cell-1","source":""},{"cell_type":"raw","id":"cell-3","source":""},{"cell_type":"raw","id":"a b","source":""}]}""").Cells.Select(cell => cell.Id)];
        Assert.Equal(["cell-1-2", "cell-1", "cell-3-2", "cell-3", "cell-5"], ids);
    }

    [Theory]
    [InlineData("""{"nbformat":4,"nbformat":4,"cells":[]}""")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"raw","source":"","source":""}]}""")]
    [InlineData("""{"nbformat":4,"cells":[],"metadata":{"a":{"b":1,"b":2}}}""")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"raw","source":"\ud800"}]}""")]
    [InlineData("""{"nbformat":4,"cells":[],"metadata":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[""")]
    public void What_cannot_be_written_again_is_refused(string json) => Assert.Throws<InvalidDataException>(() => Ipynb.Read(json));

    [Fact]
    public void Text_stays_text_in_a_dib()
    {
        const string text = "# A cell begins with\n#!csharp\nor with\n\\#!markdown\nand not with\n#!mine\n    #!csharp";
        Notebook notebook = new();
        notebook.Cells.Add(new() { Kind = "markdown", Source = text, Id = "a" });
        notebook.Cells.Add(new() { Kind = "code", Language = "mine", Source = "x", Id = "b" });
        Notebook read = Dib.Read(Dib.Write(notebook));
        Assert.Equal(["markdown", "code"], read.Cells.Select(cell => cell.Kind));
        Assert.Equal(text, read.Cells[0].Source);
        Assert.Equal("#!mine\nx", read.Cells[1].CodeToRun);
        const string meta = "#!meta\n\n{\"kernelInfo\":{}}\n\n#!markdown\n\nT\n\n";
        Assert.Equal(meta, Dib.Write(Dib.Read(meta)));
    }

    [Fact]
    public void A_page_runs_nothing_unless_it_is_trusted()
    {
        using Files files = new();
        Notebook notebook = Dib.Read("#!markdown\n# T\n<img src=x onerror=\"alert(1)\">\n\n[a](javascript:alert(2)) "
            + "[b](https://example.org)\n\n#!csharp\n1");
        string html = "<table onclick=\"alert(3)\"><tr><td style=\"color: red; background: url(//x)\">1 &lt; "
            + "2</td></tr></table><script>alert(4)</script><iframe srcdoc=\"x\"></iframe>";
        notebook.Cells[1].Outputs.Add(new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject { ["text/html"] = html }
        });
        notebook.Cells[1].Outputs.Add(new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject { ["image/svg+xml"] = "<svg onload=\"alert(5)\"/>" }
        });
        notebook.Save(files.Path("safe.html"));
        notebook.Save(files.Path("trusted.html"), trust: true);
        string safe = File.ReadAllText(files.Path("safe.html")), trusted = File.ReadAllText(files.Path("trusted.html"));
        Assert.DoesNotContain("alert", safe, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", safe, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", safe, StringComparison.Ordinal);
        Assert.Contains("No script runs in this page", safe, StringComparison.Ordinal);
        Assert.Contains("was left out", safe, StringComparison.Ordinal);
        Assert.Contains("<td style=\"color: red\">1 &lt; 2</td>", safe, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org\">b</a>", safe, StringComparison.Ordinal);
        Assert.Contains(html, trusted, StringComparison.Ordinal);
        Assert.Contains("runs the scripts", trusted, StringComparison.Ordinal);
    }

    /// <summary>Ten times as many outputs take about ten times as long: joined one by one they would take a hundred times.</summary>
    [Fact]
    public void Outputs_are_compared_in_linear_time()
    {
        Assert.Null(OutputCheck.FirstDifference(Streams(1000), Streams(1000)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(OutputCheck.FirstDifference(Streams(300_000), Streams(300_000)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L << 30);       // joined one by one: 1,800 GB

        static Notebook Streams(int count)
        {
            Notebook notebook = Dib.Read("#!csharp\n1");
            for (int at = 0; at < count; at++)
            {
                notebook.Cells[0].Outputs.Add(new JsonObject
                {
                    ["output_type"] = "stream",
                    ["name"] = "stdout",
                    ["text"] = "0123456789\n"
                });
            }
            return notebook;
        }
    }

    [Fact]
    public void A_chart_that_needs_a_script_is_shown_as_its_still_picture()
    {
        Notebook notebook = Dib.Read("#!csharp\n1");
        JsonObject data = new()
        {
            ["text/html"] = "<div>x</div><script>draw()</script>",
            ["image/svg+xml"] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
        };
        notebook.Cells[0].Outputs.Add(new JsonObject { ["output_type"] = "display_data", ["data"] = data });
        using Files files = new();
        string page = files.Write("chart.html", "");
        notebook.Save(page);
        string safe = File.ReadAllText(page);
        Assert.Contains("<img alt=\"\" src=\"data:image/svg+xml;base64,", safe, StringComparison.Ordinal);
        Assert.DoesNotContain("A script, style", safe, StringComparison.Ordinal);
        notebook.Save(page, trust: true);
        Assert.Contains("draw()", File.ReadAllText(page), StringComparison.Ordinal);
    }
}
