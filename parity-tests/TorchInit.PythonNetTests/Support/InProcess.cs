using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;
using TorchInit.Parity;

namespace TorchInit.PythonNetTests.Support;

/// <summary>The torch of this process, for all tests that need no process of their own.</summary>
/// <remarks>Where it cannot run, a test that asks is skipped with the reason; with TORCHINIT_REQUIRE_LIVE=1 it fails.</remarks>
static class InProcess
{
    // The best kernels are the CPU's to choose.
    static readonly Dictionary<string, string?> s_variables = new() { ["ATEN_CPU_CAPABILITY"] = null };
    static readonly Lazy<LiveTorch> s_torch = new(() => LiveTorch.Start(new() { Environment = s_variables }));
    static readonly Lazy<string?> s_missing = new(Missing);

    public static LiveTorch Torch
    {
        get
        {
            Require();
            return s_torch.Value;
        }
    }

    /// <summary>A worker with the same Python and the same kernels.</summary>
    public static WorkerOracle Worker() => new(new() { Python = Torch.Host.Python.Path, Environment = s_variables });

    /// <summary>What C# follows to get its bits.</summary>
    public static TorchProfile Profile => LiveProfile.Of(Torch.Info);

    /// <summary>Skips the test where no torch can run in a process.</summary>
    public static void Require()
    {
        if (s_missing.Value is { } why && Environment.GetEnvironmentVariable("TORCHINIT_REQUIRE_LIVE") != "1") { Assert.Skip(why); }
    }

    // Asked without starting one: the tests of other processes need none here.
    static string? Missing()
    {
        try
        {
            return PythonLocator.FindLibrary(PythonLocator.Locate()).Refusal is { } refusal ? $"No libpython: {refusal}" : null;
        }
        catch (OracleUnavailableException error)
        {
            return error.Message;
        }
    }
}
