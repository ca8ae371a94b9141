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
        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"], bundle.Select(form => form.Key).Order(StringComparer.Ordinal));
        Assert.IsType<JsonObject>(bundle["application/vnd.plotly.v1+json"]);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_input_gives_the_same_bytes(string name)
        => Assert.Equal((Make(name).PlotlyJson, Make(name).Html, Make(name).ToString()), (Make(name).PlotlyJson, Make(name).Html, Make(name).ToString()));

    [Fact]
    public void A_histogram_is_a_density()
    {
        JsonNode trace = JsonNode.Parse(Make("histogram").PlotlyJson)!["data"]![0]!;
        Assert.Equal(1, trace["y"]!.AsArray().Sum(height => height!.GetValue<double>()) * trace["width"]!.GetValue<double>(), 1e-9);
    }

    [Fact]
    public void Ten_million_values_make_a_small_picture()
        => Assert.InRange(MimeBundle.Of(Plot.Histogram(new float[10_000_000].Select((_, i) => (float)i).ToArray(), 60)).ToJsonString().Length, 1, 100_000);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_is_refused(float value) => Assert.Contains("values[1]", Assert.Throws<ArgumentException>(() => Plot.Histogram([1f, value])).Message, StringComparison.Ordinal);

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
        Assert.DoesNotContain(System.Runtime.Loader.AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "FSharp.Core" or "Plotly.NET");
    }

    [Fact]
    public void The_script_is_there_without_a_network() => Assert.InRange(PlotlyScript.Html.Length, 1_000_000, 2_000_000);

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public void A_quantile_is_the_inverse(double p)
    {
        foreach (Density density in new[] { Density.Uniform(-2, 3), Density.Normal(1, 2), Density.TruncatedNormal(0, 1, -1, 2) }) { Assert.Equal(p, density.Cumulative(density.Quantile(p)), 1e-12); }
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
        Assert.Contains("the claim", Assert.Throws<CheckFailedException>(() => Check.That(false, "the claim")).Message, StringComparison.Ordinal);
        Assert.Contains("expected 1, is 2", Assert.Throws<CheckFailedException>(() => Check.Equal(1, 2, "x")).Message, StringComparison.Ordinal);
        Assert.Contains("[1]", Assert.Throws<CheckFailedException>(() => Check.SameBits([0f, 0f], [0f, -0f], "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Moments_are_the_textbooks()
    {
        Moments moments = Moments.Of([1.0, 2, 3, 4]);
        Assert.Equal((2.5, Math.Sqrt(1.25), 0.0, 1.64), (moments.Mean, moments.StandardDeviation, moments.Skewness, Math.Round(moments.Kurtosis, 12)));
    }
}
