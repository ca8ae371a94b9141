namespace TorchInit.Parity;

/// <summary>What articles say about the four families, and what torch's code says.</summary>
static class Claims
{
    static (string Expression, string Tensor, Law Law, string Source, bool Expected)[] All =>
    [
        ("Linear(64, 32)", "weight", new UniformLaw(-1.0 / 8, 1.0 / 8, 24), "U(±1/√fan_in): torch's code", true),
        ("Linear(64, 32)", "weight", new NormalLaw(0, 1.0 / 8 / Math.Sqrt(3), 24, 24), "the same standard deviation, normal", false),
        ("Embedding(100, 16)", "weight", new NormalLaw(0, 1, 24, 24), "N(0, 1): torch's code", true),
        ("Embedding(100, 16)", "weight", new UniformLaw(-1, 1, 24), "U(−1, 1): articles on PyTorch's defaults", false),
        ("Conv2d(8, 16, 3)", "weight", new UniformLaw(-1 / Math.Sqrt(72), 1 / Math.Sqrt(72), 24), "U(±1/√fan_in): torch's code", true),
        ("LSTM(16, 25)", "weight_ih_l0", new UniformLaw(-0.2, 0.2, 24), "U(±1/√hidden): torch's code", true),
        ("GRU(16, 25)", "weight_hh_l0", new UniformLaw(-0.2, 0.2, 24), "U(±1/√hidden): torch's code", true),
        ("RNN(16, 25)", "weight_ih_l0", new UniformLaw(-1.0 / 4, 1.0 / 4, 24), "U(±1/√input), as Linear", false),
    ];

    public static int Tests => All.Length * Detector.All.Count;

    public static IReadOnlyList<ClaimResult> Run(Initialiser initialiser, TorchProfile profile, AlphaBudget budget, long size)
        => [.. All.Select(claim =>
    {
        DistributionCase item = new(claim.Expression, DType.Float32, profile);
        LawRegion region = item.Regions.First(region => region.Tensor == claim.Tensor) with { Law = claim.Law };
        Sample sample = Pool.Sample(region,
            Pool.Draw(initialiser, item.Expression, item.Plan, item.DType, 0, Pool.Draws([region], item.Plan, size)), size)!;
        Finding[] findings = [.. Detector.All.Select(detector => detector.Examine(sample, budget.Alpha, budget.Beta)).OfType<Finding>()];
        Finding shown = findings.First(finding => finding.Detector == "Kolmogorov–Smirnov");
        return new ClaimResult(claim.Expression, claim.Tensor, claim.Law.ToString(), claim.Source, claim.Expected,
            !findings.Any(finding => finding.Accused), shown);
    })];
}
