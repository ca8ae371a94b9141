namespace TorchInit.Tests.Plans;

/// <summary>How draws are shared among threads: which may stand in one group, and where it is cut.</summary>
public class DrawGroupTests
{
    static readonly TorchProfile s_profile = TorchProfile.Default;

    sealed class Heard : IProgress<(long Done, long Total)>
    {
        public List<long> Done { get; } = [];

        public void Report((long Done, long Total) value)
        {
            lock (Done) { Done.Add(value.Done); }
        }
    }

    /// <summary>The elements of each piece that a thread drew, ascending. A start costs as much as that many float32 uniforms.</summary>
    static long[] Pieces(int threads, double start, long[] sizes, params InitStep[] steps)
    {
        InitPlan plan = new("x", s_profile, [.. sizes.Select((size, at) => new ParameterSpec($"{"abc"[at]}", [size]))], steps);
        Heard heard = new();
        Generator generator = new(3), serial = new(3);
        PlanTensors tensors = plan.Allocate(DType.Float32), expected = plan.Allocate(DType.Float32);
        double uniform = s_profile.Fills.Uniform.Cost(DType.Float32, s_profile);
        StepContext context = new(generator, tensors) { Watch = RunWatch.Of(plan, heard, CancellationToken.None) };
        new PlanRunner(plan, context, threads, start * uniform).Run(plan.Placed);
        foreach (PlacedStep step in plan.Placed) { new StepContext(serial, expected).Run(step); }
        foreach (string name in plan.Tensors.Select(tensor => tensor.Name))
        {
            AssertBits.Equal(expected[name].AsSpan<float>(), tensors[name].AsSpan<float>());
        }
        Assert.Equal(serial.GetState(), generator.GetState());
        long[] done = [0, .. heard.Done.Order()];
        Assert.Equal(plan.Placed.Sum(placed => placed.Layout.Count), done[^1]);
        return [.. done.Zip(done.Skip(1), (before, after) => after - before).Order()];
    }

