using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

public class ClaimsTests
{
    [Fact]
    public void Claims_come_out_as_the_code_says_with_few_values_too()
    {
        IReadOnlyList<ClaimResult> claims = Claims.Run(new PlanInitialiser(), TorchProfile.Default, new(1e-6, Claims.Tests, 1e-6), 1024);
        Assert.Equal(8 * 15, Claims.Tests);
        Assert.Equal(
        [
            "Linear(64, 32) weight U(-0.125, 0.125) True", "Linear(64, 32) weight N(0, 0.07217²) False",
                "Embedding(100, 16) weight N(0, 1²) True", "Embedding(100, 16) weight U(-1, 1) False",
            "Conv2d(8, 16, 3) weight U(-0.1179, 0.1179) True", "LSTM(16, 25) weight_ih_l0 U(-0.2, 0.2) True",
                "GRU(16, 25) weight_hh_l0 U(-0.2, 0.2) True", "RNN(16, 25) weight_ih_l0 U(-0.25, 0.25) False",
        ], claims.Select(claim => $"{claim.Expression} {claim.Tensor} {claim.Law} {claim.Expected}"));
        Assert.All(claims, claim => Assert.Equal(claim.Expected, claim.Accepted));
        Assert.All(claims, claim => Assert.NotEmpty(claim.Source));
        Assert.All(claims, claim => Assert.Equal(("Kolmogorov–Smirnov", 1024L), (claim.Evidence.Detector, claim.Evidence.Count)));
    }
}
