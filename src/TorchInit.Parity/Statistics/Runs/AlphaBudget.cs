namespace TorchInit.Parity;

/// <summary>The allowed probability of any false alarm, shared by all tests of a run (Bonferroni): the sum over tests is the budget,
/// however the tests depend on each other.</summary>
/// <param name="Total">The allowed probability for the whole run, for example 1e-6.</param>
/// <param name="Tests">How many tests share it, 1 or more.</param>
/// <param name="Beta">Allowed probability that one test misses its smallest difference.</param>
public readonly record struct AlphaBudget(double Total, long Tests, double Beta)
{
    /// <summary>The allowed probability for each test.</summary>
    public double Alpha => Total / Math.Max(1, Tests);
}
