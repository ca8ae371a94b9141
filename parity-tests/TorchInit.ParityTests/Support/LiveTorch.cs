using System.Collections.Concurrent;
using TorchInit.Oracle;

[assembly: AssemblyFixture(typeof(TorchInit.ParityTests.Support.LiveTorch))]

namespace TorchInit.ParityTests.Support;

/// <summary>Real torch for all live tests: one worker per CPU capability, started when first asked and stopped after the last
/// test.</summary>
/// <remarks>Where no Python has torch, a test that asks is skipped with the reason; with TORCHINIT_REQUIRE_LIVE=1 it fails.</remarks>
public sealed class LiveTorch : IDisposable
{
    /// <summary>The best kernels that the CPU has.</summary>
    public const string Best = "";

    /// <summary>The plain kernels, which do not fuse.</summary>
    public const string Default = "default";

    readonly ConcurrentDictionary<string, Lazy<WorkerOracle>> _workers = new(StringComparer.Ordinal);

    /// <summary>The worker of a capability.</summary>
    /// <param name="capability"><see cref="Best"/>, or a value of ATEN_CPU_CAPABILITY: <c>default</c>, <c>avx2</c>, <c>avx512</c>.</param>
    public WorkerOracle Oracle(string capability = Best)
    {
        try
        {
            return _workers.GetOrAdd(capability, name => new(() => new WorkerOracle(Options(name)))).Value;
        }
        catch (OracleUnavailableException error)
        {
            SkipUnlessRequired(error);
            throw;
        }
    }

    /// <summary>A worker of the test's own, which the test disposes: to be killed, or with other options.</summary>
    public static WorkerOracle StartOwn(WorkerOptions options)
    {
        try
        {
            return new WorkerOracle(options);
        }
        catch (OracleUnavailableException error)
        {
            SkipUnlessRequired(error);
            throw;
        }
    }

    public void Dispose()
    {
        foreach (Lazy<WorkerOracle> worker in _workers.Values.Where(worker => worker.IsValueCreated)) { worker.Value.Dispose(); }
    }

    // Null removes the caller's own setting: the best kernels are the CPU's to choose.
    static WorkerOptions Options(string capability)
        => new() { Environment = new Dictionary<string, string?> { ["ATEN_CPU_CAPABILITY"] = capability.Length == 0 ? null : capability } };

    static void SkipUnlessRequired(OracleUnavailableException error)
    {
        if (Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") != "1") { Assert.Skip(error.Message); }
    }
}
