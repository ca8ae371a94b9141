using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Drawing;

public class DrawingTests
{
    static DrawRequest Request(string expression, DType dtype = DType.Float32) => new(expression, InitPlan.Of(expression), dtype, 3);

    sealed class Oracle(OracleReply reply) : ITorchOracle
    {
        public OracleRequest? Asked { get; private set; }

        public OracleInfo Info { get; } = new("2.1.0+cpu", "2.1.0", "3.11.2", "linux-x64", "AVX2", "glibc 2.36", "mkl", true, "mkl");

        public OracleReply Run(OracleRequest request)
        {
            Asked = request;
            return reply;
        }

        public void Dispose() { }
    }

    [Fact]
    public void Elements_of_each_dtype_are_doubles()
    {
        Assert.Equal([0.5, -2], Elements64.Of(TensorBuffer.Of([0.5f, -2], [2])));
        Assert.Equal([0.1, -2], Elements64.Of(TensorBuffer.Of([0.1, -2], [2])));
        Assert.Equal([0.5, -2], Elements64.Of(TensorBuffer.Of([(Half)0.5f, (Half)(-2)], [2])));
        Assert.Equal([0.5, -2], Elements64.Of(TensorBuffer.Of([(BFloat16)0.5f, (BFloat16)(-2f)], [2])));
        Assert.Equal([1, 2], Elements64.Of(TensorBuffer.Of([1f, 2, 3], [3]), 2));
        Assert.Equal([1, 2, 3], Elements64.Of(TensorBuffer.Of([1f, 2, 3], [3]), 4));
        Assert.Equal([2.0, 0.1, 0.5, -2, 7], new[]
        {
            Elements64.At(TensorBuffer.Of([1f, 2, 3], [3]), 1), Elements64.At(TensorBuffer.Of([3, 0.1], [2]), 1),
                Elements64.At(TensorBuffer.Of([(Half)0.5f], [1]), 0),
                Elements64.At(TensorBuffer.Of([(BFloat16)0.5f, (BFloat16)(-2f)], [2]), 1),
            Elements64.At(TensorBuffer.Of([5L, 7], [2]), 1),
        });
        Assert.Equal([-5, 7], Elements64.Of(TensorBuffer.Of([-5L, 7], [2])));
        Assert.Equal([255], Elements64.Of(TensorBuffer.Of([(byte)255], [1])));
        Assert.Equal([0, 1], Elements64.Of(TensorBuffer.Of([false, true], [2])));
    }

    [Fact]
    public void TorchInit_materialises_the_plan_and_tells_its_state()
    {
        DrawRequest request = Request("Linear(4, 3)", DType.Float64);
        Drawn drawn = new PlanInitialiser().Draw(request);
        Generator generator = new(3);
        Assert.True(Behaviour.Same(request.Plan.Materialize(generator, DType.Float64), drawn.Tensors));
        Assert.Equal(generator.GetState(), drawn.State);
        Assert.Equal("TorchInit", new PlanInitialiser().Name);
        Assert.Equal("request", Assert.Throws<ArgumentNullException>(() => new PlanInitialiser().Draw(null!)).ParamName);
        Assert.Equal(["weight"], new PlanInitialiser().Draw(request with { Shard = (1, 2) }).Tensors.Keys);
    }

    [Fact]
    public void Torchs_answer_is_taken_as_it_is()
    {
        OracleReply reply = Reply([new("weight", "float32", [2, 1], [0, 0, 128, 63, 0, 0, 0, 64])], null);
        Oracle oracle = new(reply);
        TorchInitialiser torch = new(oracle);
        Drawn drawn = torch.Draw(Request("Linear(1, 2, bias=False)", DType.BFloat16));
        Assert.Equal(("bfloat16", "3"), (oracle.Asked!.DType, oracle.Asked.Seed));
        Assert.Equal([1f, 2], drawn.Tensors["weight"].AsSpan<float>().ToArray());
        Assert.Equal([2L, 1], drawn.Tensors["weight"].Shape.ToArray());
        Assert.Equal([7, 8], drawn.State);
        Assert.Equal([2f], torch.Draw(Request("Linear(1, 2, bias=False)") with { Shard = (1, 2) }).Tensors["weight"].AsSpan<float>()
            .ToArray());
        Assert.StartsWith("torch 2.1", torch.Name, StringComparison.Ordinal);
        Assert.Equal("request", Assert.Throws<ArgumentNullException>(() => torch.Draw(null!)).ParamName);
        Assert.Equal("Linear(1, 2): torch's answer has no bias(2,)",
            Assert.Throws<UnansweredException>(() => torch.Draw(Request("Linear(1, 2)"))).Message);
        TorchInitialiser refusing = new(new Oracle(Reply([], new("ValueError", "no"))));
        Exception error = Assert.Throws<UnansweredException>(() => refusing.Draw(Request("Linear(1, 2, bias=False)")));
        Assert.Equal("Linear(1, 2, bias=False): torch raised ValueError: no", error.Message);

        static OracleReply Reply(OracleTensor[] tensors, OracleError? error) => new(tensors, [7, 8], [], error);
    }

