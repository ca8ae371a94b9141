using System.Globalization;

namespace TorchInit.Tests.Cuda;

/// <summary>dropout, and bernoulli_ with a tensor of probabilities, as torch 2.11.0 draws them on an H100.</summary>
public class CudaMaskTests
{
    const string Table = "cuda/masks-2.11.0-132x2048.tsv";

    static readonly TorchProfile s_profile = TorchProfile.Cuda("2.11", Gpu.H100Sxm);

    public static TheoryData<string, string> Masks => [.. GoldenTable.Read(Table).Select(line => (line["call"], line["dtype"])).Distinct()];

    [Theory, MemberData(nameof(Masks))]
    public void Masks_have_the_bits_of_the_GPU(string call, string dtype)
    {
        foreach (Dictionary<string, string> line in GoldenTable.Read(Table))
        {
            if (line["call"] != call || line["dtype"] != dtype) { continue; }
            string text = Text(call, int.Parse(line["count"], CultureInfo.InvariantCulture), dtype);
            (TensorBuffer drawn, long offset) = Drawn(text);
            Assert.True((line["sha256"], line["offset"])
                == (CudaRun.Sha256(drawn)[..32], offset.ToString(CultureInfo.InvariantCulture)), text);
        }
    }

    [Theory, InlineData("float32"), InlineData("float64"), InlineData("float16"), InlineData("bfloat16")]
    public void Spans_are_masked_alike(string dtype)
    {
        foreach (Dictionary<string, string> line in GoldenTable.Read(Table))
        {
            int count = int.Parse(line["count"], CultureInfo.InvariantCulture);
            if (line["dtype"] != dtype || count > 600_000) { continue; }
            TensorBuffer drawn = TensorBuffer.Zeros(Enum.Parse<DType>(dtype, ignoreCase: true), [count]);
            Generator generator = new(7, s_profile);
            switch (dtype)
            {
                case "float32": Mask<float>(); break;
                case "float64": Mask<double>(); break;
                case "float16": Mask<Half>(); break;
                default: Mask<BFloat16>(); break;
            }
            if (generator.Position == 0) { continue; }
            Assert.True(line["sha256"] == CudaRun.Sha256(drawn)[..32], $"{line["call"]} of {count} {dtype}");
            Assert.Equal(line["offset"], generator.Position.ToString(CultureInfo.InvariantCulture));

            void Mask<T>()
                where T : unmanaged
            {
                Span<T> elements = drawn.AsSpan<T>();
                switch (line["call"])
                {
                    case "F.dropout(x, 0.1)": Drop(0.1); break;
                    case "F.dropout(x, 0.5)": Drop(0.5); break;
                    case "torch.bernoulli(p)":
                        TensorBuffer p = Drawn($"torch.linspace(0, 1, {count}, device='cuda').to(torch.{dtype})").Tensor;
                        TorchInit.Draws.Bernoulli<T, T>(elements, p.AsSpan<T>(), generator);
                        break;
                }

                void Drop(double probability)
                {
                    drawn.AsSpan<T>().Fill(Elements.FromFloat<T>(1));
                    TorchInit.Draws.Dropout(drawn.AsSpan<T>(), generator, probability);
                }
            }
        }
    }

    static string Text(string call, int count, string dtype)
    {
        const string Cuda = "device='cuda'";
        string ones = call switch
        {
            "F.dropout(x[1:], 0.5)" => $"{count + 1}",
            "F.dropout(x.t(), 0.5)" => $"{count}, 3",
            _ => $"{count}",
        };
        string p = $"torch.linspace(0, 1, {count}, dtype=torch.float32, {Cuda}).to(torch.{dtype})";
        string type = $"dtype=torch.{dtype}, {Cuda}";
        return call.Replace("(p", $"({p}", StringComparison.Ordinal)
            .Replace("x.bern", $"torch.empty({count}, {type}).bern", StringComparison.Ordinal)
            .Replace("(x", $"(torch.ones({ones}, {type})", StringComparison.Ordinal);
    }

