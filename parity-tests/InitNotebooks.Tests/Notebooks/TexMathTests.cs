using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Notebooks;

/// <summary>Formulas of a page are drawn without a script; what is not understood stays as it was written, and runs nothing.</summary>
public sealed partial class TexMathTests
{
    static string Page(string markdown)
    {
        Notebook notebook = new();
        notebook.Cells.Add(new() { Kind = "markdown", Source = markdown, Id = "a" });
        using Files files = new();
        notebook.Save(files.Path("page.html"));
        return File.ReadAllText(files.Path("page.html"));
    }

    [Theory]
    [InlineData(@"\frac{1}{\sqrt{n}}",
        "<mfrac><mrow><mn>1</mn></mrow><mrow><msqrt><mrow><mi>n</mi></mrow></msqrt></mrow></mfrac>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData(@"\mathcal{N}(0, 1)",
        "<mi>N</mi><mo stretchy=\"false\">(</mo><mn>0</mn><mo>,</mo><mn>1</mn><mo stretchy=\"false\">)</mo>")]
    [InlineData(@"\left(\alpha\right)", "<mrow><mo stretchy=\"true\">(</mo><mrow><mi>α</mi></mrow><mo stretchy=\"true\">)</mo></mrow>")]
    [InlineData(@"\text{fan\_in} \cdot 2", "<mtext>fan_in</mtext><mo>·</mo><mn>2</mn>")]
    [InlineData(@"\text{of } 2", "<mtext>of\u00a0</mtext><mn>2</mn>")]
    [InlineData(@"\sum_{i}^n x",
        "<munderover><mo>∑</mo><mrow><mi>i</mi></mrow><mi>n</mi></munderover><mi>x</mi>")]
    [InlineData(@"\prod_k x", "<munderover><mo>∏</mo><mi>k</mi><mrow></mrow></munderover><mi>x</mi>")]
    public void A_formula_is_MathML(string tex, string drawn)
        => Assert.Contains($"<math display=\"block\"><mrow>{drawn}</mrow></math>",
            WebUtility.HtmlDecode(Page($"$$\n{tex}\n$$")), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"\href{javascript:alert(1)}{x}")]
    [InlineData(@"\frac{1}")]
    [InlineData("x^")]
    [InlineData("x^1^2")]
    [InlineData("{x")]
    [InlineData(@"\left( x")]
    [InlineData(@"\begin{matrix} 1 & 2 \end{matrix}")]
    public void What_is_not_understood_stays_as_it_was_written(string tex)
    {
        string page = Page($"Here ${tex}$ it is.");
        Assert.DoesNotContain("<math", page, StringComparison.Ordinal);
        Assert.Contains($"<code>{tex}</code>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_in_a_formula_is_escaped()
    {
        string page = Page(@"$$\text{<img src=x onerror=alert(1)>} < 3$$");
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Assert.Null(TexMath.MathMl(new string('{', 100_000) + new string('}', 100_000), isBlock: true));
        Assert.Null(TexMath.MathMl(string.Concat(Enumerable.Repeat("{", 60)) + "x" + new string('}', 60), isBlock: true));
        Assert.Null(TexMath.MathMl(string.Concat(Enumerable.Repeat(@"\sqrt", 300)) + "x", isBlock: true));
    }

    public static TheoryData<string> Notebooks => [.. Directory.EnumerateFiles(Repository.PathOf("notebooks"), "*.ipynb")
        .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Notebooks))]
    public void Every_formula_of_the_notebooks_is_drawn(string name)
    {
        using Files files = new();
        Notebook notebook = Notebook.Load(Repository.PathOf($"notebooks/{name}"));
        int dollars = notebook.Cells.Where(cell => !cell.IsCode).Sum(cell => cell.Source.Count(letter => letter == '$'));
        notebook.Save(files.Path("page.html"));
        string[] formulas = [.. Formula().Matches(File.ReadAllText(files.Path("page.html"))).Select(match => match.Value)];
        int blocks = formulas.Count(formula => formula.StartsWith("<math display", StringComparison.Ordinal));
        Assert.Equal(dollars, (blocks * 4) + ((formulas.Length - blocks) * 2));
        Assert.All(formulas, formula => Assert.NotNull(XElement.Parse(formula)));
    }

    [GeneratedRegex("<math.*?</math>")]
    private static partial Regex Formula();
}
