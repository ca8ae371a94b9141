using System.Reflection;
using Xunit.Runner.Common;
using Xunit.Sdk;
using Xunit.v3;

namespace TorchInit.MutationTests;

/// <summary>The tests of this assembly, run one after another in this process.</summary>
sealed class TestCases : IAsyncDisposable
{
    readonly List<ITestCase> _cases = [];
    readonly Dictionary<string, int> _numbers = [];
    readonly XunitTestFramework _framework = new();

    public async Task Find()
    {
        TestContext.SetForInitialization(null, false, false);
        ITestFrameworkDiscoveryOptions options = TestFrameworkOptions.ForDiscovery(new());
        options.SetPreEnumerateTheories(true);
        await _framework.GetDiscoverer(Assembly.GetExecutingAssembly())
            .Find(found => { _cases.Add(found); return new(true); }, options, null, CancellationToken.None);
        _cases.Sort((one, other) => string.CompareOrdinal(one.UniqueID, other.UniqueID));
        foreach (ITestCase one in _cases) { _numbers.Add(one.UniqueID, _numbers.Count); }
    }

    public string Name(int number) => _cases[number].TestCaseDisplayName;

    public int Count => _cases.Count;

    public ValueTask DisposeAsync() => _framework.DisposeAsync();

    /// <summary>Runs some; <paramref name="ended"/> hears each one's number, its seconds and whether it passed, and says whether to go
    /// on.</summary>
    public async Task Run(IEnumerable<int> numbers, Func<int, double, bool, bool> ended)
    {
        TestContext.SetForInitialization(null, false, false);
        ITestFrameworkExecutionOptions options = TestFrameworkOptions.ForExecution(new());
        options.SetSynchronousMessageReporting(true);
        options.SetParallelMode(ParallelMode.None);
        ITestCase[] cases = [.. numbers.Select(number => _cases[number])];
        using CancellationTokenSource stop = new();
        ITestFrameworkExecutor executor = _framework.GetExecutor(Assembly.GetExecutingAssembly());
        await executor.RunTestCases(cases, new Sink(_numbers, ended, stop), options, stop.Token);
    }

    sealed class Sink(Dictionary<string, int> numbers, Func<int, double, bool, bool> ended, CancellationTokenSource stop)
        : IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseFinished end)
            {
                bool goesOn = ended(numbers[end.TestCaseUniqueID], (double)end.ExecutionTime, end.TestsFailed == 0);
                if (!goesOn) { stop.Cancel(); }
            }
            return !stop.IsCancellationRequested;
        }
    }
}