    static (TensorBuffer Tensor, long Offset) Drawn(string text, TorchProfile? profile = null, ulong seed = 7)
    {
        Generator generator = new(seed, profile ?? s_profile);
        return (InitPlan.Of(text, profile ?? s_profile).Materialize(generator).Values.First(), generator.Position);
    }

    static string Bits(string text) => CudaRun.Sha256(Drawn(text).Tensor);

    /// <summary>Only the place of dropout's input in its allocation differs, or only its gaps.</summary>
    [Theory]
    [InlineData("F.dropout(torch.ones(17, device='cuda')[1:], 0.5)", "F.dropout(torch.ones(17, device='cuda')[1:] * 1, 0.5)")]
    [InlineData("F.dropout(torch.ones(17, device='cuda')[1:], 0.5)", "F.dropout(torch.ones(17, device='cuda')[1:].clone(), 0.5)")]
    [InlineData("F.dropout(torch.ones(20, device='cuda')[2:18], 0.5)", "F.dropout(torch.ones(16, device='cuda'), 0.5)")]
    [InlineData("F.dropout(torch.ones(4, 8, device='cuda')[:, ::2], 0.5)", "F.dropout(torch.ones(4, 4, device='cuda'), 0.5)")]
    public void The_place_of_the_input_decides_which_word_is_whose(string view, string own)
        => Assert.NotEqual(Bits(view), Bits(own));

    /// <summary>And texts whose inputs lie alike.</summary>
    [Theory]
    [InlineData("F.dropout(torch.ones(17, device='cuda')[1:] * 1, 0.5)")]
    [InlineData("F.dropout(torch.ones(17, device='cuda')[1:].clone(), 0.5)")]
    [InlineData("F.dropout(torch.ones(17)[1:].cuda(), 0.5)")]
    [InlineData("F.dropout(torch.ones(20, device='cuda')[4:], 0.5)")]
    [InlineData("F.dropout(torch.ones(20, device='cuda')[:16], 0.5)")]
    [InlineData("x = torch.ones(17, device='cuda')\ny = F.dropout(x[1:].clone(), 0.5)\n", "y")]
    [InlineData("torch.dropout(torch.ones(16, device='cuda'), 0.5, True)")]
    [InlineData("nn.Dropout(0.5)(torch.ones(16, device='cuda'))")]
    public void Inputs_that_lie_alike_are_masked_alike(string text, string name = "")
    {
        Generator generator = new(7, s_profile);
        Assert.Equal(Bits("F.dropout(torch.ones(16, device='cuda'), 0.5)"),
            CudaRun.Sha256(InitPlan.Of(text, s_profile).Materialize(generator)[name]));
    }

    [Fact]
    public void A_view_with_gaps_is_taken_row_by_row_one_element_at_a_time()
    {
        float[] drawn = Drawn("F.dropout(torch.ones(6, 8, device='cuda')[:, ::2], 0.5)").Tensor.AsSpan<float>().ToArray();
        float[] expected = [.. Enumerable.Range(0, 24).Select(i => CudaUnits.Float(Philox.Words(7, 0, (ulong)i)[0]) < 0.5f ? 2f : 0f)];
        AssertBits.Equal(expected, drawn);
    }

    [Fact]
    public void Nothing_is_drawn_where_torch_draws_nothing()
    {
        foreach (string text in (string[])["F.dropout(torch.ones(8, device='cuda'), 0.0)", "F.dropout(torch.ones(8, device='cuda'), 1.0)",
            "F.dropout(torch.ones(8, device='cuda'), 0.5, training=False)", "F.dropout(torch.ones(0, device='cuda'), 0.5)",
            "torch.bernoulli(torch.ones(0, device='cuda'))"])
        {
            Assert.Equal(0, Drawn(text).Offset);
        }
        Generator generator = new(7, s_profile);
        float[] kept = [1, float.NaN], gone = [1, 2];
        TorchInit.Draws.Dropout(kept.AsSpan(), generator, 0);
        TorchInit.Draws.Dropout(gone.AsSpan(), generator, 1);
        TorchInit.Draws.Dropout<float>([], generator);
        TorchInit.Draws.Bernoulli<float, float>([], [], generator);
        Assert.Equal(0, generator.Position);
        Assert.Equal([1, float.NaN], kept);
        Assert.Equal([0, 0], gone);
    }