    static void Near(long[] expected, long[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1));       // roundings of a share
    }

    static readonly InitStep s_a = new UniformStep("a", -1, 1), s_b = new UniformStep("b", -1, 1);

    [Fact]
    public void A_start_that_costs_nothing_gives_equal_parts()
    {
        Near([2500, 2500, 2500, 2500], Pieces(4, 0, [10_000], s_a));
        Near([5000, 5000], Pieces(2, 0, [10_000], s_a));
        Near([10_000], Pieces(1, 0, [10_000], s_a));
        Near([2000, 3000, 5000], Pieces(2, 0, [3000, 7000], s_a, s_b));
        Near([2000, 3000, 5000], Pieces(2, 0, [7000, 3000], s_a, s_b));
        Near([5000, 5000], Pieces(2, 0, [5000, 5000], s_a, s_b));
    }

    /// <summary>The first thread draws the longest; another one needs three times its start in work.</summary>
    [Fact]
    public void A_start_that_costs_is_paid_by_work()
    {
        Near([2250, 2250, 2250, 3250], Pieces(4, 1000, [10_000], s_a));
        Near([4000, 6000], Pieces(4, 2000, [10_000], s_a));
        Near([10_000], Pieces(4, 5000, [10_000], s_a));
        Near([4500, 5500], Pieces(2, 1000, [10_000], s_a));
        Near([3900, 6100], Pieces(9, 2200, [10_000], s_a));
    }

    [Fact]
    public void A_normal_is_cut_between_blocks()
    {
        InitStep normal = new NormalStep("a", 0, 1);
        Assert.Equal([320, 336, 344], Pieces(3, 0, [1000], normal));
        Assert.Equal([16, 24], Pieces(3, 0, [40], normal));
        Assert.Equal([20], Pieces(2, 0, [20], normal));                   // less than a block would be left
        Assert.Equal([16, 16], Pieces(2, 0, [32], normal));
        Assert.Equal([15], Pieces(2, 0, [15], normal));
    }

    [Fact]
    public void A_cached_normal_is_known_to_one_thread_only()
    {
        InitStep normal = new NormalStep("b", 0, 1);
        Assert.Equal([5, 10_000], Pieces(2, 0, [10_000, 5], normal, s_a));
        Assert.Equal(3, Pieces(2, 0, [10_000, 6], normal, s_a).Length);
        Assert.Equal(3, Pieces(2, 0, [10_000, 20], normal, s_a).Length);
    }

    [Fact]
    public void What_is_covered_again_is_passed_over()
    {
        Near([5000, 5000, 10_000], Pieces(2, 0, [10_000], s_a, new UniformStep("a", 0, 2)));
        InitStep low = new UniformStep(new("a", 0, [5]), 0, 1), high = new UniformStep(new("a", 5, [5]), 0, 1);
        Near([5, 5, 5000, 5000], Pieces(2, 0, [10_000], low, high, s_a));
        Near([5, 5, 4990, 5000], Pieces(2, 0, [10_000], low, high, new UniformStep(new("a", 10, [9990]), 0, 2)));
    }

    static Draw DrawOf(InitPlan plan, int step) => new(plan.Placed[step], plan.Steps[step].FillBy(s_profile.Fills)!.Value,
        TensorBuffer.Zeros(DType.Float32, [100]), 0, false);

    static InitPlan Views(params StepTarget[] views)
        => new("x", s_profile, [new("a", [100])], [.. views.Select(view => new UniformStep(view, 0, 1))]);

    /// <summary>Asks about each part of ten elements whether it is apart from those that were added.</summary>
    [Fact]
    public void Parts_that_share_no_element_are_apart()
    {
        InitPlan plan = Views([.. from first in Enumerable.Range(0, 11) from count in Enumerable.Range(0, 11 - first)
                                  select new StepTarget("a", first, [count])]);
        (int First, int Count)[] parts = [.. plan.Steps.Select(step => ((int)step.Target.Offset, (int)step.Target.Shape![0]))];
        Random random = new(1);
        for (int round = 0; round < 300; round++)
        {
            DrawsOfTensor draws = new();
            List<int> added = [];
            foreach (int at in Enumerable.Range(0, 12).Select(_ => random.Next(parts.Length)))
            {
                bool isApart = added.TrueForAll(other => parts[other].Count == 0 || parts[at].Count == 0
                    || parts[other].First + parts[other].Count <= parts[at].First
                    || parts[at].First + parts[at].Count <= parts[other].First);
                // A part without elements may count as sharing; one with elements may not count as apart.
                if (parts[at].Count > 0) { Assert.Equal(isApart, draws.IsApart(plan.Placed[at].Layout)); }
                if (!isApart || !draws.IsApart(plan.Placed[at].Layout)) { continue; }
                draws.Add(DrawOf(plan, at));
                added.Add(at);
            }
            Assert.Equal(added.Count, draws.Draws.Count);
        }
    }

    [Fact]
    public void A_strided_view_shares_with_every_draw()
    {
        InitPlan plan = Views(new("a", 0, [10], [2]), new("a", 50, [10]), new("a", 80, [10]));
        ViewLayout strided = plan.Placed[0].Layout, low = plan.Placed[1].Layout, high = plan.Placed[2].Layout;
        DrawsOfTensor draws = new();
        Assert.True(draws.IsApart(strided));
        draws.Add(DrawOf(plan, 1));
        Assert.Equal((false, true, false), (draws.IsApart(strided), draws.IsApart(high), draws.IsApart(low)));
        draws.Clear();
        Assert.Equal((true, true, 0), (draws.IsApart(strided), draws.IsApart(low), draws.Draws.Count));
        draws.Add(DrawOf(plan, 0));
        Assert.Equal((false, false), (draws.IsApart(low), draws.IsApart(high)));
        draws.Add(DrawOf(plan, 1));
        Assert.False(draws.IsApart(high));
        draws.Clear();
        draws.Add(DrawOf(plan, 1));
        Assert.True(draws.IsApart(high));
    }

    [Fact]
    public void A_cancelled_draw_stops_before_it_begins()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        InitPlan plan = Views(new StepTarget("a"));
        PlanTensors tensors = plan.Allocate(DType.Float32);
        StepContext context = new(new Generator(1), tensors) { Watch = RunWatch.Of(plan, null, source.Token) };
        Draw draw = DrawOf(plan, 0);
        draw.IsOverwritten = true;
        Assert.Throws<OperationCanceledException>(() => draw.Run(0, 100, context));
        Assert.Throws<OperationCanceledException>(() => context.Run(plan.Placed[0]));
        Assert.Equal(0, context.Generator.Position);
    }

    [Fact]
    public void The_first_error_of_a_thread_is_thrown_as_it_is()
        => Assert.Equal("part 3", Assert.Throws<InvalidOperationException>(() => InParallel.For(0, 9, 2, part =>
        {
            if (part == 3) { throw new InvalidOperationException($"part {part}"); }
        })).Message);
}
