namespace TorchInit.Parity;

/// <summary>Other common ways to initialise weights: the schemes of torch.nn.init, and the documented defaults of other
/// frameworks.</summary>
static class OtherInitialisers
{
    static readonly string[] s_schemes =
    [
        "xavier_uniform_({0})", "xavier_normal_({0})", "kaiming_normal_({0}, nonlinearity='relu')",
            "kaiming_normal_({0}, mode='fan_out', nonlinearity='relu')", "normal_({0})", "normal_({0}, std=0.02)",
            "trunc_normal_({0}, std=0.02)",
    ];

    /// <summary>Their laws for a tensor that is drawn whole.</summary>
    public static IEnumerable<(Cause Cause, string Said, Law Law)> Of(ParameterSpec tensor, DistributionCase item)
    {
        DType dtype = tensor.TypeOr(item.DType);
        if (!dtype.IsFloatingPoint()) { yield break; }
        if (tensor.Shape.Count >= 2)
        {
            string shape = TensorShape.Text([.. tensor.Shape]);
            foreach (string scheme in s_schemes)
            {
                InitPlan plan = InitPlan.Of("init." + string.Format(null, scheme, shape), item.Plan.Profile);
                if (LawOf(plan.Steps.Single(), tensor, dtype, plan) is { } law)
                {
                    yield return (Cause.OtherInitialiser,
                        $"{scheme.Replace("({0}, ", "(", StringComparison.Ordinal).Replace("({0})", "", StringComparison.Ordinal)}: {law}",
                        law);
                }
            }
        }
        foreach (Formulas framework in Formulas.All)
        {
            if (framework.StepsOf(item.Plan, tensor) is [{ } step] && LawOf(step, tensor, dtype, item.Plan) is { } law)
            {
                yield return (Cause.OtherInitialiser, $"the default of {framework.Name}: {law}", law);
            }
        }
    }

    static Law? LawOf(InitStep step, ParameterSpec tensor, DType dtype, InitPlan plan)
        => StepLaw.Of(step, ViewLayout.Of(tensor.Name, [.. tensor.Shape]), dtype,
            plan) is { ElementsAreIndependent: true } law and not ConstantLaw ? law : null;
}
