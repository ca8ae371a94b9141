using TorchInit;

namespace InitNotebooks;

/// <summary>A distribution to draw beside a sample.</summary>
public abstract record Density
{
    private protected Density() { }

    /// <summary>U(from, to): 1 / (to − from) between them.</summary>
    /// <param name="from">Lower bound.</param>
    /// <param name="to">Upper bound, above it.</param>
    public static Density Uniform(double from, double to) => from < to ? new UniformDensity(from, to) : throw new ArgumentException($"to is {to}; allowed: above from = {from}.", nameof(to));

    /// <summary>N(mean, std²).</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation, above 0.</param>
    public static Density Normal(double mean, double std) => std > 0 ? new NormalDensity(mean, std) : throw new ArgumentException($"std is {std}; allowed: above 0.", nameof(std));

    /// <summary>N(mean, std²) cut to [a, b].</summary>
    /// <param name="mean">Before it is cut.</param>
    /// <param name="std">Before it is cut, above 0.</param>
    /// <param name="a">Lower cut.</param>
    /// <param name="b">Upper cut, above it.</param>
    public static Density TruncatedNormal(double mean, double std, double a, double b)
        => std > 0 && a < b ? new TruncatedDensity(new(mean, std), a, b) : throw new ArgumentException($"std is {std}, a is {a}, b is {b}; allowed: std above 0, a below b.", nameof(std));

    /// <summary>The density at x.</summary>
    /// <param name="x">Any number.</param>
    public abstract double At(double x);

    /// <summary>The probability of at most x.</summary>
    /// <param name="x">Any number.</param>
    public abstract double Cumulative(double x);

    /// <summary>The x whose cumulative probability is p, by bisection to the last place.</summary>
    /// <param name="p">Between 0 and 1, both excluded.</param>
    public double Quantile(double p)
    {
        if (p is not (> 0 and < 1)) { throw new ArgumentOutOfRangeException(nameof(p), p, "allowed: between 0 and 1."); }
        (double low, double high) = Support;
        for (int step = 0; step < 200; step++)
        {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) { break; }
            if (Cumulative(middle) < p) { low = middle; }
            else { high = middle; }
        }
        return (low + high) / 2;
    }

    /// <summary>Where all but 1e-30 of it lies.</summary>
    private protected abstract (double Low, double High) Support { get; }

    sealed record UniformDensity(double From, double To) : Density
    {
        private protected override (double, double) Support => (From, To);

        public override double At(double x) => x >= From && x <= To ? 1 / (To - From) : 0;

        public override double Cumulative(double x) => Math.Clamp((x - From) / (To - From), 0, 1);

        public override string ToString() => $"U({From:G4}, {To:G4})";
    }

    sealed record NormalDensity(double Mean, double Std) : Density
    {
        private protected override (double, double) Support => (Mean - 12 * Std, Mean + 12 * Std);

        public override double At(double x) => Math.Exp(-0.5 * Math.Pow((x - Mean) / Std, 2)) / (Std * Math.Sqrt(2 * Math.PI));

        public override double Cumulative(double x) => (1 + Libm.Erf((x - Mean) / (Std * Math.Sqrt(2)))) / 2;

        public override string ToString() => $"N({Mean:G4}, {Std:G4}²)";
    }

    sealed record TruncatedDensity(NormalDensity Whole, double A, double B) : Density
    {
        double Mass => Whole.Cumulative(B) - Whole.Cumulative(A);

        private protected override (double, double) Support => (A, B);

        public override double At(double x) => x >= A && x <= B ? Whole.At(x) / Mass : 0;

        public override double Cumulative(double x) => x <= A ? 0 : x >= B ? 1 : (Whole.Cumulative(x) - Whole.Cumulative(A)) / Mass;

        public override string ToString() => $"{Whole} in [{A:G4}, {B:G4}]";
    }
}
