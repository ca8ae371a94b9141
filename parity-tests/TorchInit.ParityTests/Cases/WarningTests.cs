using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Cases;

/// <summary>Where live torch warns and goes on, C# warns with the same class and text.</summary>
public class WarningTests(LiveTorch live)
{
    [Theory]
    [InlineData("init.kaiming_uniform_((0, 3))", 1)]
    [InlineData("init.kaiming_normal_((3, 0))", 1)]
    [InlineData("init.kaiming_uniform_((0,), mode='fan_avg')", 1)]
    [InlineData("init.trunc_normal_((3, 5), mean=5)", 1)]
    [InlineData("init.trunc_normal_((3, 5), mean=4)", 0)]
    [InlineData("init.trunc_normal_((3, 5), mean=-4.5, std=0.5)", 1)]
    [InlineData("init.xavier_uniform((3, 5))", 1)]
    [InlineData("init.orthogonal((3, 5))", 1)]
    [InlineData("RNN(3, 4, dropout=0.5)", 1)]
    [InlineData("LSTM(3, 4, 2, dropout=0.5)", 0)]
    [InlineData("Linear(0, 3)", 1)]
    [InlineData("LazyLinear(0)(2, 3)", 1)]
    [InlineData("LazyConv1d(4, 3)(2, 0, 5)", 0)]
    [InlineData("utils.weight_norm(Linear(3, 4))", 0)]
    public void Torch_warns_alike(string expression, int count)
    {
        OracleReply reply = new ParityCase(expression).Ask(live.Oracle()).Reply;
        (string, string)[] theirs = [.. reply.Warnings.Select(warning => (warning.Category, warning.Message.Split('\n')[0].Trim()))];
        List<(string, string)> ours = [];
        int thread = Environment.CurrentManagedThreadId;       // the event is the process's; other tests draw on other threads
        void Hear(TorchWarning warning)
        {
            if (Environment.CurrentManagedThreadId == thread) { ours.Add((warning.Category, warning.Message)); }
        }
        TorchWarning.Raised += Hear;
        try { InitPlan.Of(expression, LiveProfile.Of(live.Oracle().Info)).Materialize(0); }
        finally { TorchWarning.Raised -= Hear; }
        // What only some versions say is not counted: of lazy modules before 2.4, of weight_norm since 2.1.
        Assert.Equal(count,
            theirs.Count(warning => !warning.Item2.Contains("Lazy", StringComparison.Ordinal)
            && !warning.Item2.Contains("weight_norm", StringComparison.Ordinal)));
        Assert.Equal(theirs, ours);
    }
}
