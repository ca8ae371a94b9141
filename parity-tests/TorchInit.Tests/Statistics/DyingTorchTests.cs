using System.Xml.Linq;
using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.Tests.Parity;

namespace TorchInit.Tests.Statistics;

/// <summary>A torch that dies costs one case of the statistics and of the scoreboard too, and the report says which.</summary>
public class DyingTorchTests
{
    static readonly AlphaBudget s_budget = new(1e-6, 10, 1e-6);

    static (TwoSampleResult[] Results, UnaskedCase[] Unasked) Beside(Func<OracleReply, int, OracleReply> change,
        params string[] expressions)
        => StatisticalRun.AskTorch(new StandInTorch(change).For(expressions), new PlanInitialiser(),
            expressions.Select(expression => new DistributionCase(expression)), s_budget, null);

    [Fact]
    public void A_death_costs_one_case()
    {
        (TwoSampleResult[] results, UnaskedCase[] unasked) = Beside((reply, at)
            => at == 5 ? throw new OracleCrashedException("gone", "\u001b[2J", 137, timedOut: false)
            : reply, "Linear(8, 4)", "Linear(8, 5)");
        Assert.Equal(("Linear(8, 4) float32", true),
            (Assert.Single(unasked).Case, unasked[0].Reason.StartsWith("gone", StringComparison.Ordinal)));
        Assert.Equal(["Linear(8, 5)", "Linear(8, 5)"], results.Select(result => result.Case.Expression));
    }

    [Theory]
    [InlineData("raises")]
    [InlineData("empty")]
    [InlineData("shape")]
    public void What_does_not_answer_the_question_is_not_put_beside(string lie)
    {
        (TwoSampleResult[] results, UnaskedCase[] unasked) = Beside((reply, _) => lie switch
        {
            "raises" => reply with { Tensors = [], Error = new("ValueError", "no") },
            "empty" => reply with { Tensors = [] },
            _ => reply with { Tensors = [reply.Tensors[0] with { Shape = [8, 4] }, reply.Tensors[1]] },
        }, "Linear(8, 4)");
        Assert.Empty(results);
        Assert.Contains("torch", Assert.Single(unasked).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_names_them_and_does_not_pass()
    {
        StatisticsReport right = Report([]), left = Report([new("Linear(8, 4)", "gone \u001b[2J | <b>")]);
        Assert.Equal((true, false), (right.Passed, left.Passed));
        Assert.Empty(left.Accusations);
        string folder = Directory.CreateTempSubdirectory("report-").FullName;
        try
        {
            new ParityReport([], null).Write(folder, left);
            XElement skipped = XDocument.Load(Path.Combine(folder, "junit.xml")).Descendants("skipped").Single();
            Assert.Equal("gone \uFFFD[2J | <b>", (string)skipped.Attribute("message")!);
            Assert.Contains("- `Linear(8, 4)`: gone \uFFFD\\[2J \\| &lt;b&gt;", File.ReadAllText(Path.Combine(folder, "statistics.md")),
                StringComparison.Ordinal);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    static StatisticsReport Report(UnaskedCase[] unasked)
        => new(TorchProfile.Default, s_budget, 0.1, 1024, [new("Linear(8, 4)", DType.Float32, 1, [], [])], [], [],
            new(100, 10, 0.01, 1, 5, 0), [], null, 1)
        { Unasked = unasked };

    [Fact]
    public void A_scoreboard_has_no_answer_there()
    {
        StandInTorch torch = new StandInTorch((_, _) => throw new OracleCrashedException("gone", "", 137, timedOut: false))
            .For([.. ScoreboardCase.All.Select(item => item.Expression)]);
        ScoreboardRow row = Scoreboard.Judge(new TorchInitialiser(torch), "asked now");
        Assert.Equal(ScoreboardCase.All.Count, row.Count(ScoreboardAnswer.Absent));
        Assert.All(row.Cells, cell => Assert.Equal("gone", Assert.Single(cell.Evidence)));
    }
}
