using System.Collections.Concurrent;

namespace TorchInit.Tests;

public sealed class RunWatchTests
{
    // Larger than a piece, with an end that no piece begins at; behind it what is not cut: a normal of 15 elements, a constant.
    static readonly string[] s_models =
    [
        "nn.init.normal_(torch.empty(2897, 6007))",
        "nn.init.uniform_(torch.empty(17_000_003))",
        "Sequential(Linear(5, 3), Embedding(6000, 2897, padding_idx=1), LayerNorm(4))",
    ];

    public static TheoryData<string> Models => [.. s_models];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_watched_run_has_the_bits_of_one_that_nobody_watches(string model)
    {
        InitPlan plan = InitPlan.Of(model);
        Generator alone = new(11, plan.Profile), watched = new(11, plan.Profile);
        StateDict expected = plan.Materialize(alone, maxDegreeOfParallelism: 1);
        foreach (int threads in (int[])[1, 3])
        {
            watched.ManualSeed(11);
            Reports reports = new();
            StateDict state = plan.Materialize(watched, maxDegreeOfParallelism: threads, progress: reports,
                cancellation: TestContext.Current.CancellationToken);
            foreach (string name in expected.Keys) { AssertBits.Equal(expected[name].AsSpan<float>(), state[name].AsSpan<float>()); }
            Assert.Equal(alone.GetState(), watched.GetState());

            Assert.True(reports.All.Count > 2, $"{reports.All.Count} reports");
            long total = Assert.Single(reports.All.Select(report => report.Total).Distinct());
            Assert.Equal(total, reports.All.Max(report => report.Done));
            Assert.Equal(reports.All.Count, reports.All.Select(report => report.Done).Distinct().Count());
        }
    }

    [Fact]
    public void A_large_draw_is_called_off_on_the_way()
    {
        InitPlan plan = InitPlan.Of("nn.init.uniform_(torch.empty(40_000_000))");
        using CancellationTokenSource source = new();
        Reports reports = new() { OnReport = source.Cancel };
        Assert.Throws<OperationCanceledException>(() => plan.Materialize(new Generator(3, plan.Profile), maxDegreeOfParallelism: 1,
            progress: reports, cancellation: source.Token));
        (long done, long total) = Assert.Single(reports.All);
        Assert.InRange(done, 1, total - 1);
    }

    sealed class Reports : IProgress<(long Done, long Total)>
    {
        public ConcurrentBag<(long Done, long Total)> All { get; } = [];

        public Action? OnReport { get; init; }

        public void Report((long Done, long Total) value)
        {
            All.Add(value);
            OnReport?.Invoke();
        }
    }
}
