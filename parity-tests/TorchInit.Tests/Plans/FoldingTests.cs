namespace TorchInit.Tests.Plans;

/// <summary>Layers that repeat are one block in JSON, and read back as they were.</summary>
public class FoldingTests
{
    /// <summary>A decoder of torch-like layers, with experts where asked: every weight drawn twice, as most of Hugging Face's
    /// are.</summary>
    internal static InitPlan Decoder(int layers, long width, int experts = 0, long vocabulary = 50257, bool isTwice = true)
    {
        List<ParameterSpec> tensors = [new("wte.weight", [vocabulary, width])];
        List<InitStep> steps = [new NormalStep("wte.weight", 0, 1)];
        foreach (bool again in isTwice ? (bool[])[false, true] : [true])
        {
            if (again && isTwice) { steps.Add(new NormalStep("wte.weight", 0, 0.02)); }
            for (int layer = 0; layer < layers; layer++)
            {
                Norm($"h.{layer}.ln_1", again);
                Linear($"h.{layer}.attn.q", width, width, again);
                Linear($"h.{layer}.attn.o", width, width, again);
                Norm($"h.{layer}.ln_2", again);
                for (int expert = 0; expert < Math.Max(experts, 1); expert++)
                {
                    string name = experts == 0 ? $"h.{layer}.mlp" : $"h.{layer}.experts.{expert}";
                    Linear($"{name}.up", 4 * width, width, again);
                    Linear($"{name}.down", width, 4 * width, again);
                }
            }
        }
        Norm("ln_f", true);
        tensors.Add(new("head.weight", [vocabulary, width], SameAs: "wte.weight"));
        return new("Decoder", TorchProfile.For("2.6"), tensors, steps);

        void Linear(string name, long outputs, long inputs, bool again)
        {
            Declare($"{name}.weight", outputs, inputs);
            Declare($"{name}.bias", outputs);
            double bound = 1 / Math.Sqrt(inputs);
            steps.Add(again ? new NormalStep($"{name}.weight", 0, 0.02) : new UniformStep($"{name}.weight", -bound, bound));
            steps.Add(again ? new FillStep($"{name}.bias", 0) : new UniformStep($"{name}.bias", -bound, bound));
        }

        void Norm(string name, bool again)
        {
            Declare($"{name}.weight", width);
            Declare($"{name}.bias", width);
            if (!again) { return; }
            steps.Add(new FillStep($"{name}.weight", 1));
            steps.Add(new FillStep($"{name}.bias", 0));
        }

        void Declare(string name, params long[] shape)
        {
            if (tensors.TrueForAll(tensor => tensor.Name != name)) { tensors.Add(new(name, shape)); }
        }
    }

    static void ReadsBack(InitPlan plan, string json)
    {
        InitPlan read = PlanJson.Read(json);
        Assert.Equal(plan.Tensors, read.Tensors);
        Assert.Equal(plan.Steps, read.Steps);
        Assert.Equal(plan.ResetSteps, read.ResetSteps);
        Assert.Equal((plan.Title, plan.TorchClass, plan.Profile), (read.Title, read.TorchClass, read.Profile));
        Assert.Equal(json, PlanJson.Write(read));
    }

    [Theory]
    [InlineData(48, 1600, 0, 8_000)]
    [InlineData(96, 128, 0, 8_000)]
    [InlineData(12, 64, 16, 8_000)]
    [InlineData(2, 64, 0, 12_000)]
    [InlineData(1, 64, 0, 12_000)]
    public void Equal_layers_are_one_block(int layers, long width, int experts, int most)
    {
        InitPlan plan = Decoder(layers, width, experts);
        string json = PlanJson.Write(plan);
        Assert.InRange(json.Length, 1, most);
        ReadsBack(plan, json);
        Assert.Equal(layers > 1, json.Contains($"\"repeat\": {layers},", StringComparison.Ordinal));
        if (layers > 1) { Assert.Contains("\"name\":\"h.{i}.attn.q.weight\"", json, StringComparison.Ordinal); }
    }

