using System.Text.Json.Nodes;
using System.Xml.Linq;
using InitNotebooks.Engine;
using TorchInit;

namespace InitNotebooks.Tests.Charts;

public class ChartTests
{
    static readonly float[] s_values = Modules.Embedding(100, 20).Materialize(0)["weight"].AsSpan<float>().ToArray();

    public static TheoryData<string> Names => ["histogram", "qq", "violins", "lines", "depth", "bars", "heat", "ulp", "bits", "order"];

    static Chart Make(string name) => name switch
    {
        "histogram" => Plot.Histogram(s_values, 30, Density.Normal(0, 1), "T <&> title"),
        "qq" => Plot.QQ(s_values, Density.Normal(0, 1)),
        "violins" => Plot.Violins([("a", s_values), ("b", [1f, 2f, 3f])]),
        "lines" => Plot.Lines([1, 2, 3], [("x", [1, 4, 9])]),
        "depth" => Plot.Depth([("x", [1, 1e-10, 0])]),
        "bars" => Plot.Bars([("a", 1), ("b", 2)]),
        "heat" => Plot.HeatMap(s_values, 100, 20),
        "ulp" => Plot.UlpMap(s_values, [.. s_values.Select(MathF.BitIncrement)], 100, 20),
        "bits" => Plot.Bits(0.1f),
        _ => Plot.DrawOrder(Modules.MultiheadAttention(8, 2)),
    };

    /// <summary>Derived a second time: a draw is lost if the saved bits stay the same with other values in its place.</summary>
    [Theory]
    [InlineData("TransformerEncoder(TransformerEncoderLayer(32, 4, 64), 3)", 1)]
    [InlineData("Transformer(8, 2, 1, 1, 16)", 13)]
    [InlineData("MultiheadAttention(8, 2)", 1)]
    [InlineData("Embedding(5, 3, padding_idx=0)", 0)]
    [InlineData("torch.randn(20, 3) * 0.02 + 1", 0)]
    [InlineData("torch.bernoulli(torch.empty(40, 5).uniform_(0.25, 1))", 0)]
    public void A_draw_is_pale_only_if_nothing_that_is_kept_depends_on_it(string expression, int lost)
    {
        InitPlan plan = InitPlan.Of(expression);
        string[] lines = Plot.DrawOrder(plan).ToString().Split('\n')[1..];
        int[] draws = [.. plan.WordsOfSteps().Index().Where(step => step.Item != 0).Select(step => step.Index)];
        Assert.Equal(draws.Length, lines.Length);
        bool[] pale = [.. lines.Select(line => line.EndsWith("(overwritten later)", StringComparison.Ordinal)
            || line.EndsWith("(thrown away)", StringComparison.Ordinal))];
        Assert.Equal(lost, pale.Count(each => each));
        foreach ((int step, bool isPale) in draws.Zip(pale))
        {
            InitStep[] steps = [.. plan.Steps];
            if (steps[step] is UniformStep uniform) { steps[step] = uniform with { From = uniform.From - 0.125 }; }
            else if (steps[step] is NormalStep normal) { steps[step] = normal with { Mean = normal.Mean + 1 }; }
            else { continue; }
            Assert.Equal(isPale, Saved(plan) == Saved(new(plan.Title, plan.Profile, plan.Tensors, steps)));
        }

        static string Saved(InitPlan plan) => string.Concat(plan.Materialize(3).Values.Select(tensor
            => Convert.ToHexString(tensor.Bytes(0, tensor.Count))));
    }

