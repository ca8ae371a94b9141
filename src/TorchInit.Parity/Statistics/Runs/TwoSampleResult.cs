namespace TorchInit.Parity;

/// <summary>TorchInit beside real torch on seeds that are not the same: the distributions must agree where the draws do not.</summary>
/// <param name="Case">What was drawn.</param>
/// <param name="Tensor">Which tensor.</param>
/// <param name="Seeds">How many seeds each side had.</param>
/// <param name="Count">Values a seed on each side.</param>
/// <param name="Probabilities">One p-value a seed pair, ascending: uniform when the laws agree.</param>
/// <param name="Distance">sup |Fₙ − uniform| of the p-values.</param>
/// <param name="Threshold">What agreement passes with probability alpha at most.</param>
/// <param name="PooledDistance">sup |F − G| of all values together.</param>
/// <param name="PooledThreshold">Its threshold.</param>
/// <param name="SmallestDifference">sup-distance of laws that the pooled comparison misses with probability beta at most.</param>
public sealed record TwoSampleResult(DistributionCase Case, string Tensor, int Seeds, int Count, IReadOnlyList<double> Probabilities,
    double Distance, double Threshold, double PooledDistance, double PooledThreshold, double SmallestDifference)
{
    /// <summary>Whether one of the two comparisons accuses.</summary>
    public bool Accused => Distance > Threshold || PooledDistance > PooledThreshold;
}
