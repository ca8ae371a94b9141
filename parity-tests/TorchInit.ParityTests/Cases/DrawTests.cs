using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Cases;

/// <summary>The table of draws against live torch: bits, state after, and what is refused.</summary>
public class DrawTests(LiveTorch live)
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string capability in new[] { LiveTorch.Best, LiveTorch.Default })
            {
                foreach (CaseGroup row in DrawTable.Groups) { rows.Add(row.Name, capability); }
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Torch_draws_the_same(string row, string capability)
    {
        TorchProfile profile = LiveProfile.Of(live.Oracle(capability).Info);
        CaseResult[] results = [.. DrawTable.Cases(DrawTable.Groups.Single(each => each.Name == row))
            .Select(item => CaseRunner.Run(live.Oracle(capability), profile, item))];
        CaseResult[] wrong = [.. results.Where(result => !result.Passed || result.Outcome == Outcome.NotAsked)];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {results.Length}:\n"
            + string.Join('\n', wrong.Take(40).Select(result => $"{result.Case}: {result.Outcome}: {result.Detail}")));
    }

    [Fact]
    public void There_are_two_thousand_cases()
        => Assert.InRange(2 * DrawTable.Groups.SelectMany(DrawTable.Cases).Distinct().Count(), 2000, 10_000);
}