    [Fact]
    public void What_is_not_finite_becomes_the_GPUs_NaN()
    {
        float[] elements = [.. Enumerable.Repeat(float.PositiveInfinity, 64)];
        TorchInit.Draws.Dropout(elements.AsSpan(), new Generator(7, s_profile));
        Assert.Equal(["7F800000", "7FFFFFFF"], elements.Select(x => $"{BitConverter.SingleToUInt32Bits(x):X}").Distinct().Order());
    }

    /// <summary>p is rounded to float32 unless the elements are float64, as torch's source does.</summary>
    [Fact]
    public void Probabilities_are_compared_in_the_elements_precision()
    {
        int count = 1 << 12;
        float[] units = [.. Enumerable.Range(0, count).Select(i => CudaUnits.Float(Philox.Words(7, 0, (ulong)(i / 4))[i % 4]))];
        double[] below = [.. units.Select(unit => unit * (1 - 1e-12))];
        float[] singles = new float[count];
        double[] doubles = new double[count];
        TorchInit.Draws.Bernoulli<float, double>(singles, below, new(7, s_profile));
        TorchInit.Draws.Bernoulli<double, double>(doubles, below, new(7, s_profile));
        Assert.All(singles, one => Assert.Equal(1, one));
        Assert.All(doubles, zero => Assert.Equal(0, zero));
        TorchInit.Draws.Bernoulli<float, float>(singles, units, new(7, s_profile));
        Assert.All(singles, one => Assert.Equal(1, one));             // u ≤ p, not u < p
    }

    [Fact]
    public void Every_GPU_draws_bernoulli_alike()
    {
        const string Text = "torch.bernoulli(torch.full((300000,), 0.3, device='cuda'))";
        Assert.Equal(CudaRun.Sha256(Drawn(Text).Tensor), CudaRun.Sha256(Drawn(Text, TorchProfile.Cuda("2.11", new(1, 256))).Tensor));
        Assert.Equal(12, Drawn(Text, TorchProfile.Cuda("2.11", Gpu.Any)).Offset);
    }

