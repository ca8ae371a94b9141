using TorchInit;
using TorchInit.Parity;

namespace InitNotebooks;

/// <summary>A distribution to draw with a sample: a law of the harness, with its quantiles.</summary>
public sealed record Density
{
    readonly Law _law;

    Density(Law law) => _law = law;

    /// <summary>U(from, to): 1 / (to − from) between the bounds.</summary>
    /// <param name="from">Lower bound.</param>
    /// <param name="to">Upper bound, above it.</param>
    public static Density Uniform(double from, double to) => from < to ? new(new UniformLaw(from, to, 53))
        : throw new ArgumentException($"to is {to}; allowed: above from = {from}.", nameof(to));

    /// <summary>N(mean, std²).</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation, above 0.</param>
    public static Density Normal(double mean, double std) => std > 0 ? new(new NormalLaw(mean, std, 53, 53))
        : throw new ArgumentException($"std is {std}; allowed: above 0.", nameof(std));

    /// <summary>N(mean, std²) cut to [a, b].</summary>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="std">The standard deviation before truncation, above 0.</param>
    /// <param name="a">Lower cut.</param>
    /// <param name="b">Upper cut, above it.</param>
    public static Density TruncatedNormal(double mean, double std, double a, double b)
        => std > 0 && a < b ? new(new TruncNormalLaw(mean, std, a, b, 53))
            : throw new ArgumentException($"std is {std}, a is {a}, b is {b}; allowed: std above 0, a below b.", nameof(std));

    /// <summary>The distribution that a plan gives to a tensor's drawn elements, derived from the step that wrote them last.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tensor">One of its tensors.</param>
    /// <exception cref="ArgumentException">The tensor is not in the plan, or no element of it is drawn from a law with a
    /// density.</exception>
    public static Density Of(InitPlan plan, string tensor)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string name = plan[tensor].Name;
        Law[] laws = [.. PlanLaws.Of(plan).Where(region => region.Tensor == name).Select(region => region.Law).OfType<Law>()
            .Where(law => law is not ConstantLaw)];
        return laws is [var law] && !double.IsNaN(law.Density(law.Mean)) ? new(law)
            : throw new ArgumentException($"{tensor} of {plan.Title} is drawn from "
                + $"{(laws.Length == 0 ? "no law" : string.Join<Law>(" and ", laws))}; allowed: tensors of one law with a density.",
                    nameof(tensor));
    }

    /// <summary>The density at x.</summary>
    /// <param name="x">Any number.</param>
    public double At(double x) => _law.Density(x);

    /// <summary>The probability of at most x.</summary>
    /// <param name="x">Any number.</param>
    public double Cumulative(double x) => _law.AtMost(x);

    /// <summary>The x whose cumulative probability is p, by bisection to the last place.</summary>
    /// <param name="p">Between 0 and 1, both excluded.</param>
    public double Quantile(double p)
    {
        if (p is not (> 0 and < 1)) { throw new ArgumentOutOfRangeException(nameof(p), p, "allowed: between 0 and 1."); }
        (double low, double high) = _law.Support;
        for (int step = 0; step < 200; step++)
        {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) { break; }
            if (Cumulative(middle) < p) { low = middle; }
            else { high = middle; }
        }
        return (low + high) / 2;
    }

    /// <summary>The law as in a legend: <c>U(-0.5, 0.5)</c>.</summary>
    public override string ToString() => $"{_law}";
}