    [Fact]
    public void One_layer_more_changes_a_count_in_each_list_and_nothing_else()
    {
        string[] lines = PlanJson.Write(Decoder(48, 64)).Split('\n'), more = PlanJson.Write(Decoder(49, 64)).Split('\n');
        Assert.Equal(lines.Length, more.Length);
        string[] changed = [.. lines.Zip(more).Where(pair => pair.First != pair.Second).Select(pair => pair.Second.Trim())];
        Assert.Equal(["\"repeat\": 49,", "\"repeat\": 49,", "\"repeat\": 49,"], changed);
    }

    [Fact]
    public void A_layer_that_differs_stands_for_itself()
    {
        InitPlan plan = Decoder(20, 64, isTwice: false);
        int at = plan.Steps.ToList().FindIndex(step => step.Target.Tensor == "h.9.attn.q.weight");
        InitStep[] steps = [.. plan.Steps];
        steps[at] = new NormalStep("h.9.attn.q.weight", 0, 0.020000000000000004);
        InitPlan other = new(plan.Title, plan.Profile, plan.Tensors, steps);
        ReadsBack(other, PlanJson.Write(other));
    }

    [Theory]
    [InlineData(0.0, -0.0)]                              // equal, and not the same bits
    [InlineData(0.02, 0.020000000000000004)]
    public void Values_that_differ_in_a_bit_are_not_folded(double even, double odd)
    {
        ParameterSpec[] tensors = [.. Enumerable.Range(0, 12).Select(at => new ParameterSpec($"w{at}", [2]))];
        InitPlan plan = new("x", TorchProfile.Default, tensors,
            [.. Enumerable.Range(0, 12).Select(at => new FillStep($"w{at}", at == 7 ? odd : even))]);
        FillStep[] read = [.. PlanJson.Read(PlanJson.Write(plan)).Steps.Cast<FillStep>()];
        Assert.Equal(plan.Steps.Cast<FillStep>().Select(step => BitConverter.DoubleToInt64Bits(step.Value)),
            read.Select(step => BitConverter.DoubleToInt64Bits(step.Value)));
    }

    [Theory]
    [InlineData("w{0}")]
    [InlineData("{{{{0}}}}.{{i}}.{0}")]
    [InlineData("00{0}.1")]
    [InlineData("{{i}}.{{{0}}}")]
    [InlineData("a.{0}.9007199254740993999999.1")]
    [InlineData("é\"\\ {0}\n#")]
    public void Any_name_keeps_its_letters(string format)
    {
        string[] names = [.. Enumerable.Range(8, 30).Select(at => string.Format(null, format, at))];
        InitPlan plan = new("x", TorchProfile.Default, [.. names.Select(name => new ParameterSpec(name, [3, 2]))],
            [.. names.Select(name => new NormalStep(name, 0, 1)), .. Enumerable.Reverse(names).Select(name => new NormalStep(name, 0, 2))]);
        ReadsBack(plan, PlanJson.Write(plan));
    }

    [Fact]
    public void Random_lists_of_similar_names_read_back()
    {
        Random random = new(20261126);
        for (int round = 0; round < 300; round++)
        {
            string[] names = [.. Enumerable.Range(0, 40).Select(_ => $"{"ab"[random.Next(2)]}.{random.Next(4)}.x{random.Next(3)}")
                .Distinct()];
            ParameterSpec[] tensors = [.. names.Select(name => new ParameterSpec(name, [2]))];
            InitStep[] steps = [.. Enumerable.Range(0, random.Next(200))
                .Select(_ => new FillStep(names[random.Next(names.Length)], random.Next(2)))];
            InitPlan plan = new("x", TorchProfile.Default, tensors, steps, steps);
            ReadsBack(plan, PlanJson.Write(plan));
        }
    }

    [Fact]
    public void Many_tensors_are_folded_in_time()
    {
        InitPlan plan = Decoder(30, 8, experts: 64, isTwice: false);
        string json = PlanJson.Write(plan);
        Assert.InRange(json.Length, 1, 6_000);
        ReadsBack(plan, json);
    }

    const string Empty = """
        {"title":"x","torch":"2.15","platform":"linux-x64","cpu":"avx2","erf":"vendor","lapack":"vendor","tensors":[TENSORS],"steps":[STEPS]}
        """;

    static string Json(string tensors, string steps = "") => Empty.Replace("TENSORS", tensors, StringComparison.Ordinal)
        .Replace("STEPS", steps, StringComparison.Ordinal);

