using System.Text.RegularExpressions;
using TorchInit.Parity;

namespace TorchInit.StatisticsTests.Runs;

/// <summary>A GPU's draws have the laws that are derived for them, in all dtypes; those of another step have not.</summary>
public partial class GpuDrawsTests
{
    [GeneratedRegex(@"^(init\.|[A-Z][A-Za-z]+[1-3]?d?\()")]
    private static partial Regex IsWeights();

    const long Size = 2048;

    [Fact]
    public void All_of_the_table_is_drawn_but_what_no_GPU_draws_in_a_known_way()
    {
        TorchProfile profile = TorchProfile.For("2.11").On("cuda") with { IsDefaultDevice = true };
        ILookup<bool, DistributionCase> cases = DistributionTable.Cases(TorchProfile.For("2.11"))
            .ToLookup(item => DistributionTable.IsDrawn(item.Expression, item.DType, profile));
        Assert.Equal(cases[true].Select(item => item.ToString()), DistributionTable.Cases(profile).Select(item => item.ToString()));
        Assert.DoesNotContain(cases[false], item => IsWeights().IsMatch(item.Expression));
        Assert.All(cases[false], item => Assert.Contains(Enumerable.Range(0, 1000), seed => IsRefused(item, profile, seed)));
        Assert.Equal(["float32", "float64"], DistributionTable.Cases(profile)
            .Where(item => item.Expression == "multinomial(tensor([1.0, 2.0, 3.0, 4.0, 5.0]), 3)").Select(item => item.DType.TorchName()));
    }

    /// <summary>At once, or at the first tie of a draw in 16 bits.</summary>
    static bool IsRefused(DistributionCase item, TorchProfile profile, int seed)
    {
        try
        {
            _ = InitPlan.Of(item.Expression, profile).Materialize(seed, item.DType);
            return false;
        }
        catch (Exception error) when (error is NotFollowedException or TorchArgumentException) { return true; }
    }

    [Theory]
    [InlineData("Linear(64, 32)")]
    [InlineData("Embedding(100, 16)")]
    [InlineData("init.trunc_normal_((64, 64), std=0.02)")]
    [InlineData("init.trunc_normal_((64, 64), mean=0.5, std=0.7, a=0.0, b=1.0)")]
    [InlineData("init.sparse_((40, 30), 0.25)")]
    [InlineData("init.uniform_((64, 64), -0.3, 0.41)")]
    public void Right_draws_are_not_accused(string expression)
    {
        foreach (string device in (string[])["cuda", "cuda:t4"])
        {
            TorchProfile profile = TorchProfile.For("2.11").On(device) with { IsDefaultDevice = true };
            DistributionCase[] cases = [.. CaseTable.DTypes.Select(dtype => new DistributionCase(expression, dtype, profile))];
            AlphaBudget budget = new(1e-6, cases.Sum(item => item.Tests), 1e-6);
            Assert.All(cases, item => Assert.Empty(Examination.Run(new PlanInitialiser(), item, Size, budget).Accusations));
        }
    }

    [Fact]
    public void A_law_of_another_step_is_accused()
    {
        TorchProfile profile = TorchProfile.For("2.11").On("cuda");
        DistributionCase item = new("init.normal_((64, 64), mean=0.0, std=0.1)", DType.Float32, profile);
        Mutant wide = Mutant.OfStep<NormalStep>("1", "wide", "a test", "a tenth wider", [item.Expression], (step, _)
            => step with { Std = 1.1 * step.Std });
        Assert.NotEmpty(Examination.Run(wide, item, 16 * Size, new(1e-6, item.Tests, 1e-6)).Accusations);
    }
}
