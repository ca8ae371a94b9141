namespace TorchInit.Tests.Plans;

/// <summary>A tied parameter: one memory under two names, as <c>self.decoder.weight = self.encoder.weight</c> makes it.</summary>
public sealed class TiedTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tied-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static InitPlan Model()
    {
        PlanBuilder plan = new();
        plan.Child("encoder", Modules.Embedding(50, 8)).Prototype("discarded", Modules.Linear(8, 50, bias: false));
        return plan.Tie("decoder.weight", "encoder.weight").Parameter("gain", 8).Fill("gain", 2).Uniform("decoder.weight", -0.3,
            0.41).Build("Tied()");
    }

    [Fact]
    public void Both_names_are_one_tensor()
    {
        InitPlan plan = Model();
        StateDict state = plan.Materialize(7);
        Assert.Equal(["gain", "encoder.weight", "decoder.weight"], state.Keys);
        Assert.Same(state["encoder.weight"], state["decoder.weight"]);
        Assert.Equal(["gain", "encoder.weight"], plan.Parameters.Select(tensor => tensor.Name));
        // What torch draws: the embedding, the layer that is replaced, and then the common weight anew.
        Generator generator = new(7L);
        generator.Advance(400 + 400);
        float[] expected = new float[400];
        Init.Uniform<float>(expected, generator, -0.3, 0.41);
        AssertBits.Equal(expected, state["encoder.weight"].AsSpan<float>());
    }

    [Fact]
    public void Slices_files_and_json_know_it()
    {
        InitPlan plan = PlanJson.Read(PlanJson.Write(Model()));
        Assert.Equal(Model().Tensors, plan.Tensors);
        SliceTests.Compare(plan, new(7L), DType.Float32, new(1));
        ParallelTests.Compare(plan, new(7L), DType.Float64);
        string path = Path.Combine(_folder, "model");
        plan.MaterializeTo(path, 7, cancellation: TestContext.Current.CancellationToken);
        Safetensors.Save(path + ".saved", plan.Materialize(7));
        Assert.Equal(File.ReadAllBytes(path + ".saved"), File.ReadAllBytes(path));
    }

    /// <summary>A step that writes the second name is one that wrote the first.</summary>
    [Fact]
    public void A_fill_of_one_name_is_seen_under_the_other()
    {
        InitPlan plan = new("x", TorchProfile.Default, [new("a", [20]), new("b", [20], SameAs: "a"), new("c", [20])],
            [new UniformStep("a", 0, 1), new FillStep(new StepTarget("b", 3, [5]), 9), new CopyStep("c", "a"), new NormalizeStep("b",
                1e-12)]);
        SliceTests.Compare(plan, new(7L), DType.Float32, new(1));
        ParallelTests.Compare(plan, new(7L), DType.Float32);
        StateDict state = plan.Materialize(7);
        Assert.Equal(9, state["c"].AsSpan<float>()[3]);
        Assert.NotEqual(9, state["a"].AsSpan<float>()[3]);
    }

    [Fact]
    public void A_child_and_a_copy_keep_their_own_ties()
    {
        InitPlan inner = Model();
        InitPlan plan = new PlanBuilder().Child("a", inner).CopyOf("b", "a", inner).Build("Two()");
        StateDict state = plan.Materialize(7);
        Assert.Same(state["a.encoder.weight"], state["a.decoder.weight"]);
        Assert.Same(state["b.encoder.weight"], state["b.decoder.weight"]);
        Assert.NotSame(state["a.encoder.weight"], state["b.encoder.weight"]);
        AssertBits.Equal(state["a.encoder.weight"].AsSpan<float>(), state["b.encoder.weight"].AsSpan<float>());
    }

    /// <summary>A file holds the elements twice; who reads it has two tensors of them.</summary>
    [Fact]
    public void A_reset_reaches_both_names_of_a_read_file()
    {
        InitPlan once = new PlanBuilder().Child("encoder", Modules.Embedding(50, 8)).Tie("decoder.weight", "encoder.weight").Build("x");
        InitPlan plan = new(once.Title, once.Profile, once.Tensors, once.Steps, resetSteps: once.Steps);
        string path = Path.Combine(_folder, "model");
        Safetensors.Save(path, plan.Materialize(7));
        StateDict read = Safetensors.Load(path);
        Assert.NotSame(read["encoder.weight"], read["decoder.weight"]);
        plan.ResetParameters(read, new(8L));
        AssertBits.Equal(plan.Materialize(8)["encoder.weight"].AsSpan<float>(), read["decoder.weight"].AsSpan<float>());
        AssertBits.Equal(read["encoder.weight"].AsSpan<float>(), read["decoder.weight"].AsSpan<float>());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PlanBuilder().Tie("b", "a"));
        Assert.Throws<ArgumentException>(() => new PlanBuilder().Parameter("a", 3).Tie("a", "a"));
        Assert.Throws<ArgumentNullException>(() => new PlanBuilder().Tie(null!, "a"));
        foreach (ParameterSpec wrong in (ParameterSpec[])[new("b", [4], SameAs: "a"), new("b", [3], DType: DType.Int64, SameAs: "a"),
            new("b", [3], SameAs: "c"), new("b", [3], SameAs: "b")])
        {
            Assert.Contains("is tied to", Assert.Throws<ArgumentException>(()
                => new InitPlan("x", TorchProfile.Default, [new("a", [3]), wrong], [])).Message, StringComparison.Ordinal);
        }
    }
}
