namespace TorchInit.Tests.Plans;

public class MaterializerTests
{
    [Fact]
    public void A_generator_of_another_torch_is_refused_and_not_moved()
    {
        InitPlan plan = Modules.Linear(3, 4);
        Generator generator = new(0, TorchProfile.For("1.13"));
        byte[] before = generator.GetState();
        Assert.Contains("torch 1.13", Assert.Throws<ArgumentException>(() => plan.Materialize(generator)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, generator.GetState());
    }

    [Fact]
    public void Integers_are_no_dtype_for_weights()
        => Assert.Throws<ArgumentException>(() => Modules.Linear(3, 4).Materialize(0, DType.Int64));

    [Fact]
    public void Reset_goes_on_in_the_stream()
    {
        InitPlan plan = Modules.Linear(3, 4);
        Generator generator = new(0);
        StateDict weights = plan.Materialize(generator);
        float first = weights["weight"].AsSpan<float>()[0];
        plan.ResetParameters(weights, generator);
        Generator twice = new(0);
        plan.Materialize(twice);
        Assert.NotEqual(first, weights["weight"].AsSpan<float>()[0]);
        AssertBits.Equal(plan.Materialize(twice)["weight"].AsSpan<float>().ToArray(), weights["weight"].AsSpan<float>().ToArray());
    }

    [Fact]
    public void Reset_of_attention_leaves_out_proj_alone()
    {
        InitPlan plan = Modules.MultiheadAttention(8, 2);
        Generator generator = new(0);
        StateDict weights = plan.Materialize(generator);
        float[] outProj = weights["out_proj.weight"].AsSpan<float>().ToArray(), inProj = weights["in_proj_weight"].AsSpan<float>()
            .ToArray();
        plan.ResetParameters(weights, generator);
        AssertBits.Equal(outProj, weights["out_proj.weight"].AsSpan<float>().ToArray());
        Assert.NotEqual(inProj, weights["in_proj_weight"].AsSpan<float>().ToArray());
    }

    [Fact]
    public void Reset_keeps_the_dtype_of_the_weights()
    {
        InitPlan plan = Modules.Linear(3, 4);
        StateDict weights = plan.Materialize(0, DType.BFloat16);
        plan.ResetParameters(weights, new Generator(5));
        Assert.Equal(plan.Materialize(5, DType.BFloat16)["weight"].Bytes(0, 12).ToArray(), weights["weight"].Bytes(0, 12).ToArray());
    }

    [Fact]
    public void What_cannot_be_reset_says_so()
        => Assert.Contains("reset_parameters",
            Assert.Throws<InvalidOperationException>(() => Modules.Sequential(Modules.Linear(3, 4))
            .ResetParameters(new(), new Generator(0))).Message, StringComparison.Ordinal);

    [Fact]
    public void Reset_of_other_weights_is_refused_before_drawing()
    {
        Generator generator = new(0);
        StateDict other = Modules.Linear(4, 4).Materialize(0);
        byte[] before = generator.GetState();
        Assert.Throws<ArgumentException>(() => Modules.Linear(3, 4).ResetParameters(other, generator));
        Assert.Equal(before, generator.GetState());
    }

    [Fact]
    public void A_model_of_ones_own_draws_in_the_order_written()
    {
        // class Net: self.embed = Embedding(10, 4); self.blocks = Sequential(Linear(4, 8), ReLU(), Linear(8, 4)); self.scale = ones(1)
        InitPlan net = new PlanBuilder()
            .Parameter("scale", 1).Fill("scale", 1)
            .Child("embed", Modules.Embedding(10, 4))
            .Child("blocks", Modules.Sequential(Modules.Linear(4, 8), Modules.Parameterless("ReLU()"), Modules.Linear(8, 4)))
            .Build("Net()");
        Generator generator = new(42);
        float[] embed = Modules.Embedding(10, 4).Materialize(generator)["weight"].AsSpan<float>().ToArray();
        float[] first = Modules.Linear(4, 8).Materialize(generator)["weight"].AsSpan<float>().ToArray();
        float[] last = Modules.Linear(8, 4).Materialize(generator)["bias"].AsSpan<float>().ToArray();
        StateDict drawn = net.Materialize(42);
        Assert.Equal(["scale", "embed.weight", "blocks.0.weight", "blocks.0.bias", "blocks.2.weight", "blocks.2.bias"], drawn.Keys);
        AssertBits.Equal(embed, drawn["embed.weight"].AsSpan<float>().ToArray());
        AssertBits.Equal(first, drawn["blocks.0.weight"].AsSpan<float>().ToArray());
        AssertBits.Equal(last, drawn["blocks.2.bias"].AsSpan<float>().ToArray());
    }

    [Fact]
    public void Children_of_another_torch_are_refused()
        => Assert.Throws<ArgumentException>(() => new PlanBuilder(TorchProfile.For("2.6")).Child("a", Modules.Linear(3, 4)));

    [Fact]
    public void A_name_is_taken_once()
        => Assert.Throws<ArgumentException>(() => new PlanBuilder().Parameter("w", 3).Buffer("w", [3]));

    [Fact]
    public void A_reset_that_cannot_be_done_as_a_whole_changes_nothing()
    {
        InitPlan plan = Modules.Linear(3, 4);
        StateDict state = new()
        {
            { "weight", TensorBuffer.Zeros(DType.Float32, [4, 3]) }, { "bias", TensorBuffer.Zeros(DType.Int64, [4]) },
        };
        Generator generator = new(1);
        Assert.StartsWith("state has bias(4,) in int64; allowed: float32, float64, float16, bfloat16.",
            Assert.Throws<ArgumentException>(() => plan.ResetParameters(state, generator)).Message, StringComparison.Ordinal);
        Assert.All(state["weight"].AsSpan<float>().ToArray(), element => Assert.Equal(0, element));
        Assert.Equal(new Generator(1).GetState(), generator.GetState());
        // A step that reads another tensor needs both in one dtype.
        InitPlan copied = new("x", TorchProfile.Default, [new("w", [2]), new("v", [2])], [],
            [new UniformStep("w", 0, 1), new CopyStep("v", "w")]);
        state = new() { { "w", TensorBuffer.Zeros(DType.Float32, [2]) }, { "v", TensorBuffer.Zeros(DType.Float64, [2]) } };
        Assert.StartsWith("copy_(v, w) needs one dtype, and state has v(2,) in float64 and w(2,) in float32.",
            Assert.Throws<ArgumentException>(() => copied.ResetParameters(state, generator)).Message, StringComparison.Ordinal);
        Assert.Equal([0f, 0f], state["w"].AsSpan<float>().ToArray());
        state = new() { { "w", TensorBuffer.Zeros(DType.Float64, [2]) }, { "v", TensorBuffer.Zeros(DType.Float64, [2]) } };
        copied.ResetParameters(state, generator);
        Assert.NotEqual(0, state["v"].AsSpan<double>()[0]);
    }
}
