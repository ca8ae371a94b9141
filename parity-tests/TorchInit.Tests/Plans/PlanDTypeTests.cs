namespace TorchInit.Tests.Plans;

/// <summary>Every dtype of a tensor, whatever the run asks for: drawn whole, in parts, on threads, watched, and copied.</summary>
public class PlanDTypeTests
{
    public static TheoryData<DType> DTypes => [.. Enum.GetValues<DType>()];

    static InitPlan Plan(DType dtype, TorchProfile? profile = null) => new("x", profile ?? TorchProfile.Default,
        [new("a", [70], DType: dtype), new("b", [70], DType: dtype), new("c", [33], DType: dtype)],
        [new RandomStep("a", 0, 2), new CopyStep("b", "a"), new RandomStep(new("c", 0, [20]), 0, 2), new FillStep(new("c", 20, [13]), 1),
            new RandomStep(new("a", 0, [5]), 0, 2)]);

    static byte[] Bytes(TensorBuffer tensor) => tensor.Bytes(0, tensor.Count).ToArray();

    [Theory, MemberData(nameof(DTypes))]
    public void Whole_in_parts_and_on_threads(DType dtype)
    {
        foreach (TorchProfile profile in (TorchProfile[])[TorchProfile.Default, TorchProfile.Cuda("2.11", new(1, 256))])
        {
            InitPlan plan = Plan(dtype, profile);
            StateDict state = plan.Materialize(5);
            Assert.Equal(dtype, state["a"].DType);
            Assert.Equal(Bytes(state["a"])[(5 * dtype.ByteSize())..], Bytes(state["b"])[(5 * dtype.ByteSize())..]);
            Assert.NotEqual(Bytes(state["a"]), Bytes(state["b"]));
            Assert.True(state["c"].Bytes(20, 1).SequenceEqual(state["c"].Bytes(32, 1)));
            SliceTests.Compare(plan, new(5L, profile), DType.Float32, new Random(1));
            ParallelTests.Compare(plan, new(5L, profile), DType.Float32);
        }
    }

    [Theory, MemberData(nameof(DTypes))]
    public void A_refusal_comes_before_anything_is_changed(DType dtype)
    {
        InitPlan plan = new("x", TorchProfile.Default, [new("a", [200_000]), new("b", [3], DType: dtype)],
            [new UniformStep("a", 0, 1), new DataStep("b", [1, 300, -200_000])]);
        if (dtype is DType.UInt8 or DType.Int8 or DType.Int16 or DType.Float16)
        {
            Generator generator = new(5), expected = new(5);
            Assert.Throws<TorchArgumentException>(() => plan.Materialize(generator));
            expected.Advance(200_000);
            Assert.Equal(expected.GetState(), generator.GetState());
        }
        else { Assert.Equal(3, plan.Materialize(5)["b"].Count); }
    }

    [Theory, MemberData(nameof(DTypes))]
    public void Comparisons_and_conversions(DType dtype)
    {
        InitPlan plan = new("x", TorchProfile.Default, [new("a", [4], DType: dtype), new("f", [4]), new("m", [4], DType: DType.Bool),
            new("n", [4], DType: DType.Bool), new("b", [4], DType: dtype)],
            [new DataStep("a", [0, 1, 1, 0]), new DataStep("b", [0, 0, 1, 1]), new ConvertStep("f", "a"),
                new CompareStep("m", "a", Comparison.Gt, 0.5), new CompareTensorsStep("n", Comparison.Lt, "a", "b")]);
        StateDict state = plan.Materialize(1);
        Assert.Equal([0, 1, 1, 0], state["f"].AsSpan<float>().ToArray());
        Assert.Equal([false, true, true, false], state["m"].AsSpan<bool>().ToArray());
        Assert.Equal([false, false, false, true], state["n"].AsSpan<bool>().ToArray());
    }

    [Theory, InlineData(DType.UInt8), InlineData(DType.Int8), InlineData(DType.Bool)]
    public void A_large_draw_that_is_watched_comes_in_pieces(DType dtype)
    {
        const int Count = RunWatch.Piece + 1000;
        InitPlan plan = new("x", TorchProfile.Default, [new("a", [Count], DType: dtype)], [new RandomStep("a", 0, 2)]);
        List<(long, long)> heard = [];
        TensorBuffer watched = plan.Materialize(5, maxDegreeOfParallelism: 1, progress: new Heard(heard))["a"];
        Assert.Equal([(RunWatch.Piece, Count), (Count, Count)], heard);
        Assert.True(watched.Bytes(0, Count).SequenceEqual(plan.Materialize(5)["a"].Bytes(0, Count)));
    }

    sealed class Heard(List<(long, long)> heard) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => heard.Add(value);
    }
}
