namespace TorchInit.Tests.Plans;

/// <summary>What a builder refuses leaves no trace in it.</summary>
public class PlanBuilderRefusalTests
{
    /// <summary>Tries something that is refused, then adds the child that was meant.</summary>
    static void IsUnchangedBy(Action<PlanBuilder> refused)
    {
        PlanBuilder builder = new PlanBuilder().Scratch("a.bias", 4);
        InitPlan before = builder.Build("x");
        Assert.ThrowsAny<ArgumentException>(() => refused(builder));
        Assert.Equal(before.Tensors, builder.Build("x").Tensors);
        Assert.Equal(before.Steps, builder.Build("x").Steps);
        InitPlan plan = builder.Child("a", Modules.Linear(3, 4, bias: false)).Build("x");
        Assert.Equal(["a.weight"], plan.StateTensors.Select(tensor => tensor.Name));
        Assert.Single(plan.Steps);
    }

    [Fact]
    public void A_child_of_another_torch()
        => IsUnchangedBy(builder => builder.Child("a", Modules.Linear(3, 4, profile: TorchProfile.For("1.13"))));

    [Fact]
    public void A_child_beyond_the_limits()
    {
        InitPlan many = new("x", TorchProfile.Default, [.. Enumerable.Range(0, 100_000).Select(at => new ParameterSpec($"w{at}", [1]))],
            [new UniformStep("w0", 0, 1)]);
        IsUnchangedBy(builder => builder.Child("a", many));
    }

    [Fact]
    public void A_child_with_a_name_that_is_used() => IsUnchangedBy(builder => builder.Child("a", Modules.Linear(3, 4)));

    [Fact]
    public void A_prototype_or_a_copy_with_such_a_name()
    {
        IsUnchangedBy(builder => builder.Prototype("a", Modules.Linear(3, 4)));
        IsUnchangedBy(builder => builder.CopyOf("a", "b", Modules.Linear(3, 4)));
        IsUnchangedBy(builder => builder.CopyOf("b", "nowhere", Modules.Linear(3, 4)));
    }

    [Fact]
    public void Steps_after_a_reset_that_throws_are_not_part_of_it()
    {
        PlanBuilder builder = new PlanBuilder().Parameter("w", 2).Parameter("none", 0, 2);
        Assert.Throws<InvalidOperationException>(() => builder.Resettable(reset =>
        {
            reset.KaimingUniform("none");
            throw new InvalidOperationException("as a caller's code may");
        }));
        InitPlan plan = builder.KaimingUniform("none").Resettable(reset => reset.Uniform("w", 0, 1)).Build("x");
        Assert.Empty(plan.ResetWarnings);
        Assert.Equal(["uniform_(w, 0.0, 1.0)"], plan.ResetSteps!.Select(step => step.ToString()));
    }

    [Fact]
    public void A_reset_within_a_reset_runs_once()
    {
        InitPlan plan = new PlanBuilder().Parameter("w", 2).Parameter("b", 2)
            .Resettable(reset => reset.Uniform("w", 0, 1).Resettable(inner => inner.Fill("b", 1)).Fill("b", 2)).Build("x");
        Assert.Equal(plan.Steps, plan.ResetSteps!);
        Assert.Equal(3, plan.Steps.Count);
    }

    [Fact]
    public void A_plan_that_is_built_stays_as_it_is()
    {
        PlanBuilder builder = new PlanBuilder().Parameter("w", 0, 2);
        InitPlan plan = builder.Resettable(_ => { }).Build("x");
        builder.Resettable(reset => reset.KaimingUniform("w"));
        Assert.Empty(plan.ResetWarnings);
        Assert.Single(builder.Build("x").ResetWarnings);
    }
}
