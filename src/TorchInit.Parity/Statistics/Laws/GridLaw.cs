namespace TorchInit.Parity;

/// <summary>Finitely many values with their probabilities: another law as float16 and bfloat16 can hold it, or a draw of few
/// bits.</summary>
public sealed record GridLaw : Law
{
    /// <summary>The most values of a grid.</summary>
    internal const int MostPoints = 1 << 16;

    readonly string _name;
    readonly double[] _cumulative;
    readonly double[] _values;

    /// <summary>Takes values with weights; equal values are merged, weights are scaled to sum to 1.</summary>
    internal GridLaw(string name, IEnumerable<(double Value, double Weight)> points)
    {
        _name = name;
        SortedDictionary<double, double> joined = [];
        foreach ((double value, double weight) in points)
        {
            if (weight > 0) { joined[value + 0.0] = joined.GetValueOrDefault(value + 0.0) + weight; }
        }
        if (joined.Count == 0)
        {
            throw new ArgumentException("points is empty; allowed: one or more values of positive weight.", nameof(points));
        }
        double total = joined.Values.Sum();
        _values = [.. joined.Keys];
        _cumulative = new double[_values.Length];
        double sum = 0;
        foreach ((int at, double weight) in joined.Values.Index()) { _cumulative[at] = (sum += weight) / total; }
    }

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public override (double Low, double High) Support => (_values[0], _values[^1]);

    internal override double Collision => Enumerable.Range(0, Count).Sum(at => Weight(at) * Weight(at));

    internal override bool HasAtoms => true;

    /// <inheritdoc/>
    public override double AtMost(double x)
    {
        int at = Array.BinarySearch(_values, x);
        at = at >= 0 ? at : ~at - 1;
        return at < 0 ? 0 : _cumulative[at];
    }

    /// <inheritdoc/>
    public override double Below(double x)
    {
        int at = Array.BinarySearch(_values, x);
        at = (at >= 0 ? at : ~at) - 1;
        return at < 0 ? 0 : _cumulative[at];
    }

    internal override double RawMoment(int order) => Enumerable.Range(0, Count).Sum(at => Weight(at) * Math.Pow(_values[at], order));

    private protected override double CentralMoment(int order)
    {
        double mean = Mean;
        return Enumerable.Range(0, Count).Sum(at => Weight(at) * Math.Pow(_values[at] - mean, order));
    }

    internal override string Name => _name;

    internal override bool MomentsTell => double.IsFinite(_values[0]) && double.IsFinite(_values[^1]);

    internal override bool Holds(double x) => Array.BinarySearch(_values, x) >= 0;

    internal override IEnumerable<(double Value, double Weight)> Points
        => Enumerable.Range(0, Count).Select(at => (_values[at], Weight(at)));

    double Weight(int at) => _cumulative[at] - (at == 0 ? 0 : _cumulative[at - 1]);

    /// <inheritdoc/>
    public override string ToString() => $"{_name} on {Count:N0} values";

    /// <inheritdoc/>
    public bool Equals(GridLaw? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
