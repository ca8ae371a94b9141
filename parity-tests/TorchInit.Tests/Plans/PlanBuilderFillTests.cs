namespace TorchInit.Tests.Plans;

/// <summary>A builder's fills are those of Init, with the bounds of the tensor's shape.</summary>
public class PlanBuilderFillTests
{
    static string Step(Func<PlanBuilder, PlanBuilder> fill, params long[] shape)
        => string.Join("; ", fill(new PlanBuilder().Parameter("w", shape)).Build("x").Steps);

    [Fact]
    public void Each_fill_is_one_step()
    {
        Assert.Equal("uniform_(w, -2.0, 3.0)", Step(builder => builder.Uniform("w", -2, 3), 4));
        Assert.Equal("normal_(w, 0.5, 2.0)", Step(builder => builder.Normal("w", 0.5, 2), 4));
        Assert.Equal("fill_(w, 7.0)", Step(builder => builder.Fill("w", 7), 4));
        Assert.Equal("fill_(w, 7.0)", Step(builder => builder.Constant("w", 7), 4));
        Assert.Equal("fill_(w, 1.0)", Step(builder => builder.Ones("w"), 4));
        Assert.Equal("fill_(w, 0.0)", Step(builder => builder.Zeros("w"), 4));
        Assert.Equal("uniform_(w, -0.49999999999999994, 0.49999999999999994)",
            Step(builder => builder.KaimingUniform("w", a: Math.Sqrt(5)), 3, 4));
        Assert.Equal("normal_(w, 0.0, 0.5)", Step(builder => builder.KaimingNormal("w", mode: FanMode.FanOut), 8, 3));
        Assert.Equal("normal_(w, 0.0, 0.5)", Step(builder => builder.KaimingNormal("w", nonlinearity: Nonlinearity.Linear), 3, 4));
        Assert.Equal("uniform_(w, -0.9999999999999999, 0.9999999999999999)",
            Step(builder => builder.XavierUniform("w"), 2, 4));
        Assert.Equal("normal_(w, 0.0, 1.0)", Step(builder => builder.XavierNormal("w", gain: 2), 3, 5));
        Assert.Equal("trunc_normal_(w, 0.0, 1.0, -2.0, 2.0)", Step(builder => builder.TruncNormal("w"), 4));
        Assert.Equal("orthogonal_(w, 1.0)", Step(builder => builder.Orthogonal("w"), 4, 4));
        Assert.Equal("sparse_(w, 0.1, 0.01)", Step(builder => builder.Sparse("w", 0.1), 4, 4));
        Assert.Equal("eye_(w)", Step(builder => builder.Eye("w"), 4, 4));
        Assert.Equal("dirac_(w, 1)", Step(builder => builder.Dirac("w"), 4, 4, 3));
    }

    [Fact]
    public void A_tensor_without_elements_is_left_alone()
    {
        Assert.Equal("", Step(builder => builder.KaimingUniform("w"), 0, 4));
        Assert.Equal("", Step(builder => builder.KaimingNormal("w"), 4, 0));
        InitPlan plan = new PlanBuilder().Parameter("w", 0, 4).Resettable(builder => builder.KaimingUniform("w")).KaimingNormal("w")
            .Build("x");
        Assert.Equal([TorchWarning.ZeroElements], plan.ResetWarnings);
        Assert.Empty(plan.ResetSteps!);
    }

    [Fact]
    public void What_is_reset_runs_also_now_and_twice_if_asked_twice()
    {
        InitPlan plan = new PlanBuilder().Parameter("w", 4).Fill("w", 1).Resettable(builder => builder.Fill("w", 2))
            .Fill("w", 3).Resettable(builder => builder.Fill("w", 4)).Build("x");
        Assert.Equal("fill_(w, 1.0); fill_(w, 2.0); fill_(w, 3.0); fill_(w, 4.0)", string.Join("; ", plan.Steps));
        Assert.Equal("fill_(w, 2.0); fill_(w, 4.0)", string.Join("; ", plan.ResetSteps!));
        Assert.Null(new PlanBuilder().Parameter("w", 4).Build("x").ResetSteps);
    }

    [Fact]
    public void State_dict_order_is_parameters_buffers_children()
    {
        InitPlan child = new PlanBuilder().Buffer("n", [1]).Parameter("w", 2).Build("c");
        PlanBuilder builder = new PlanBuilder().Child("first", child).Buffer("b", [1], DType.Int64).Parameter("w", 3).Scratch("s", 5)
            .Prototype("proto", child).CopyOf("copy", "proto", child).Tie("tied", "w").Tie("again", "tied");
        Assert.Equal(["w", "first.w", "copy.w"], builder.Parameters.Select(tensor => tensor.Name));
        InitPlan plan = builder.Build("x");
        Assert.Equal(["w", "s", "b", "first.w", "first.n", "proto.w", "proto.n", "copy.w", "copy.n", "tied", "again"],
            plan.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(["w", "b", "first.w", "first.n", "copy.w", "copy.n", "tied", "again"],
            plan.StateTensors.Select(tensor => tensor.Name));
        Assert.Equal(("w", "w"), (plan["tied"].SameAs, plan["again"].SameAs));
        Assert.Equal("copy_(copy.w, proto.w); copy_(copy.n, proto.n)", string.Join("; ", plan.Steps));
        Assert.Equal(plan.StorageOf("w"), plan.StorageOf("again"));
        Assert.Equal("x (torch 2.15 linux-x64 avx2)", plan.ToString().Split('\n')[0]);
        Assert.Contains("  Parameter w(3,)\n", plan.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("  copy_(copy.n, proto.n)\n", plan.ToString(), StringComparison.Ordinal);
    }
}
