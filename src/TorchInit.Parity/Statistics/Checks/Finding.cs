using System.Globalization;

namespace TorchInit.Parity;

/// <summary>What one detector says of one sample.</summary>
/// <param name="Detector">Its name.</param>
/// <param name="Count">Values looked at.</param>
/// <param name="Statistic">What was measured.</param>
/// <param name="Threshold">What a right sample passes with probability alpha at most.</param>
/// <param name="Probability">How often a right sample gives this or worse; an upper bound where no exact law is known.</param>
/// <param name="SmallestDifference">What would be accused with probability 1 − beta; NaN where none is stated.</param>
/// <param name="Unit">In which the difference is measured.</param>
/// <param name="Accused">Whether the sample is accused.</param>
public sealed record Finding(string Detector, long Count, double Statistic, double Threshold, double Probability,
    double SmallestDifference, string Unit, bool Accused)
{
    /// <summary>The probability in two digits; what is too small for a double is said to be.</summary>
    public string ProbabilityText => Probability == 0 ? "< 1e-300" : Probability.ToString("G2", CultureInfo.InvariantCulture);

    /// <summary>One line of evidence.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture,
        $"{Detector}: {Statistic:G4} (threshold {Threshold:G4}, p {(Probability == 0 ? "" : "≤ ")}{ProbabilityText}, n = {Count:N0})");
}
