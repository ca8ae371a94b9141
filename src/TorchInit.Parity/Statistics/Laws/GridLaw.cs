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
    readonly Lazy<GridIndex> _index;
    readonly Lazy<double> _collision;
    readonly Lazy<double[]> _central;

    /// <summary>Takes values with weights; equal values are merged, weights are scaled to sum to 1.</summary>
    internal GridLaw(string name, IEnumerable<(double Value, double Weight)> points)
    {
        _name = name;
        List<(double Value, double Weight)> kept = [.. points.Where(point => point.Weight > 0).Select(point
            => (point.Value + 0.0, point.Weight))];
        if (kept.Count == 0)
        {
            throw new ArgumentException("points is empty; allowed: one or more values of positive weight.", nameof(points));
        }
        if (kept.Zip(kept.Skip(1)).Any(pair => pair.First.Value > pair.Second.Value))
        {
            kept = [.. kept.OrderBy(point => point.Value)];         // keeps the order of equal values
        }
        List<(double Value, double Weight)> joined = [];
        foreach ((double value, double weight) in kept)
        {
            if (joined.Count > 0 && joined[^1].Value == value) { joined[^1] = (value, joined[^1].Weight + weight); }
            else { joined.Add((value, weight)); }
        }
        double total = joined.Sum(point => point.Weight);
        _values = [.. joined.Select(point => point.Value)];
        _cumulative = new double[_values.Length];
        double sum = 0;
        foreach ((int at, (double _, double weight)) in joined.Index()) { _cumulative[at] = (sum += weight) / total; }
        // Asked for every value of a sample, and by every test.
        _index = new(() => new(_values));
        _collision = new(() => Enumerable.Range(0, Count).Sum(at => Weight(at) * Weight(at)));
        _central = new(Central);
    }

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public override (double Low, double High) Support => (_values[0], _values[^1]);

    internal override double Collision => _collision.Value;

    internal override bool HasAtoms => true;

    /// <inheritdoc/>
    public override double AtMost(double x) => _index.Value.UpTo(x) is >= 0 and var at ? _cumulative[at] : 0;

    /// <inheritdoc/>
    public override double Below(double x)
    {
        int at = _index.Value.UpTo(x);
        if (at >= 0 && _values[at] == x) { at--; }
        return at < 0 ? 0 : _cumulative[at];
    }

    /// <inheritdoc/>
    internal override double Transform(double x, double jitter)
    {
        int at = _index.Value.UpTo(x);
        double atMost = at < 0 ? 0 : _cumulative[at];
        double below = at >= 0 && _values[at] == x ? at == 0 ? 0 : _cumulative[at - 1] : atMost;
        return below + jitter * (atMost - below);
    }

    internal override double RawMoment(int order) => Enumerable.Range(0, Count).Sum(at => Weight(at) * Math.Pow(_values[at], order));

    private protected override double CentralMoment(int order)
    {
        if (order < _central.Value.Length) { return _central.Value[order]; }
        double mean = Mean;
        return Enumerable.Range(0, Count).Sum(at => Weight(at) * Math.Pow(_values[at] - mean, order));
    }

    double[] Central()
    {
        double mean = Mean;
        double[] moments = new double[9];
        for (int at = 0; at < Count; at++)
        {
            double power = Weight(at);
            for (int order = 0; order < moments.Length; order++, power *= _values[at] - mean) { moments[order] += power; }
        }
        return moments;
    }

    internal override string Name => _name;

    internal override bool MomentsTell => double.IsFinite(_values[0]) && double.IsFinite(_values[^1]);

    internal override bool Holds(double x) => _index.Value.UpTo(x) is >= 0 and var at && _values[at] == x;

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
