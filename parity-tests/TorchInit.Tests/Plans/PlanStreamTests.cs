namespace TorchInit.Tests.Plans;

/// <summary>Elements of a plan's tensors in the caller's memory, whatever was there.</summary>
public class PlanStreamTests
{
    static readonly TorchProfile s_profile = TorchProfile.Default;

    static PlanStream Of(InitPlan plan) => new(plan, new Generator(3L, s_profile), DType.Float32, plan.Steps.Count - 1);

    [Fact]
    public void What_no_step_writes_is_zero()
    {
        InitPlan plan = new("x", s_profile, [new("w", [40]), new("none", [40]), new("part", [40])],
            [new NormalStep("w", 0, 1), new FillStep(new("part", 10, [5]), 7), new ScalarStep("part", ScalarOperation.Add, 1)]);
        byte[] memory = new byte[40 * 4];
        foreach (string name in (string[])["w", "none", "part"])
        {
            memory.AsSpan().Fill(0xee);
            Of(plan).Draw(name, 0, memory, new());
            Assert.Equal(plan.Materialize(3)[name].Bytes(0, 40).ToArray(), memory);
            memory.AsSpan().Fill(0xee);
            Of(plan).Draw(name, 12, memory.AsSpan(0, 20), new());
            Assert.Equal(plan.Materialize(3)[name].Bytes(12, 5).ToArray(), memory[..20]);
            Assert.Equal(0xee, memory[20]);
        }
    }

    /// <summary>Of each tensor that can be drawn in parts, one element: nothing is allocated, and what is refused is refused
    /// here.</summary>
    [Fact]
    public void Arguments_are_checked_before_a_terabyte()
    {
        static InitPlan Plan(InitStep step) => new("x", s_profile, [new("w", [1L << 40]), new("empty", [0])], [step]);
        InitPlan good = Plan(new UniformStep("w", 0, 1)), bad = Plan(new UniformStep("w", 1, 0)), low = Plan(new NormalStep("w", 0, -1));
        Of(good).Check(good.Tensors);
        Assert.Throws<TorchArgumentException>(() => Of(bad).Check(bad.Tensors));
        Assert.Throws<TorchArgumentException>(() => Of(low).Check(low.Tensors));
        InitPlan empty = Plan(new UniformStep("empty", 1, 0));
        Of(empty).Check(empty.Tensors);
        InitPlan whole = new("x", s_profile, [new("w", [4, 4])], [new OrthogonalStep("w", double.NaN)]);
        Of(whole).Check(whole.Tensors);
    }

    [Fact]
    public void Steps_that_make_their_elements_together_run_once_for_all_parts()
    {
        InitPlan plan = new("x", s_profile, [new("v", [6, 5]), new("w", [30, 20])],
            [new OrthogonalStep("w", 1), new OrthogonalStep("v", 2)]);
        PlanStream stream = Of(plan);
        StateDict state = plan.Materialize(3);
        byte[] memory = new byte[600 * 4];
        for (int at = 0; at < 600; at += 100) { stream.Draw("w", at, memory.AsSpan(4 * at, 400), new()); }
        Assert.Equal(state["w"].Bytes(0, 600).ToArray(), memory);
        stream.Draw("v", 0, memory.AsSpan(0, 120), new());
        Assert.Equal(state["v"].Bytes(0, 30).ToArray(), memory[..120]);
        stream.Draw("w", 0, memory.AsSpan(0, 120), new());
        Assert.Equal(state["w"].Bytes(0, 30).ToArray(), memory[..120]);
    }
}
