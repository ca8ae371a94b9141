namespace TorchInit.Tests.Plans;

/// <summary>A wrapper renames what the one before it made: targets, sources and side effects of all its steps.</summary>
public class WrappersOfWrappersTests
{
    public static TheoryData<string, string> Plans => new()
    {
        { "utils.spectral_norm(utils.weight_norm(Linear(3, 4)), name='weight_v')",
            "bias, weight_g, weight_v_orig, weight_v_u, weight_v_v" },
        { "utils.weight_norm(utils.weight_norm(Linear(3, 4)), name='weight_v')", "bias, weight_g, weight_v_g, weight_v_v" },
        { "utils.weight_norm(utils.weight_norm(Linear(3, 4)), name='weight_g')", "bias, weight_v, weight_g_g, weight_g_v" },
        { "utils.weight_norm(utils.spectral_norm(Linear(3, 4)), name='weight_orig')",
            "bias, weight_orig_g, weight_orig_v, weight_u, weight_v" },
        { "utils.spectral_norm(utils.weight_norm(Linear(3, 4), name='bias'))", "bias_g, bias_v, weight_orig, weight_u, weight_v" },
        { "parametrizations.weight_norm(utils.weight_norm(Linear(3, 4)), name='weight_v')",
            "bias, weight_g, parametrizations.weight_v.original0, parametrizations.weight_v.original1" },
    };

    [Theory, MemberData(nameof(Plans))]
    public void They_have_their_tensors_and_run(string expression, string names)
    {
        InitPlan plan = InitPlan.Of(expression);
        Assert.Equal(names, string.Join(", ", plan.StateTensors.Select(tensor => tensor.Name)));
        SliceTests.Compare(plan, new(5L), DType.Float32, new(1));
        ParallelTests.Compare(plan, new(5L), DType.Float64);
        InitPlan child = new PlanBuilder().Child("inner", plan).Build("Outer()");
        StateDict own = plan.Materialize(5), nested = child.Materialize(5);
        foreach (string name in own.Keys) { AssertBits.Equal(own[name].AsSpan<float>(), nested[$"inner.{name}"].AsSpan<float>()); }
    }
}
