using System.Globalization;

namespace TorchInit.Parity;

/// <summary>
/// Values drawn one after the other from what is left: permutations, and <c>multinomial</c> without replacement. Elements depend on each
/// other, but each one's place among what was left when it was drawn does not: the tests use those places, independent uniforms.
/// </summary>
/// <param name="First">The law of the first draw, on whole numbers from 0.</param>
/// <param name="Items">How many numbers there are.</param>
/// <param name="Length">How many are drawn before all are put back.</param>
/// <remarks>Reference: Rosenblatt 1952, doi:10.1214/aoms/1177729394; for equal weights the places are Lehmer's code.</remarks>
public sealed record SuccessiveLaw(Law First, int Items, int Length) : Law
{
    /// <summary>The law of the places.</summary>
    internal static UniformLaw OfPlaces { get; } = new(0, 1, 53);

    /// <inheritdoc/>
    public override (double Low, double High) Support => First.Support;

    internal override double Collision => First.Collision;

    internal override bool HasAtoms => true;

    /// <inheritdoc/>
    public override double AtMost(double x) => First.AtMost(x);

    /// <inheritdoc/>
    public override double Below(double x) => First.Below(x);

    internal override bool Holds(double x) => First.Holds(x);

    internal override double RawMoment(int order) => First.RawMoment(order);

    private protected override double CentralMoment(int order) => Math.Pow(First.StandardDeviation, order) * First.StandardMoment(order);

    /// <summary>Each element's place in [0, 1) among what was left; NaN for an element that was not left.</summary>
    /// <param name="values">The values of several draws, one after the other.</param>
    /// <param name="perDraw">How many elements a draw has; the last draw may have fewer.</param>
    internal double[] Places(ReadOnlySpan<double> values, int perDraw)
    {
        Jitter jitter = Jitter.Of(values);
        double[] places = new double[values.Length];
        LeftOver left = new(this);
        for (int at = 0; at < values.Length; at++)
        {
            if (at % perDraw % Length == 0) { left.PutBack(); }
            double spread = jitter.Next();
            places[at] = left.Take(values[at]) is var (below, own) ? Math.Min(below + spread * own, 1 - OfPlaces.Cell) : double.NaN;
        }
        return places;
    }

    /// <inheritdoc/>
    public override string ToString() => First is WholeUniformLaw
        ? Length == Items ? string.Create(CultureInfo.InvariantCulture, $"a permutation of 0 to {Items - 1}")
            : string.Create(CultureInfo.InvariantCulture, $"{Length} of 0 to {Items - 1}, none twice")
        : string.Create(CultureInfo.InvariantCulture, $"{Length} of {Items} categories by weight, none twice");

    /// <summary>The items left, as a tree of sums (Fenwick 1994).</summary>
    sealed class LeftOver
    {
        readonly double[] _weights;
        readonly double[] _whole;
        readonly double[] _sums;
        readonly bool[] _taken;

        public LeftOver(SuccessiveLaw law)
        {
            // Equal weights are ones, so that no sum is rounded.
            _weights = [.. Enumerable.Range(0, law.Items).Select(item
                => law.First is WholeUniformLaw ? 1 : law.First.AtMost(item) - law.First.Below(item))];
            _whole = new double[law.Items + 1];
            for (int item = 1; item <= law.Items; item++)
            {
                _whole[item] += _weights[item - 1];
                if (item + (item & -item) <= law.Items) { _whole[item + (item & -item)] += _whole[item]; }
            }
            (_sums, _taken) = (new double[_whole.Length], new bool[law.Items]);
        }

        public void PutBack()
        {
            _whole.CopyTo(_sums, 0);
            Array.Clear(_taken);
        }

        /// <summary>The share of what is left that lies below an item, and the item's own; null if it is not left.</summary>
        public (double Below, double Own)? Take(double value)
        {
            if (!(value >= 0 && value < _weights.Length && double.IsInteger(value))) { return null; }
            int item = (int)value;
            double own = _weights[item];
            if (_taken[item] || own <= 0) { return null; }
            (double below, double all) = (Sum(item), Sum(_weights.Length));
            _taken[item] = true;
            for (int at = item + 1; at < _sums.Length; at += at & -at) { _sums[at] -= own; }
            return (below / all, own / all);
        }

        double Sum(int items)
        {
            double sum = 0;
            for (int at = items; at > 0; at -= at & -at) { sum += _sums[at]; }
            return sum;
        }
    }
}