    [Fact]
    public void A_draw_that_is_copied_is_shown_under_the_name_of_what_is_saved()
    {
        string said = Plot.DrawOrder(InitPlan.Of("TransformerEncoder(TransformerEncoderLayer(32, 4, 64), 3)")).ToString();
        Assert.Contains("linear1.bias → layers.0.linear1.bias, …\n", said, StringComparison.Ordinal);
        Assert.Contains("self_attn.out_proj.bias (thrown away)\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_occur_twice_are_numbered()
    {
        Assert.Equal(["a (1)", "b", "a (2)"], Names(Plot.Violins([("a", [1f]), ("b", [1f]), ("a", [2f])])));
        Assert.Equal(["a (2)", "a (1)", "a (3)"], Names(Plot.Bars([("a", 1), ("a (1)", 2), ("a", 3)])));
        Assert.Equal(["x (1)", "x (2)"], Names(Plot.Lines([1, 2], [("x", [1, 4]), ("x", [2, 3])])));
        Assert.Equal(["x (1)", "x (2)"], Names(Plot.Depth([("x", [1, 4]), ("x", [2, 3])])));

        static string[] Names(Chart chart) => [.. chart.ToString().Split('\n')[1..].Select(line => line.Split(':')[0])];
    }

    [Theory, MemberData(nameof(Names))]
    public void A_chart_has_four_forms(string name)
    {
        Chart chart = Make(name);
        JsonNode figure = JsonNode.Parse(chart.PlotlyJson)!;
        Assert.NotEmpty(figure["data"]!.AsArray());
        Assert.Equal("svg", XDocument.Parse(chart.Svg).Root!.Name.LocalName);
        Assert.Contains(chart.Svg, chart.Html, StringComparison.Ordinal);
        Assert.True(chart.ToString().Split('\n').Length > 1);
        JsonObject bundle = MimeBundle.Of(chart);
        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"], bundle.Select(form => form.Key)
            .Order(StringComparer.Ordinal));
        Assert.IsType<JsonObject>(bundle["application/vnd.plotly.v1+json"]);
    }

    /// <summary>Of a page that runs no script, in which a browser reads it as HTML.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_still_chart_comes_through_the_filter_of_pages_whole(string name)
    {
        string svg = Make(name).Svg;
        string shown = HtmlFilter.Clean(svg, out bool removed);
        Assert.False(removed);
        Assert.DoesNotContain("/>", shown, StringComparison.Ordinal);
        Assert.Equal(Parts(svg), Parts(shown));
    }

    /// <summary>Each element's depth, name, attributes and text.</summary>
    static IEnumerable<string> Parts(string svg) => XDocument.Parse(svg).Descendants().Select(element =>
        $"{element.Ancestors().Count()} {element.Name.LocalName.ToLowerInvariant()} "
        + string.Join(' ', element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)
            .Select(attribute => $"{attribute.Name.LocalName.ToLowerInvariant()}={attribute.Value.Replace("; ", ";", StringComparison.Ordinal)}"))
        + string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value)));

    [Theory]
    [InlineData("<g><rect x=\"1\"/><circle/></g>", "<g><rect x=\"1\"></rect><circle></circle></g>")]
    [InlineData("<g/>text", "<g></g>text")]
    [InlineData("<rect x=1/><g>", "<rect x=\"1/\"><g></g></rect>")]
    [InlineData("<b/>bold", "<b>bold</b>")]
    [InlineData("<p/>text<br/>more", "<p>text<br>more</p>")]
    public void An_element_of_a_picture_may_end_in_its_own_tag_as_in_a_browser(string html, string shown)
        => Assert.Equal(shown, HtmlFilter.Clean(html, out _));

    [Theory, MemberData(nameof(Names))]
    public void The_same_input_gives_the_same_bytes(string name)
        => Assert.Equal((Make(name).PlotlyJson, Make(name).Html, Make(name).ToString()),
            (Make(name).PlotlyJson, Make(name).Html, Make(name).ToString()));

    [Fact]
    public void A_histogram_says_how_many_values_and_which_bars_chance_does_not_explain()
    {
        Assert.Contains("n = 2,000, 0 of 30 bars outside the 99.9 % band", Make("histogram").Svg, StringComparison.Ordinal);
        Chart wrong = Plot.Histogram(s_values, 30, Density.Uniform(-4, 4));
        Assert.Matches("n = 2,000, [1-9][0-9]* of 30 bars outside", wrong.Svg);
    }

    [Fact]
    public void A_map_of_ulps_shows_small_differences_beside_a_large_one()
    {
        float[] expected = [.. Enumerable.Repeat(1f, 12)], actual = [.. expected];
        actual[3] = MathF.BitIncrement(1f);
        actual[7] = 1.5f;
        Chart chart = Plot.UlpMap(expected, actual, 3, 4);
        Assert.Contains("2 of 12 elements differ, 1 of them by 1 ULP; at most 4,194,304 ULP", chart.Svg, StringComparison.Ordinal);
        double[] cells = [.. JsonNode.Parse(chart.PlotlyJson)!["data"]![0]!["z"]!.AsArray().SelectMany(row => row!.AsArray())
            .Select(cell => cell!.GetValue<double>())];
        Assert.Equal(10, cells.Count(cell => cell == 0));
        Assert.True(cells[3] > cells.Max() / 10, "one ULP is a colour that is seen");
        Assert.Contains("1,000,000</text>", chart.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_map_keeps_a_single_difference()
    {
        float[] expected = new float[300 * 300], actual = new float[300 * 300];
        actual[4321] = float.Epsilon;
        Assert.Contains("a cell is the farthest of 5 × 5", XDocument.Parse(Plot.UlpMap(expected, actual, 300, 300).Svg).Root!.Value,
            StringComparison.Ordinal);
        Assert.Equal(1, JsonNode.Parse(Plot.UlpMap(expected, actual, 300, 300).PlotlyJson)!["data"]![0]!["z"]!.AsArray()
            .SelectMany(row => row!.AsArray()).Sum(cell => cell!.GetValue<double>()));
    }

    [Fact]
    public void Ones_and_zeros_differ_by_shape()
    {
        string svg = Plot.Bits(-1.5f).Svg;       // 1 01111111 10000000000000000000000
        Assert.Equal((9, 23), (svg.Split("<rect").Length - 2, svg.Split("<circle").Length - 1));
        Assert.Contains("8 bits of exponent", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_differ_by_more_than_colour()
    {
        string svg = Plot.Lines([1, 2], [("a", [1, 2]), ("b", [2, 3]), ("theory", [3, 4])]).Svg;
        string[] patterns = [.. svg.Split("fill=\"none\" ").Skip(1)
            .Select(path => path[..path.IndexOf(" stroke-width", StringComparison.Ordinal)])];
        Assert.Equal(3,
            patterns.Select(pattern => pattern.Contains("dasharray", StringComparison.Ordinal)
            ? pattern[pattern.IndexOf("dasharray", StringComparison.Ordinal)..] : "").Distinct().Count());
    }

    [Fact]
    public void A_small_table_has_its_values_in_its_cells()
        => Assert.All(["all", "50 %"],
            text => Assert.Contains($">{text}</text>", Plot.HeatMap([1, 0.5f], 1, 2, text: value => value == 1 ? "all" : "50 %").Svg,
            StringComparison.Ordinal));

    [Theory]
    [InlineData(1e-5, "10⁻⁵")]
    [InlineData(25_000_000, "2.5·10⁷")]
    [InlineData(-0.05, "−0.05")]
    [InlineData(12_345, "12,345")]
    [InlineData(0, "0")]
    public void Numbers_are_written_as_people_write_them(double value, string text) => Assert.Equal(text, Ticks.Number(value));

    [Fact]
    public void No_label_leaves_the_picture()
    {
        Chart chart = Plot.Bars([("torch 2.8 windows-x64 default", 1), ("torch 2.15 linux-x64 avx2", 2), ("b", 3), ("c", 4)],
            y: "elements");
        foreach (XElement text in XDocument.Parse(chart.Svg).Descendants()
            .Where(each => each.Name.LocalName == "text"
            && each.Attribute("transform")?.Value.StartsWith("rotate", StringComparison.Ordinal) == true))
        {
            double x = double.Parse(text.Attribute("x")!.Value, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(x - 0.81 * Margins.Letter * text.Value.Length > 0, text.Value);
        }
    }

    [Fact]
    public void A_histogram_is_a_density()
    {
        JsonNode trace = JsonNode.Parse(Make("histogram").PlotlyJson)!["data"]![0]!;
        Assert.Equal(1, trace["y"]!.AsArray().Sum(height => height!.GetValue<double>()) * trace["width"]!.GetValue<double>(), 1e-9);
    }

    [Fact]
    public void Ten_million_values_make_a_small_picture()
        => Assert.InRange(MimeBundle.Of(Plot.Histogram(new float[10_000_000].Select((_, i) => (float)i).ToArray(), 60))
            .ToJsonString().Length, 1, 100_000);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_is_refused(float value)
        => Assert.Contains("values[1]", Assert.Throws<ArgumentException>(() => Plot.Histogram([1f, value])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_refused_and_one_value_is_drawn()
    {
        Assert.Throws<ArgumentException>(() => Plot.Histogram([]));
        Assert.NotEmpty(Plot.Histogram([2f]).Svg);
        Assert.Throws<ArgumentException>(() => Plot.HeatMap([1f, 2f], 3, 1));
    }

    [Fact]
    public void Plotly_stays_in_its_own_context()
    {
        Make("bars");
        _ = MimeBundle.Of(Make("bars"));
        Assert.DoesNotContain(System.Runtime.Loader.AssemblyLoadContext.Default.Assemblies,
            assembly => assembly.GetName().Name is "FSharp.Core" or "Plotly.NET");
    }

    [Fact]
    public void The_script_is_there_without_a_network() => Assert.InRange(PlotlyScript.Html.Length, 1_000_000, 2_000_000);

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public void A_quantile_is_the_inverse(double p)
    {
        foreach (Density density in new[] { Density.Uniform(-2, 3), Density.Normal(1, 2), Density.TruncatedNormal(0, 1, -1, 2) })
        {
            Assert.Equal(p, density.Cumulative(density.Quantile(p)), 1e-12);
        }
    }

    [Fact]
    public void A_density_integrates_to_1()
    {
        foreach (Density density in new[] { Density.Uniform(-2, 3), Density.Normal(1, 2), Density.TruncatedNormal(0, 1, -1, 2) })
        {
            Assert.Equal(1, Enumerable.Range(0, 40_000).Sum(step => density.At(-20 + (step + 0.5) / 1000)) / 1000, 1e-3);
        }
    }

    [Fact]
    public void Checks_stop_and_say_which()
    {
        Assert.Contains("the claim", Assert.Throws<CheckFailedException>(() => Check.That(false, "the claim")).Message,
            StringComparison.Ordinal);
        Assert.Contains("expected 1, is 2", Assert.Throws<CheckFailedException>(() => Check.Equal(1, 2, "x")).Message,
            StringComparison.Ordinal);
        Assert.Contains("[1]", Assert.Throws<CheckFailedException>(() => Check.SameBits([0f, 0f], [0f, -0f], "x")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Moments_are_the_textbooks()
    {
        Moments moments = Moments.Of([1.0, 2, 3, 4]);
        Assert.Equal((2.5, Math.Sqrt(1.25), 0.0, 1.64),
            (moments.Mean, moments.StandardDeviation, moments.Skewness, Math.Round(moments.Kurtosis, 12)));
    }
}