    [Fact]
    public void Shards_are_rows_of_the_first_tensor()
    {
        StateDict tensors = new() { { "w", TensorBuffer.Of([0f, 1, 2, 3, 4, 5, 6, 7, 8, 9], [5, 2]) },
            { "b", TensorBuffer.Of([9f], [1]) } };
        // Rows 0 to 1 and 2 to 4 of five.
        Assert.Equal([0f, 1, 2, 3], Shards.Cut(tensors, (0, 2)).Single().Value.AsSpan<float>().ToArray());
        KeyValuePair<string, TensorBuffer> second = Shards.Cut(tensors, (1, 2)).Single();
        Assert.Equal([4f, 5, 6, 7, 8, 9], second.Value.AsSpan<float>().ToArray());
        Assert.Equal(("w", "3 2"), (second.Key, string.Join(' ', second.Value.Shape.ToArray())));
    }

    [Theory]
    [InlineData("Linear(4, 3)", 1, 1)]
    [InlineData("Linear(4, 3)", 3, 1)]
    [InlineData("Linear(4, 3)", 4, 2)]
    [InlineData("Linear(4, 3)", 100_000, 4096)]
    [InlineData("LayerNorm(4)", 100, 1)]
    [InlineData("Embedding(4, 3, padding_idx=0)", 10, 2)]
    [InlineData("init.orthogonal_((4, 4))", 5, 5)]
    [InlineData("utils.weight_norm(Linear(4, 3))", 3, 1)]
    public void Draws_suffice_for_the_smallest_region(string expression, long n, int draws)
    {
        InitPlan plan = InitPlan.Of(expression);
        Assert.Equal(draws, Pool.Draws(PlanLaws.Of(plan), plan, n));
    }

    [Fact]
    public void A_pool_has_values_in_order_of_drawing()
    {
        LawRegion region = new("w", new UniformLaw(0, 10, 24), ""), some = region with { Positions = [2, 0] };
        Drawn[] draws = [Of(1, 2, 3), Of(4, 5, 6)];
        Assert.Equal([1, 2, 3, 4, 5, 6], Pool.Sample(region, draws, 6)!.Values);
        Assert.Equal([1, 2, 3, 4], Pool.Sample(region, draws, 4)!.Values);
        Assert.Equal([1, 2, 3], Pool.Sample(region, draws, 3)!.Values);
        Assert.Equal([3, 1, 6, 4], Pool.Sample(some, draws, long.MaxValue)!.Values);
        Assert.Equal([1, 4], Pool.Sample(region with { Law = new HaarEntryLaw(3, 1) }, draws, 6)!.Values);
        Assert.Equal([1, 2, 3],
            Pool.Sample(region, [draws[0], new(new() { { "x", TensorBuffer.Of([1f], [1]) } }, []), draws[1]], 9)!.Values);
        Assert.Null(Pool.Sample(region with { Tensor = "x" }, draws, 6));
        Assert.Null(Pool.Sample(region with { Law = null }, draws, 6));
        Assert.Null(Pool.Sample(region with { CopyOf = "y" }, draws, 6));
        Assert.Same(region.Law, Pool.Sample(region, draws, 6)!.Law);

        static Drawn Of(params float[] values) => new(new() { { "w", TensorBuffer.Of(values, [values.Length]) } }, []);
    }
}