    [Fact]
    public void Blocks_lie_in_blocks()
    {
        InitPlan plan = PlanJson.Read(Json("""
            {"repeat":2,"as":"i","items":[{"name":"a{i}","shape":[1],"kind":"parameter"},{"items":[
             {"name":"b{i}.{3j+10}","shape":[2],"kind":"buffer"},{"name":"c{2i-j+1}{{i}}","shape":[],"kind":"scratch"}],"repeat":2,"as":"j"}]}
            """));
        Assert.Equal(["a0", "b0.10", "c1{i}", "b0.13", "c0{i}", "a1", "b1.10", "c3{i}", "b1.13", "c2{i}"],
            plan.Tensors.Select(tensor => tensor.Name));
    }

    [Theory]
    [InlineData("""{"repeat":0,"as":"i","items":[{"name":"a{i}","shape":[1],"kind":"parameter"}]}""", "repeat of a block is 0")]
    [InlineData("""{"repeat":-5,"as":"i","items":[{"name":"a{i}","shape":[1],"kind":"parameter"}]}""", "repeat of a block is -5")]
    [InlineData("""{"repeat":1.5,"as":"i","items":[{"name":"a{i}","shape":[1],"kind":"parameter"}]}""", "'repeat' of a block")]
    [InlineData("""{"repeat":2,"as":"j","items":[{"name":"a{j}","shape":[1],"kind":"parameter"}]}""", "allowed: 'i'")]
    [InlineData("""{"repeat":2,"as":"i","items":[{"name":"a{j}","shape":[1],"kind":"parameter"}]}""", "'a{j}' is not a name")]
    [InlineData("""{"repeat":2,"as":"i","items":[{"name":"a{i","shape":[1],"kind":"parameter"}]}""", "'a{i' is not a name")]
    [InlineData("""{"repeat":2,"as":"i","items":[{"name":"a}","shape":[1],"kind":"parameter"}]}""", "'a}' is not a name")]
    [InlineData("""{"repeat":2,"as":"i","items":[{"name":"a{-i}","shape":[1],"kind":"parameter"}]}""", "the number -1")]
    [InlineData("""{"repeat":2,"as":"i","items":[{"name":"a","shape":[1],"kind":"parameter"}]}""", "used by two tensors")]
    [InlineData("""{"repeat":2,"as":"i","items":[{"name":"a{9223372036854775807i+9}","shape":[1],"kind":"parameter"}]}""", "the number 9223")]
    [InlineData("""{"repeat":2,"as":"i","items":[null]}""", "null")]
    [InlineData("""{"repeat":2,"as":"i","items":[]}""", "has no items")]
    [InlineData("""{"repeat":2,"as":"i"}""", "needs repeat, as and items")]
    [InlineData("""{"repeat":2,"repeat":2,"as":"i","items":[{"name":"a{i}","shape":[1],"kind":"parameter"}]}""", "once each")]
    [InlineData("""{"repeat":2,"as":"i","extra":1,"items":[{"name":"a{i}","shape":[1],"kind":"parameter"}]}""", "'extra'")]
    [InlineData("""{"repeat":9223372036854775807,"as":"i","items":[{"name":"a{i}","shape":[1],"kind":"parameter"}]}""", "Limits.Tensors")]
    [InlineData("""{"repeat":4000000000,"as":"i","items":[{"repeat":4000000000,"as":"j","items":[{"repeat":4000000000,"as":"k","items":[{"name":"a","shape":[1],"kind":"parameter"}]}]}]}""", "Limits.Tensors")]
    [InlineData("""{"repeat":1,"as":"i","items":[{"repeat":1,"as":"j","items":[{"repeat":1,"as":"k","items":[{"repeat":1,"as":"l","items":[{"repeat":1,"as":"m","items":[]}]}]}]}]}""", "in 4 others")]
    public void A_wrong_block_is_refused(string block, string said)
        => Assert.Contains(said, Assert.Throws<InvalidDataException>(() => PlanJson.Read(Json(block))).Message, StringComparison.Ordinal);

