using TorchInit.Parity;

namespace TorchInit.Tests.Statistics;

/// <summary>Every statistic and tail against SciPy 1.10's recorded answers; the live tests ask SciPy again.</summary>
public class SciPyAnswersTests
{
    [Fact]
    public void Statistics_agree_with_recorded_answers()
    {
        IReadOnlyList<SciPyAgreement> rows = SciPyAgreement.Recorded();
        Assert.Equal(17, rows.Count);
        Assert.True(rows.Sum(row => row.Points) > 200);
        Assert.All(rows, row => Assert.True(row.Agrees, row.ToString()));
    }
}
