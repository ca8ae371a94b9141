using System.Text.Json.Nodes;
using CsCheck;
using TorchInit.Parity;

namespace TorchInit.Tests.Plans;

public class PlanJsonTests
{
    [Fact]
    public void Every_plan_of_the_table_reads_back()
    {
        foreach (string expression in CaseTable.Groups.SelectMany(row => row.Expressions)
            .Where(expression => !expression.Contains("; ", StringComparison.Ordinal)))
        {
            InitPlan plan;
            try { plan = InitPlan.Of(expression); }
            catch (ArgumentException error) when (error.Message.Contains("strided view", StringComparison.Ordinal)) { continue; }
            InitPlan read = PlanJson.Read(PlanJson.Write(plan));
            Assert.Equal(plan.ToString(), read.ToString());
            Assert.Equal(plan.ResetSteps?.Count, read.ResetSteps?.Count);
        }
    }

    [Fact]
    public void Keys_may_be_sorted_and_occur_once()
    {
        InitPlan plan = InitPlan.Of("Sequential(*[Linear(3, 3) for _ in range(9)], BatchNorm1d(3))");
        string sorted = Sorted(JsonNode.Parse(PlanJson.Write(plan))!).ToJsonString();
        Assert.StartsWith("{\"cpu\"", sorted, StringComparison.Ordinal);
        Assert.Equal(plan.ToString(), PlanJson.Read(sorted).ToString());
        string json = PlanJson.Write(InitPlan.Of("Linear(3, 4)"));
        Assert.Equal("This is not a plan: a step has no op",
            Assert.Throws<InvalidDataException>(() => PlanJson.Read(
                json.Replace("\"op\":\"uniform\",", "", StringComparison.Ordinal))).Message);
        Assert.Contains("'title' occurs twice", Assert.Throws<InvalidDataException>(() => PlanJson.Read(
            json.Replace("\"title\":", "\"title\": \"x\", \"title\":", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Sorted(member.Value!)))),
        JsonArray items => new JsonArray([.. items.Select(item => Sorted(item!))]),
        _ => node.DeepClone(),
    };

    [Fact]
    public void Torchs_names_of_dtypes_are_read()
    {
        InitPlan plan = new("x", TorchProfile.Default, [new("a", [1], DType: DType.BFloat16), new("b", [1], DType: DType.UInt8)], []);
        string json = PlanJson.Write(plan);
        string torchs = json.Replace("b_float16", "bfloat16", StringComparison.Ordinal)
            .Replace("u_int8", "uint8", StringComparison.Ordinal);
        Assert.NotEqual(json, torchs);
        Assert.Equal(json, PlanJson.Write(PlanJson.Read(torchs)));
    }

    [Fact]
    public void A_plan_read_back_draws_the_same_bits()
    {
        InitPlan plan = InitPlan.Of("Transformer(8, 2, 2, 1, 16)",
            TorchProfile.For("2.6") with { Lapack = LapackImplementation.Reference312 });
        InitPlan read = PlanJson.Read(PlanJson.Write(plan));
        Assert.Equal(plan.Profile, read.Profile);
        StateDict a = plan.Materialize(3, DType.Float64), b = read.Materialize(3, DType.Float64);
        Assert.Equal(a.Keys, b.Keys);
        foreach (string name in a.Keys) { AssertBits.Equal(a[name].AsSpan<double>().ToArray(), b[name].AsSpan<double>().ToArray()); }
    }

    [Fact]
    public void Every_double_keeps_its_bits()
    {
        // 2⁹⁷⁴ and 2⁻¹⁰² are among those that .NET's shortest form loses.
        double[] hard = [0.0, -0.0, Math.Pow(2, -1074), double.MaxValue, double.Epsilon, 0.1, Math.PI, double.PositiveInfinity,
            double.NegativeInfinity, .. Enumerable.Range(-1074, 2098).Select(exponent => Math.Pow(2, exponent))];
        foreach (double value in hard) { RoundTrip(value); }
        Gen.Double.Sample(RoundTrip, iter: 10_000);
    }

    static void RoundTrip(double value)
    {
        if (double.IsNaN(value)) { return; }
        InitPlan plan = new("x", TorchProfile.Default, [new("w", [3])], [new FillStep("w", value)]);
        FillStep step = Assert.IsType<FillStep>(PlanJson.Read(PlanJson.Write(plan)).Steps[0]);
        Assert.Equal(BitConverter.DoubleToUInt64Bits(value), BitConverter.DoubleToUInt64Bits(step.Value));
    }

    const string Valid = """
        {"title":"x","torch":"2.15","platform":"linux-x64","cpu":"avx2","erf":"vendor","lapack":"vendor",
         "tensors":[{"name":"w","shape":[SHAPE],"kind":"parameter"}],"steps":[STEP]}
        """;

    static string With(string step, string shape = "4, 5") => Valid.Replace("SHAPE", shape, StringComparison.Ordinal)
        .Replace("STEP", step, StringComparison.Ordinal);

    [Fact]
    public void One_tensor_or_step_a_line()
        => Assert.Equal("""
            {
              "format": 1,
              "title": "Linear(3, 4)",
              "torch": "2.15",
              "platform": "linux-x64",
              "cpu": "avx2",
              "erf": "vendor",
              "lapack": "vendor",
              "tensors": [
                {"name":"weight","shape":[4,3],"kind":"parameter"},
                {"name":"bias","shape":[4],"kind":"parameter"}
              ],
              "steps": [
                {"op":"uniform","from":-0.5773502691896257,"to":0.5773502691896257,"target":{"tensor":"weight"}},
                {"op":"uniform","from":-0.5773502691896258,"to":0.5773502691896258,"target":{"tensor":"bias"}}
              ],
              "reset_steps": [
                {"op":"uniform","from":-0.5773502691896257,"to":0.5773502691896257,"target":{"tensor":"weight"}},
                {"op":"uniform","from":-0.5773502691896258,"to":0.5773502691896258,"target":{"tensor":"bias"}}
              ],
              "torch_class": "Linear"
            }
            """.ReplaceLineEndings(), PlanJson.Write(InitPlan.Of("Linear(3, 4)")));

    [Fact]
    public void The_example_is_valid()
        => Assert.Equal(20, PlanJson.Read(With("""{"op":"uniform","from":-1.0,"to":1,"target":{"tensor":"w"}}""")).Words());

    [Theory]
    [InlineData("""{"op":"pickle","target":{"tensor":"w"}}""")]                                                  // no such step
    [InlineData("""{"op":"uniform","from":-1.0,"target":{"tensor":"w"}}""")]                                     // an argument is missing
    [InlineData("""{"op":"uniform","from":-1.0,"to":1,"target":{"tensor":"w"},"extra":1}""")]                    // one too many
    [InlineData("""{"op":"uniform","from":"x","to":1,"target":{"tensor":"w"}}""")]                               // no number
    [InlineData("""{"op":"uniform","from":-1.0,"to":1,"target":{"tensor":"v"}}""")]                              // no such tensor
    [InlineData("""{"op":"uniform","from":-1.0,"to":1,"target":{"tensor":"w","offset":15,"shape":[6]}}""")]      // leaves the tensor
    [InlineData("""{"op":"uniform","from":-1.0,"to":1,"target":{"tensor":"w","offset":-1,"shape":[6]}}""")]
    // overlaps itself
    [InlineData("""{"op":"uniform","from":-1.0,"to":1,"target":{"tensor":"w","offset":0,"shape":[4,4],"strides":[1,1]}}""")]
    [InlineData("""{"op":"uniform","from":-1.0,"to":1,"target":{"tensor":"w","offset":0,"shape":[9223372036854775807,2],"strides":[1,9223372036854775807]}}""")]
    [InlineData("""{"op":"uniform","from":-1.0,"to":1,"target":null}""")]
    [InlineData("null")]
    [InlineData("""{"op":"copy","source":{"tensor":"v"},"target":{"tensor":"w"}}""")]
    [InlineData("""{"op":"copy","source":{"tensor":"w","offset":0,"shape":[3]},"target":{"tensor":"w"}}""")]
    [InlineData("""{"op":"data","values":[1,2],"target":{"tensor":"w"}}""")]
    [InlineData("""{"op":"power_iteration","v":"w","weight":"w","dim":0,"iterations":2000000000,"epsilon":1,"target":{"tensor":"w"}}""")]
    [InlineData("""{"op":"norm_except","source":"w","dim":7,"target":{"tensor":"w"}}""")]
    [InlineData("""{"op":"dirac","groups":0,"target":{"tensor":"w"}}""")]
    public void A_hostile_step_is_refused(string step) => Assert.Throws<InvalidDataException>(() => PlanJson.Read(With(step)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"title":"x"}""")]
    public void What_is_no_plan_is_refused(string json) => Assert.Throws<InvalidDataException>(() => PlanJson.Read(json));

    [Theory]
    [InlineData("-1")]
    [InlineData("4611686018427387904, 4")]
    [InlineData("1e30")]
    public void An_impossible_shape_is_refused(string shape) => Assert.Throws<InvalidDataException>(() => PlanJson.Read(With("", shape)));

    [Fact]
    public void A_huge_shape_allocates_nothing_before_it_is_refused()
    {
        InitPlan plan = PlanJson.Read(With("""{"op":"uniform","from":-1.0,"to":1,"target":{"tensor":"w"}}""", "1048576, 1048576"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.ThrowsAny<Exception>(() => plan.Materialize(0));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Many_tensors_that_fit_one_by_one_are_refused_together()
    {
        string tensors = string.Join(',', Enumerable.Range(0, 4000)
            .Select(at => $$"""{"name":"w{{at}}","shape":[2000000000],"kind":"parameter"}"""));
        InitPlan plan = PlanJson.Read(Valid.Replace("""{"name":"w","shape":[SHAPE],"kind":"parameter"}""", tensors,
            StringComparison.Ordinal).Replace("STEP", "", StringComparison.Ordinal));
        Assert.Throws<InsufficientMemoryException>(() => plan.Materialize(0));
    }

    [Fact]
    public void Truncated_text_is_refused()
    {
        string json = PlanJson.Write(InitPlan.Of("LSTM(3, 4)"));
        for (int length = 0; length < json.Length; length += 7)
        {
            Assert.Throws<InvalidDataException>(() => PlanJson.Read(json[..length]));
        }
    }

    [Theory]
    [InlineData(0x7FF8000000000000, "\"NaN\"")]
    [InlineData(0xFFF8000000000000, "\"NaN:fff8000000000000\"")]
    [InlineData(0x7FF4000020000001, "\"NaN:7ff4000020000001\"")]
    public void A_NaN_keeps_its_bits(ulong bits, string written)
    {
        double nan = BitConverter.UInt64BitsToDouble(bits);
        InitPlan plan = new("x", TorchProfile.Default, [new("w", [2])], [new FillStep("w", nan), new DataStep("w", [nan, 1])]);
        string json = PlanJson.Write(plan);
        Assert.Contains(written, json, StringComparison.Ordinal);
        InitPlan read = PlanJson.Read(json);
        Assert.Equal(bits, BitConverter.DoubleToUInt64Bits(((FillStep)read.Steps[0]).Value));
        Assert.Equal(bits, BitConverter.DoubleToUInt64Bits(((DataStep)read.Steps[1]).Values[0]));
        foreach (string wrong in (string[])["NaN:", "NaN:7ff0000000000000", "NaN:7ff800000000000", "NaN:+ff8000000000000", "nan"])
        {
            Assert.Throws<InvalidDataException>(() => PlanJson.Read(json.Replace(written, $"\"{wrong}\"", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_where_it_is_given_and_where_it_is_read()
    {
        const string Half = "a\uD800b";
        TorchProfile profile = TorchProfile.Default;
        Assert.Equal("title has a lone surrogate at 1 of its text; allowed: Unicode text. (Parameter 'title')",
            Assert.Throws<ArgumentException>(() => new InitPlan(Half, profile, [], [])).Message);
        Assert.Throws<ArgumentException>(() => new InitPlan("x", profile, [new(Half, [2])], []));
        Assert.Throws<ArgumentException>(() => new InitPlan("x", profile, [], []) { TorchClass = Half });
        string json = PlanJson.Write(new InitPlan("title", profile, [new("name", [2])], [new FillStep("name", 1)]) { TorchClass = "Kind" });
        foreach (string text in (string[])["title", "name", "Kind"])
        {
            Assert.Throws<InvalidDataException>(()
                => PlanJson.Read(json.Replace($"\"{text}\"", "\"a\\ud800b\"", StringComparison.Ordinal)));
        }
    }
}
