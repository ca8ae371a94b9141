namespace TorchInit.Tests.Plans;

/// <summary>Steps that no list knows: what they say of themselves is enough for slices, threads and files.</summary>
public class NewStepTests
{
    /// <summary>Works in place, and says so.</summary>
    sealed record NegateStep(StepTarget Target) : InitStep(Target)
    {
        internal override IEnumerable<string> Reads => [Target.Tensor];

        public override string ToString() => $"neg_({Target})";

        internal override void Run<T>(TargetView<T> target, StepContext context)
        {
            T[] elements = target.ReadLogical();
            foreach (ref T element in elements.AsSpan()) { element = Elements.FromDouble<T>(-Elements.ToDouble(element)); }
            target.WriteLogical(elements);
        }
    }

    /// <summary>Draws in a way of its own, and says how much.</summary>
    sealed record CoinStep(StepTarget Target) : InitStep(Target)
    {
        internal override long? Words(ViewLayout target, DType dtype, TorchProfile profile, ref bool cachedNormal) => target.Count;

        public override string ToString() => $"coin_({Target})";

        internal override void Run<T>(TargetView<T> target, StepContext context)
        {
            T[] elements = new T[target.Count];
            foreach (ref T element in elements.AsSpan()) { element = Elements.FromDouble<T>(context.Generator.NextUInt32() & 1); }
            target.WriteLogical(elements);
        }
    }

    /// <summary>Says nothing of what it does.</summary>
    sealed record SilentStep(StepTarget Target) : InitStep(Target)
    {
        public override string ToString() => $"silent_({Target})";
    }

    static InitPlan Plan(params InitStep[] steps)
        => new("x", TorchProfile.Default, [new("a", [40]), new("b", [40]), new("c", [300_000])], steps);

    [Fact]
    public void A_slice_and_threads_see_what_a_step_in_place_did()
    {
        InitPlan plan = Plan(new UniformStep("a", 0.1, 0.9), new NegateStep("a"), new UniformStep("c", 0, 1), new CopyStep("b", "a"),
            new NegateStep(new StepTarget("b", 3, [5])), new NormalStep("a", 0, 1));
        SliceTests.Compare(plan, new(3L), DType.Float32, new(1));
        ParallelTests.Compare(plan, new(3L), DType.Float32);
        Assert.True(plan.MaterializeSlice("b", 0, 1, 3).AsSpan<float>()[0] < 0);
    }

    [Fact]
    public void A_draw_of_its_own_is_passed_over_by_its_words()
    {
        InitPlan plan = Plan(new UniformStep("a", 0, 1), new CoinStep("b"), new UniformStep("c", 0, 1), new CoinStep("a"));
        Assert.Equal(40 + 40 + 300_000 + 40, plan.Words());
        SliceTests.Compare(plan, new(3L), DType.Float64, new(1));
        ParallelTests.Compare(plan, new(3L), DType.Float64);
    }

    [Fact]
    public void One_that_does_nothing_is_an_error_and_not_zeros()
        => Assert.Contains("SilentStep", Assert.Throws<InvalidOperationException>(() => Plan(new SilentStep("a")).Materialize(1)).Message,
            StringComparison.Ordinal);
}
