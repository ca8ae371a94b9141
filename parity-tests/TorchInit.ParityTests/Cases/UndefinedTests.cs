using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Cases;

/// <summary>What live torch leaves as it found it in memory is counted, and is no mismatch; what it is not asked is neither kept nor
/// broken.</summary>
public class UndefinedTests(LiveTorch live)
{
    CaseResult Run(string expression, DType dtype = DType.Float32)
    {
        WorkerOracle oracle = live.Oracle();
        // Freed memory that is not zero, for an allocation without values to find.
        for (int size = 1; size <= 64; size *= 2)
        {
            oracle.Run(new() { CallJson = $$"""{"call":"normal_","args":[{"tuple":[{{size}}]}]}""", Seed = "7" });
        }
        return CaseRunner.Run(oracle, LiveProfile.Of(oracle.Info), new(expression, dtype, "3"));
    }

    [Theory]
    [InlineData("Conv2d(0, 4, 3)", 4)]
    [InlineData("Conv1d(0, 16, 3)", 16)]
    [InlineData("Conv2d(3, 4, 0)", 4)]
    [InlineData("ConvTranspose2d(3, 4, 0)", 4)]
    [InlineData("Sequential(Linear(3, 4), Conv2d(0, 8, 3), Linear(4, 2))", 8)]
    [InlineData("utils.weight_norm(Conv2d(0, 4, 3), name='bias')", 8)]
    [InlineData("parametrizations.spectral_norm(Conv2d(0, 4, 3), name='bias')", 4)]
    public void It_is_counted_and_not_compared(string expression, long undefined)
    {
        foreach (DType dtype in CaseTable.DTypes)
        {
            CaseResult result = Run(expression, dtype);
            Assert.True(result.Passed, result.Detail);
            // spectral_norm of 16 bits is not in every torch.
            if (result.Outcome == Outcome.RefusedAlike && dtype == DType.Float16) { continue; }
            // From 2.12 on such a bias is drawn, with bound 0.
            Assert.Equal(LiveProfile.Of(live.Oracle().Info).FillsBiasWithoutFan ? 0 : undefined, result.Undefined);
        }
    }

    [Theory]
    [InlineData("Linera(3,4)")]
    [InlineData("Sequential(MSELosss(), Linear(2, 3))")]
    [InlineData("torch.randd(3,2)")]
    [InlineData("Linear(268435457, 1)")]
    public void What_torch_is_not_asked_is_said_to_be(string expression)
    {
        CaseResult result = Run(expression);
        Assert.Equal((Outcome.NotAsked, false), (result.Outcome, result.Passed));
        Assert.StartsWith("torch was not asked: ", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Linear(3, 4); Linear(-1, 3)", Outcome.RefusedAlike)]
    [InlineData("Linear(-1, 3); Linear(3, 4)", Outcome.RefusedAlike)]
    [InlineData("Linear(3, 4); Linera(3, 4)", Outcome.NotAsked)]
    [InlineData("Linera(3, 4); Linear(3, 4)", Outcome.NotAsked)]
    public void A_sequence_that_ends_early(string expression, Outcome outcome) => Assert.Equal(outcome, Run(expression).Outcome);
}
