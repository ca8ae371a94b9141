using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Laws;

static class Expect
{
    /// <summary>E[X⁰] to E[X⁴].</summary>
    public static void Moments(Law law, double first, double second, double third, double fourth, double tolerance = 1e-12)
    {
        double[] expected = [1, first, second, third, fourth];
        for (int order = 0; order <= 4; order++) { Assert.Equal(expected[order], law.RawMoment(order), tolerance); }
        Assert.Equal(first, law.Mean, tolerance);
        Assert.Equal(Math.Sqrt(second - first * first), law.StandardDeviation, tolerance);
    }

    /// <summary>The law of the only tensor of an expression.</summary>
    public static Law Of(string expression, DType dtype = DType.Float32, string torch = "2.15")
        => PlanLaws.Of(InitPlan.Of(expression, TorchProfile.For(torch)), dtype).Single().Law!;

    /// <summary>The law of a step on a tensor of this many elements.</summary>
    public static Law? OfStep(InitStep step, long count = 64, DType dtype = DType.Float32, string torch = "2.15")
        => PlanLaws.Of(new InitPlan("made", TorchProfile.For(torch), [new("t", [count])], [step]), dtype).Single().Law;

    public static double Weight(Law law, double value) => law.AtMost(value) - law.Below(value);
}
