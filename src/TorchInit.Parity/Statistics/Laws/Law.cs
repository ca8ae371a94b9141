namespace TorchInit.Parity;

/// <summary>The distribution that a plan's step gives to each element it fills.</summary>
public abstract record Law
{
    private protected Law() { }

    /// <summary>P(X ≤ x).</summary>
    /// <param name="x">Any number.</param>
    public abstract double AtMost(double x);

    /// <summary>P(X &lt; x): less than <see cref="AtMost"/> where x has a probability of its own.</summary>
    /// <param name="x">Any number.</param>
    public virtual double Below(double x) => AtMost(x);

    /// <summary>The density at x; NaN if single values have probabilities.</summary>
    /// <param name="x">Any number.</param>
    public virtual double Density(double x) => double.NaN;

    /// <summary>The smallest and largest value that can be drawn, up to rounding.</summary>
    public abstract (double Low, double High) Support { get; }

    /// <summary>The mean.</summary>
    public double Mean => RawMoment(1);

    /// <summary>The standard deviation.</summary>
    public double StandardDeviation => Math.Sqrt(Math.Max(0, CentralMoment(2)));

    /// <summary>P(X = X′) of two independent draws as they are stored: how often a right sample repeats a value.</summary>
    internal abstract double Collision { get; }

    /// <summary>Whether single values have probabilities: the values are a grid, or there is an atom.</summary>
    internal virtual bool HasAtoms => false;

    /// <summary>Its name as a part of another law.</summary>
    internal virtual string Name => $"{this}";

    /// <summary>Whether all elements of a tensor are independent; if not, one per tensor is tested.</summary>
    internal virtual bool ElementsAreIndependent => true;

    /// <summary>Whether powers of values are informative: not if values that are hardly ever drawn dominate them.</summary>
    internal virtual bool MomentsTell => true;

    /// <summary>Whether x can be drawn, if it lies between the bounds.</summary>
    internal virtual bool Holds(double x) => true;

    /// <summary>The values with their weights, if there are few; otherwise null.</summary>
    internal virtual IEnumerable<(double Value, double Weight)>? Points => null;

    /// <summary>The probability between two neighbouring draws: a transform closer to 0 or 1 than half of it says no more
    /// than that.</summary>
    internal virtual double Cell => Math.Pow(2, -53);

    /// <summary>E[Xᵏ].</summary>
    internal abstract double RawMoment(int order);

    /// <summary>E[((X − mean)/std)ᵏ].</summary>
    internal virtual double StandardMoment(int order) => CentralMoment(order) / Math.Pow(StandardDeviation, order);

    /// <summary>E[(X − mean)ᵏ].</summary>
    private protected virtual double CentralMoment(int order)
    {
        double mean = RawMoment(1);
        double sum = 0;
        for (int k = 0; k <= order; k++)
        {
            sum += MathNet.Numerics.SpecialFunctions.Binomial(order, k) * Math.Pow(-mean, order - k) * (k == 0 ? 1 : RawMoment(k));
        }
        return sum;
    }

    /// <summary>The distance to the next number near x that a significand of so many bits can store.</summary>
    private protected static double Spacing(double x, int bits) => x == 0 ? 0 : Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(x))) + 1 - bits);

    /// <summary>A value in [0, 1] that is uniform if x has this law; <paramref name="jitter"/> in [0, 1) spreads a value that has a
    /// probability of its own.</summary>
    internal virtual double Transform(double x, double jitter)
    {
        double atMost = AtMost(x);
        if (!HasAtoms) { return Math.Clamp(atMost, Cell / 2, 1 - Cell / 2); }
        double below = Below(x);
        return below + jitter * (atMost - below);
    }
}
