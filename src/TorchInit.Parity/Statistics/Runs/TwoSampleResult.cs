namespace TorchInit.Parity;

/// <summary>TorchInit compared with real torch on different seeds: the distributions must agree although the draws do not.</summary>
/// <param name="Case">What was drawn.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="Seeds">How many seeds each side had.</param>
/// <param name="Count">Values per seed on each side.</param>
/// <param name="Probabilities">One p-value per seed pair, ascending: uniform if the laws agree.</param>
/// <param name="Distance">sup |Fₙ − uniform| of the p-values.</param>
/// <param name="Threshold">If the laws agree, the distance exceeds it with probability alpha at most.</param>
/// <param name="PooledDistance">sup |F − G| of all values together.</param>
/// <param name="PooledThreshold">Its threshold.</param>
/// <param name="SmallestDifference">The sup-distance between laws that the pooled comparison misses with probability beta at most.</param>
public sealed record TwoSampleResult(DistributionCase Case, string Tensor, int Seeds, int Count, IReadOnlyList<double> Probabilities,
    double Distance, double Threshold, double PooledDistance, double PooledThreshold, double SmallestDifference)
{
    /// <summary>Whether one of the two comparisons accuses.</summary>
    public bool Accused => Distance > Threshold || PooledDistance > PooledThreshold;
}
