namespace TorchInit.Tests.Plans;

/// <summary>A slice has the bytes that the whole tensor has there.</summary>
public class SliceTests
{
    public static TheoryData<string, DType> Plans => new(
        from expression in new[]
        {
            "Linear(30, 20)", "Embedding(100, 33, padding_idx=3)", "MultiheadAttention(48, 4)", "Transformer(16, 2, 2, 2, 24)",
                "utils.weight_norm(Linear(20, 30))",
            "utils.spectral_norm(utils.weight_norm(Linear(7, 5)), name='weight_v')",
                "utils.weight_norm(utils.weight_norm(Linear(7, 5)), name='weight_v')",
            "parametrizations.spectral_norm(parametrizations.spectral_norm(Conv2d(2, 4, 3)))",
                "parametrizations.spectral_norm(parametrizations.weight_norm(Linear(7, 5)))",
            "Sequential(Linear(3, 4), parametrizations.spectral_norm(BatchNorm1d(6), name='running_var'))", "LazyLinear(4)(2, 0)",
            "BatchNorm1d(7)", "init.orthogonal_((12, 20))", "init.trunc_normal_((30, 10))", "init.sparse_((30, 10), 0.3)",
                "init.normal_((7,))",
        }
        from dtype in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16 }
        // torch has no QR of 16 bits
        where !expression.Contains("orthogonal", StringComparison.Ordinal) || dtype is DType.Float32 or DType.Float64
        select (expression, dtype));

    /// <summary>Every tensor of the plan, at random places and at its ends.</summary>
    internal static void Compare(InitPlan plan, Generator start, DType dtype, Random random)
    {
        byte[] before = start.GetState();
        StateDict whole = plan.Materialize(start.Clone(), dtype);
        foreach (ParameterSpec tensor in plan.StateTensors)
        {
            TensorBuffer expected = whole[tensor.Name];
            for (int i = 0; i < 12; i++)
            {
                int first = i == 0 ? 0 : random.Next(expected.Count + 1);
                int count = i < 2 ? expected.Count - first : random.Next(expected.Count - first + 1);
                TensorBuffer slice = plan.MaterializeSlice(tensor.Name, first, count, start, dtype);
                Assert.Equal([count], slice.Shape);
                Assert.True(expected.Bytes(first, count).SequenceEqual(slice.Bytes(0, count)),
                    $"{plan.Title} {tensor}, {count} elements from {first}");
            }
        }
        Assert.Equal(before, start.GetState());
    }

    [Theory, MemberData(nameof(Plans))]
    public void Slices_of_modules(string expression, DType dtype)
    {
        foreach (string version in (string[])["2.10", "2.12", "2.15"])
        {
            InitPlan plan = InitPlan.Of(expression, TorchProfile.For(version));
            Generator start = new(9L, plan.Profile);
            Compare(plan, start, dtype, new(1));
            Init.Normal<float>(new float[3], start);
            Compare(plan, start, dtype, new(2));
        }
    }

    /// <summary>28 GB of float32 before it, and a draw that is overwritten: nothing of them is drawn or allocated.</summary>
    [Fact]
    public void A_slice_at_word_7e9()
    {
        InitPlan plan = new("far", TorchProfile.Default, [new("a", [3_000_000_000]), new("b", [9_000_000_000])],
            [new NormalStep("b", 0, 1), new UniformStep("a", 0, 1), new UniformStep("b", -0.3, 0.41)]);
        float[] expected = new float[4096];
        Generator generator = new(8L, plan.Profile);
        generator.Advance(9_000_000_000 + 3_000_000_000 + 7_000_000_001);
        Init.Uniform<float>(expected, generator, -0.3, 0.41);
        AssertBits.Equal(expected, plan.MaterializeSlice("b", 7_000_000_001, 4096, 8).AsSpan<float>());
    }

    [Fact]
    public void Rejection_is_drawn_through()
    {
        InitPlan plan = new("cut", TorchProfile.Default, [new("a", [100]), new("b", [50])],
            [new TruncNormalStep("a", 0, 1, -0.5, 0.5), new UniformStep("b", 0, 1)]);
        Assert.Null(plan.WordsOfSteps()[0]);
        Compare(plan, new(4L, plan.Profile), DType.Float32, new(3));
    }

    [Fact]
    public void Refuses_what_is_not_there()
    {
        InitPlan plan = InitPlan.Of("Linear(2, 3)");
        Assert.Throws<ArgumentException>(() => plan.MaterializeSlice("nobody", 0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.MaterializeSlice("weight", -1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.MaterializeSlice("weight", 5, 2, 0));
        Assert.Throws<ArgumentException>(() => plan.MaterializeSlice("weight", 0, 1, 0, DType.Int64));
        Assert.Empty(plan.MaterializeSlice("weight", 6, 0, 0).AsSpan<float>().ToArray());
    }
}