    [Fact]
    public void Slices_and_positions_agree_with_the_whole()
    {
        const string Text = "x = F.dropout(torch.randn(3000, device='cuda'), 0.3)\ny = torch.bernoulli(torch.rand(1001, device='cuda'))\n"
            + "z = F.dropout(torch.randn(40, 9, device='cuda').t(), 0.4)\nw = torch.rand(3, device='cuda')\n";
        InitPlan plan = InitPlan.Of(Text, s_profile);
        Generator generator = new(7, s_profile);
        StateDict whole = plan.Materialize(generator);
        Assert.Equal((36L, 36L), (plan.Words(), generator.Position));  // 4 for each of six launches, and 12
        Assert.Equal([4, 4, 4, 12, 4, 4, 4], plan.WordsOfSteps().Where(words => words != 0).Select(words => words ?? -1));
        foreach ((string name, TensorBuffer tensor) in whole)
        {
            TensorBuffer part = plan.MaterializeSlice(name, 1, (int)tensor.Count - 1, new Generator(7, s_profile));
            AssertBits.Equal(tensor.AsSpan<float>()[1..].ToArray(), part.AsSpan<float>().ToArray());
        }
        string json = PlanJson.Write(plan);
        Assert.Equal(json, PlanJson.Write(PlanJson.Read(json)));
        Assert.Contains("{\"op\":\"dropout\",\"p\":0.3,\"neighbours\":8,", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F.dropout(torch.ones(4, device='cuda'), 0.3, inplace=True)", "2.11", "inplace=True is not followed on a GPU")]
    [InlineData("torch.empty(4, 3, device='cuda').t().bernoulli_(torch.rand(3, 4, device='cuda'))", "2.11",
        "allowed: a row-major target")]
    [InlineData("F.dropout(torch.ones(8, dtype=torch.float16, device='cuda'), 0.3)", "2.10",
        "dropout of 8 elements of float16 is not followed in torch 2.10 cuda:132x2048: its threads take 8 neighbours at a time or 4")]
    [InlineData("F.dropout(torch.ones(4, dtype=torch.float64, device='cuda'), 0.3)", "1.13", "take 2 neighbours at a time or 4")]
    public void What_is_not_followed(string text, string version, string because)
        => Assert.Contains(because, Assert.Throws<NotFollowedException>(() => Drawn(text, TorchProfile.Cuda(version, Gpu.H100Sxm))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("float32", 8)]
    [InlineData("float16", 4)]
    [InlineData("float16", 12)]
    [InlineData("float64", 2)]
    [InlineData("bfloat16", 7)]
    public void Versions_that_take_as_many_neighbours_draw_alike(string dtype, int count)
    {
        string text = $"F.dropout(torch.ones({count}, dtype=torch.{dtype}, device='cuda'), 0.3)";
        string now = Bits(text);
        foreach (string version in (string[])["1.13", "2.7", "2.10", "2.12", "2.13"])
        {
            Assert.Equal(now, CudaRun.Sha256(Drawn(text, TorchProfile.Cuda(version, Gpu.H100Sxm)).Tensor));
        }
    }

    [Fact]
    public void What_torch_refuses()
    {
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(()
            => Drawn("torch.bernoulli(torch.full((5,), 1.5, device='cuda'))"));
        Assert.Equal(("RuntimeError", "CUDA error: device-side assert triggered"), (error.TorchKind, error.TorchMessage));
        error = Assert.Throws<TorchArgumentException>(()
            => TorchInit.Draws.Bernoulli<float, long>(new float[2], [0, 1], new Generator(7, s_profile)));
        Assert.Equal(("RuntimeError", "expected probabilities tensor to have floating type, got Long"),
            (error.TorchKind, error.TorchMessage));
        error = Assert.Throws<TorchArgumentException>(() => Drawn("F.dropout(torch.ones(5, dtype=torch.int64, device='cuda'))"));
        Assert.Equal(("NotImplementedError", "\"fused_dropout\" not implemented for 'Long'"), (error.TorchKind, error.TorchMessage));
    }

    [Fact]
    public void The_step_belongs_to_a_GPU()
    {
        InitPlan plan = InitPlan.Of("F.dropout(torch.ones(4, device='cuda'), 0.3)", s_profile);
        string cpu = PlanJson.Write(plan).Replace("cuda:132x2048", "cpu", StringComparison.Ordinal);
        Assert.Contains("is a GPU's kernel, and torch 2.11 linux-x64",
            Assert.Throws<InvalidDataException>(() => PlanJson.Read(cpu)).Message, StringComparison.Ordinal);
        Assert.Contains("has other bits in", Assert.Throws<ArgumentException>(() => plan.Retarget(TorchProfile.For("2.11"))).Message,
            StringComparison.Ordinal);
        InitPlan onCpu = InitPlan.Of("F.dropout(torch.ones(4), 0.3)", TorchProfile.For("2.11"));
        Assert.Contains("has other bits in", Assert.Throws<ArgumentException>(() => onCpu.Retarget(s_profile)).Message,
            StringComparison.Ordinal);
        Assert.Equal(["fill_", "bernoulli_", "div_", "mul_"], onCpu.Steps.Select(step => $"{step}".Split('(')[0]));
        foreach (DropoutStep step in (DropoutStep[])[new("w", 0), new("w", 1), new("w", double.NaN), new("w", 0.5, 3), new("w", 0.5, 0)])
        {
            Assert.Contains("; allowed: ", Assert.Throws<ArgumentException>(()
                => new InitPlan("x", s_profile, [new("w", [4])], [step])).Message, StringComparison.Ordinal);
        }
    }
}
