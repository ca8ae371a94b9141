namespace TorchInit.Tests.Plans;

/// <summary>Small texts that ask for days of work or all memory: refused with the limit's name, before anything is drawn.</summary>
public class LimitsTests
{
    const string Plan = """{"title":"x","torch":"2.15","platform":"linux-x64","cpu":"avx2","erf":"vendor","lapack":"vendor","tensors":[{"name":"w","shape":[4],"kind":"parameter"}],"steps":[STEP]}""";

    [Theory]
    [InlineData("LSTM(1, 1, 1000000000)")]
    [InlineData("GRU(1, 1, 9223372036854775807, bidirectional=True)")]
    [InlineData("TransformerEncoder(TransformerEncoderLayer(8, 1), 1000000000)")]
    [InlineData("TransformerDecoder(TransformerDecoderLayer(8, 1), 9223372036854775807)")]
    [InlineData("TransformerEncoder(TransformerEncoder(TransformerEncoderLayer(8, 1), 100), 100)")]
    [InlineData("Transformer(8, 1, 1000000000, 1)")]
    public void Too_many_tensors_are_refused_before_they_are_made(string expression)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("Limits.Tensors", Assert.Throws<ArgumentException>(() => InitPlan.Of(expression)).Message,
            StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void A_million_children_are_refused_and_a_limit_can_be_raised()
    {
        InitPlan[] children = new InitPlan[100_001];
        Array.Fill(children, new("s", TorchProfile.Default, [new("w", [1])], []));
        Assert.Contains("Limits.Tensors", Assert.Throws<ArgumentException>(() => Modules.Sequential(children)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Limits.Current = null!);
        Assert.Equal(100_000, Modules.Sequential(children.AsSpan(1)).Tensors.Count);
    }

    [Theory]
    [InlineData("parametrizations.spectral_norm(Linear(1000, 1000), n_power_iterations=1000000)")]
    [InlineData("init.orthogonal_((20000, 20000))")]
    public void Work_of_days_is_refused_and_still_explained(string expression)
    {
        InitPlan plan = InitPlan.Of(expression);
        Assert.Contains(plan.Title, plan.ToString(), StringComparison.Ordinal);
        Assert.NotNull(plan.Words());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("Limits.Operations", Assert.Throws<ArgumentException>(() => plan.Materialize(0)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("init.sparse_((1000000000, 1), 0.5)")]
    [InlineData("init.sparse_((1000000000000, 1000000), 0.5)")]
    [InlineData("randperm(1000000000)")]
    public void Permutations_that_are_too_long_are_refused_before_memory_is_taken(string expression)
    {
        InitPlan plan = InitPlan.Of(expression);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ArgumentException>(() => plan.Materialize(0));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Columns_without_rows_take_no_time()
        => Assert.Equal(0, InitPlan.Of("init.sparse_((0, 1000000000000), 0.5)").Materialize(0)[""].Count);

    [Theory]
    [InlineData("init.uniform_((4611686018427387904,))")]
    [InlineData("init.normal_((4611686018427387904,))")]
    public void Words_beyond_what_is_counted_are_an_error_and_no_negative_number(string expression)
    {
        InitPlan plan = InitPlan.Of(expression);
        Assert.Contains("2^63", Assert.Throws<OverflowException>(() => plan.Words(DType.Float64)).Message, StringComparison.Ordinal);
        // Its own elements are found by their words; what comes behind it has no place that could be counted.
        AssertBits.Equal(InitPlan.Of(expression.Replace("4611686018427387904", "4096", StringComparison.Ordinal)).MaterializeSlice("", 0,
            1, 0, DType.Float64).AsSpan<double>(),
            plan.MaterializeSlice("", 0, 1, 0, DType.Float64).AsSpan<double>());
        InitPlan two = new PlanBuilder().Child("a", InitPlan.Of("Linear(1, 4611686018427387904, bias=False)")).Child("b", Modules.Linear(1,
            1)).Build("Two()");
        Assert.Throws<OverflowException>(() => two.MaterializeSlice("b.weight", 0, 1, 0, DType.Float64));
    }

    [Fact]
    public void The_sum_of_words_is_checked_too()
    {
        InitPlan plan = new("x", TorchProfile.Default, [new("w", [1L << 62])], [new UniformStep("w", 0, 1), new UniformStep("w", 0, 1)]);
        Assert.Throws<OverflowException>(() => plan.Words());
        Assert.Equal([1L << 62, 1L << 62], plan.WordsOfSteps());
    }

    [Theory]
    [InlineData("""{"op":"copy","target":{"tensor":"w"},"source":null}""", "null")]
    [InlineData("""{"op":"copy","target":{"tensor":"w"},"source":{"tensor":null}}""", "null")]
    [InlineData("""{"op":"fill","target":{"tensor":null},"value":1}""", "null")]
    [InlineData("""{"op":"data","target":{"tensor":"w"},"values":null}""", "null")]
    [InlineData("""{"op":"norm_except","target":{"tensor":"w"},"source":null,"dim":0}""", "null")]
    [InlineData("""{"op":"power_iteration","target":{"tensor":"w"},"v":null,"weight":"w","dim":0,"iterations":1,"epsilon":1}""", "null")]
    [InlineData("null", "null")]
    public void A_null_where_something_belongs_is_refused(string step, string named)
        => Assert.Contains(named,
            Assert.Throws<InvalidDataException>(() => PlanJson.Read(Plan.Replace("STEP", step, StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("\"kind\":\"parameter\"", "\"kind\":17")]
    [InlineData("\"kind\":\"parameter\"", "\"kind\":\"17\"")]
    [InlineData("\"kind\":\"parameter\"", "\"kind\":\"parameter\",\"dtype\":99")]
    [InlineData("\"kind\":\"parameter\"", "\"kind\":\"parameter\",\"dtype\":\"float64, float16\"")]
    [InlineData("\"cpu\":\"avx2\"", "\"cpu\":99")]
    [InlineData("\"erf\":\"vendor\"", "\"erf\":-1")]
    [InlineData("\"lapack\":\"vendor\"", "\"lapack\":\"7\"")]
    [InlineData("\"title\":\"x\"", "\"title\":null")]
    [InlineData("\"torch\":\"2.15\"", "\"torch\":null")]
    [InlineData("\"platform\":\"linux-x64\"", "\"platform\":null")]
    [InlineData("\"name\":\"w\"", "\"name\":null")]
    [InlineData("[4]", "null")]
    [InlineData("[4]",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]")]
    public void A_field_that_says_nothing_is_refused(string good, string bad)
    {
        string plan = Plan.Replace("STEP", "", StringComparison.Ordinal);
        Assert.Equal("x", PlanJson.Read(plan).Title);
        Assert.Throws<InvalidDataException>(() => PlanJson.Read(plan.Replace(good, bad, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_kind_or_dtype_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new InitPlan("x", TorchProfile.Default, [new("w", [1], (ParameterKind)9)], []));
        Assert.Throws<ArgumentException>(() => new InitPlan("x", TorchProfile.Default, [new("w", [1], DType: (DType)99)], []));
        Assert.Throws<ArgumentException>(() => new InitPlan("x", TorchProfile.Default, [new("w", [1])], [new CopyStep("w", null!)]));
    }

    /// <summary>In any order; the bits are those of steps that run one by one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(7919)]
    public void Forty_thousand_views_of_a_tensor_are_drawn_as_one_by_one(int stride)
    {
        const int Views = 40_000;
        InitStep[] steps = [.. Enumerable.Range(0, Views)
            .Select(i => new UniformStep(new StepTarget("w", (int)(((long)i * stride % Views + Views) % Views) * 64L, [64]), -0.3, 0.41))];
        InitPlan plan = new("views", TorchProfile.Default, [new("w", [Views * 64])], steps);
        float[] drawn = plan.Materialize(3)["w"].AsSpan<float>().ToArray();
        Generator generator = new(3);
        float[] expected = new float[drawn.Length];
        foreach (InitStep step in steps) { Init.Uniform(expected.AsSpan((int)step.Target.Offset, 64), generator, -0.3, 0.41); }
        AssertBits.Equal(expected, drawn);
    }

    [Fact]
    public void Slices_of_many_tensors_are_the_whole_models()
    {
        const int Tensors = 4_000;
        ParameterSpec[] tensors = [.. Enumerable.Range(0, Tensors).Select(i => new ParameterSpec($"t{i}", [33]))];
        InitStep[] steps = [.. tensors.Select((tensor, i) => i % 3 == 0 ? new NormalStep(tensor.Name, 0, 1)
            : (InitStep)new UniformStep(tensor.Name, -0.3, 0.41)), new CopyStep("t5", "t4"), new NormalizeStep("t7", 1e-12)];
        InitPlan plan = new("many", TorchProfile.Default, tensors, steps);
        StateDict whole = plan.Materialize(11);
        foreach (string name in new[] { "t0", "t4", "t5", "t7", "t3999" })
        {
            AssertBits.Equal(whole[name].AsSpan<float>().ToArray(), plan.MaterializeSlice(name, 0, 33, 11).AsSpan<float>().ToArray());
        }
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            plan.MaterializeTo(path, 11, cancellation: TestContext.Current.CancellationToken);
            StateDict written = Safetensors.Load(path);
            foreach (string name in whole.Keys)
            {
                AssertBits.Equal(whole[name].AsSpan<float>().ToArray(), written[name].AsSpan<float>().ToArray());
            }
        }
        finally { File.Delete(path); }
    }

    [Theory]
    [InlineData("TransformerEncoder(Identity(), 10**12)")]
    [InlineData("TransformerDecoder(ReLU(), 10**15)")]
    [InlineData("TransformerEncoder(Sequential(), 10**9)")]
    public async Task Copies_without_tensors_are_limited_too(string expression)
    {
        Task<string> refused = Task.Run(() => Assert.Throws<ArgumentException>(() => InitPlan.Of(expression)).Message);
        Assert.Contains("Limits.Tensors", await refused.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Empty(InitPlan.Of("TransformerEncoder(Identity(), 6)").Tensors);
    }

    [Fact]
    public void A_limit_is_not_negative()
    {
        Limits limits = new();
        foreach (Func<Limits> negative in (Func<Limits>[])[() => limits with { Dimensions = -1 }, () => limits with { Expansion = -1 },
            () => limits with { PlanCharacters = -1 }, () => limits with { Tensors = -1 }, () => limits with { Steps = -1 },
            () => limits with { Operations = -1 }])
        {
            Assert.Contains("allowed: 0 or more", Assert.Throws<ArgumentOutOfRangeException>(negative).Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, (limits with { Dimensions = 0 }).Dimensions);
    }
}
