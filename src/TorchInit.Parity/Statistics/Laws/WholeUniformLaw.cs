using System.Globalization;

namespace TorchInit.Parity;

/// <summary>Whole numbers starting at From: from + word mod count. If the count does not divide the number of words, the first few
/// occur a little more often, which this law includes.</summary>
/// <param name="From">The smallest number.</param>
/// <param name="Count">How many numbers there are, 1 or more.</param>
/// <param name="WordBits">Bits of the word that is divided: 32 or 64.</param>
/// <param name="StoredBits">Bits of a stored value's significand; 64 for integers.</param>
public sealed record WholeUniformLaw(long From, UInt128 Count, int WordBits = 32, int StoredBits = 64) : Law
{
    // Sums of more terms are integrals, to one part in 10⁷.
    const int MostSummed = 4096;

    UInt128 Words => UInt128.One << WordBits;

    /// <inheritdoc/>
    public override (double Low, double High) Support => (From, From + (double)(Count - 1));

    internal override double Collision => Math.Max((double)(Words / Count + 1) / (double)Words, Math.Pow(2, -StoredBits));

    internal override bool HasAtoms => true;

    /// <inheritdoc/>
    public override double AtMost(double x)
    {
        double below = Math.Floor(x) - From + 1;
        if (!(below > 0)) { return 0; }
        if (below >= (double)Count) { return 1; }
        UInt128 numbers = (UInt128)below;
        return (double)(numbers * (Words / Count) + UInt128.Min(numbers, Words % Count)) / (double)Words;
    }

    /// <inheritdoc/>
    public override double Below(double x) => AtMost(Math.Ceiling(x) - 1);

    internal override bool Holds(double x) => double.IsInteger(x);

    internal override double RawMoment(int order) => About(0, order);

    private protected override double CentralMoment(int order) => About(About(0, 1), order);

    internal override IEnumerable<(double Value, double Weight)>? Points => Count > GridLaw.MostPoints ? null
        : Enumerable.Range(0, (int)Count).Select(at => ((double)(From + at), Words / Count + ((UInt128)at < Words % Count ? 1u : 0u)))
            .Select(point => (point.Item1, (double)point.Item2));

    /// <summary>Every number as often as the words wrap around completely, and the first ones once more.</summary>
    double About(double center, int order)
    {
        UInt128 more = Words % Count;
        double share = (double)more / (double)Words;
        return (1 - share) * Even(Count, center, order) + (more == 0 ? 0 : share * Even(more, center, order));
    }

    double Even(UInt128 count, double center, int order)
    {
        if (count <= MostSummed) { return Enumerable.Range(0, (int)count).Average(at => Math.Pow(From - center + at, order)); }
        (double low, double high) = (From - center - 0.5, From - center + (double)count - 0.5);
        return (Math.Pow(high, order + 1) - Math.Pow(low, order + 1)) / ((order + 1) * (high - low));
    }

    /// <inheritdoc/>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"whole numbers from {From} to {(Int128)From + (Int128)(Count - 1)}");
}
