using System.Globalization;

namespace TorchInit.Cli;

/// <summary>Times of one thing in one way, in seconds.</summary>
sealed class TransportTimes(IEnumerable<double> seconds)
{
    readonly double[] _sorted = [.. seconds.Order()];

    public double Median => _sorted[_sorted.Length / 2];

    public double Least => _sorted[0];

    /// <summary>For example <c>9.8 µs (9.1)</c>: the median, and the least, which a busy machine changes little.</summary>
    public override string ToString()
    {
        (double factor, string unit) = Median < 1e-3 ? (1e6, "µs") : Median < 1 ? (1e3, "ms") : (1, "s");
        return $"{Text(Median * factor)} {unit} ({Text(Least * factor)})";
    }

    static string Text(double value) => value.ToString(value < 0.1 ? "F3" : value < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
