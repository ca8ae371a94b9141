using System.Globalization;

namespace TorchInit.Parity;

/// <summary>One detector's result for one sample.</summary>
/// <param name="Detector">The detector's name.</param>
/// <param name="Count">Values tested.</param>
/// <param name="Statistic">The value of the statistic.</param>
/// <param name="Threshold">A right sample exceeds it with probability alpha at most.</param>
/// <param name="Probability">How often a right sample gives this or worse; an upper bound if no exact law is known.</param>
/// <param name="SmallestDifference">The smallest difference detected with probability 1 − beta; NaN if none is stated.</param>
/// <param name="Unit">The measure of the difference.</param>
/// <param name="Accused">Whether the sample is accused.</param>
public sealed record Finding(string Detector, long Count, double Statistic, double Threshold, double Probability,
    double SmallestDifference, string Unit, bool Accused)
{
    /// <summary>The probability in two digits, or that it is too small for a double.</summary>
    public string ProbabilityText => Probability == 0 ? "< 1e-300" : Probability.ToString("G2", CultureInfo.InvariantCulture);

    /// <summary>One line of evidence. A correlation is computed with the law's mean and variance, so that of equal values may be a little
    /// above 1; it is shown as 1.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture,
        $"{Detector}: {(Unit == "correlation" ? Math.Min(Statistic, 1) : Statistic):G4} (threshold {Threshold:G4}, "
            + $"p {(Probability == 0 ? "" : "≤ ")}{ProbabilityText}, n = {Count:N0})");
}
