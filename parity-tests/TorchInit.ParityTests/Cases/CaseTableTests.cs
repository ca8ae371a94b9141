using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Cases;

/// <summary>The case table against live torch: every class and function, every dtype, with the best kernels and the portable
/// ones.</summary>
public class CaseTableTests(LiveTorch live)
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string capability in new[] { LiveTorch.Best, LiveTorch.Default })
            {
                // The large ones are for `torchinit parity`; bits are proved by the others as well.
                foreach (CaseGroup row in CaseTable.Groups.Where(row => row.Name != "Large")) { rows.Add(row.Name, capability); }
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Every_promise_is_kept(string row, string capability)
    {
        ParitySection section = ParitySection.Live(live.Oracle(capability), [CaseTable.Groups.Single(each => each.Name == row)]);
        Assert.True(section.Failures.Count == 0,
            $"{section.Failures.Count} of "
                + $"{section.Total.Cases}:\n{string.Join('\n', section.Failures.Take(20).Select(failure => $"{failure.Case}: {failure.Detail}"))}");
        Assert.Equal(0, section.Total.DifferingExact);
        Assert.True(section.Total.Elements > 1000, "Next to nothing was compared.");
    }

    [Fact]
    public void The_table_compares_a_hundred_million_elements()
    {
        TorchProfile profile = LiveProfile.Of(live.Oracle().Info);
        long elements = CaseTable.Groups.SelectMany(CaseTable.Cases).Sum(item =>
        {
            try { return item.Calls.Sum(call => InitPlan.Of(call, profile).StateTensors.Sum(tensor => tensor.Count)); }
            catch (NotInThisTorchException) { return 0; }
        });
        Assert.InRange(2 * elements, 100_000_000, long.MaxValue);
    }

    [Fact]
    public void The_table_has_every_name()
    {
        string[] words = [.. CaseTable.Groups.SelectMany(row => row.Expressions)
            .SelectMany(expression => expression.Split('(', ' ', ',', '[')).Distinct()];
        // init.xavier_uniform stands for the other deprecated names, which only warn.
        string[] deprecated = ["init.constant", "init.dirac", "init.eye", "init.kaiming_normal", "init.kaiming_uniform", "init.normal",
            "init.orthogonal", "init.sparse", "init.uniform", "init.xavier_normal"];
        // Classes without weights are asked below.
        IEnumerable<string> asked = ClassCalls.All.Select(call => call.Split('(')[0]);
        Assert.Empty(CallTable.Names.Except(words).Except(deprecated).Except(asked));
    }

    [Fact]
    public void Every_class_comes_out_alike()
    {
        WorkerOracle oracle = live.Oracle();
        TorchProfile profile = LiveProfile.Of(oracle.Info);
        Assert.All(ClassCalls.All, call =>
        {
            CaseResult result = CaseRunner.Run(oracle, profile, new(call, DType.Float32, "3"));
            Assert.True(result.Passed, $"{call}: {result.Outcome}: {result.Detail}");
        });
    }
}