    [Theory]
    // a name of a megabyte, ninety thousand times
    [InlineData(1_000_000, 90_000, "the names of steps in blocks have more than 67108864 characters in all, the most that is expanded")]
    [InlineData(10, 399_999, "tensor 'aaaaaaaaaa1' is not in the plan; there are: aaaaaaaaaa0")]
    public void What_a_small_text_asks_for_is_bounded(int letters, int count, string why)
    {
        string name = new('a', letters);
        string json = Json($$"""{"name":"{{name}}0","shape":[1],"kind":"parameter"}""",
            $$$"""{"repeat":{{{count}}},"as":"i","items":[{"op":"fill","value":1.0,"target":{"tensor":"{{{name}}}{i}"}}]}""");
        long before = GC.GetAllocatedBytesForCurrentThread();
        string said = Assert.Throws<InvalidDataException>(() => PlanJson.Read(json)).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512 << 20);
        Assert.Contains(why, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_without_a_format_is_read_and_a_later_one_is_refused()
    {
        string json = PlanJson.Write(Decoder(2, 4));
        Assert.StartsWith($"{{{Environment.NewLine}  \"format\": {PlanJson.Format},", json, StringComparison.Ordinal);
        Assert.Equal("x", PlanJson.Read(Json("")).Title);
        foreach (string later in (string[])["""{"format":2,"shape":"unknown"}""", """{"format":0}""",
            Json("").Replace("\"title\"", "\"format\":7,\"title\"", StringComparison.Ordinal),
            Json("").Replace("\"steps\":[]", "\"steps\":[],\"format\":7", StringComparison.Ordinal)])
        {
            string said = Assert.Throws<InvalidDataException>(() => PlanJson.Read(later)).Message;
            Assert.Contains("allowed: 1 to 1", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Large_constants_lie_beside_the_plan_once()
    {
        string folder = Directory.CreateTempSubdirectory("plan-").FullName;
        try
        {
            string path = Path.Combine(folder, "m.initplan.json"), beside = Path.Combine(folder, "m.initplan.safetensors");
            double[] index = [.. Enumerable.Range(0, 2401).Select(at => (double)(at % 169))];
            double[] fine = [.. index.Select(at => -at / 3), double.NaN, -0.0];
            ParameterSpec[] tensors = [.. Enumerable.Range(0, 6).Select(at => new ParameterSpec($"b.{at}.index", [2401],
                ParameterKind.Buffer, DType.Int64)), new("fine", [2403], ParameterKind.Buffer, DType.Float64)];
            InitPlan plan = new("x", TorchProfile.Default, tensors, [.. tensors.Take(6).Select(tensor => new DataStep(tensor.Name, index)),
                new DataStep("fine", fine)]);
            PlanJson.Save(path, plan);
            Assert.Equal(2, Safetensors.Load(beside).Count);
            Assert.InRange(new FileInfo(path).Length, 1, 1500);
            InitPlan read = PlanJson.Load(path);
            Assert.Equal(plan.Steps, read.Steps);
            Assert.Equal(fine.Select(BitConverter.DoubleToInt64Bits),
                ((DataStep)read.Steps[^1]).Values.Select(BitConverter.DoubleToInt64Bits));
            string said = Assert.Throws<InvalidDataException>(() => PlanJson.Read(File.ReadAllText(path))).Message;
            Assert.Contains("PlanJson.Load", said, StringComparison.Ordinal);
            string text = File.ReadAllText(path);
            File.WriteAllText(path, text.Replace("m.initplan.safetensors", "../m.initplan.safetensors", StringComparison.Ordinal));
            Assert.Throws<InvalidDataException>(() => PlanJson.Load(path));
            File.WriteAllText(path, text.Replace("\"data.1\"", "\"data.7\"", StringComparison.Ordinal));
            Assert.Throws<InvalidDataException>(() => PlanJson.Load(path));
            File.WriteAllText(path, text);
            byte[] bytes = File.ReadAllBytes(beside);
            bytes[^1] ^= 1;
            File.WriteAllBytes(beside, bytes);
            Assert.Contains("SHA-256", Assert.Throws<InvalidDataException>(() => PlanJson.Load(path)).Message, StringComparison.Ordinal);
            File.Delete(beside);
            Assert.Throws<InvalidDataException>(() => PlanJson.Load(path));
            PlanJson.Save(path, Decoder(3, 4));
            Assert.False(File.Exists(beside));
            Assert.Equal(Decoder(3, 4).Steps, PlanJson.Load(path).Steps);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
