using TorchInit.Oracle;

namespace TorchInit.Cli;

/// <summary>Real torch with its best kernels and with the portable ones, each in a process of its own.</summary>
sealed class LiveOracles : IDisposable
{
    readonly List<WorkerOracle> _oracles = [];

    /// <exception cref="OracleUnavailableException">No Python has torch.</exception>
    public LiveOracles(string? python)
    {
        // Null: the CPU chooses, whatever the caller's environment says.
        Best = Start(python, capability: null);
        // The same Python for both, whichever was found.
        Portable = Start(Best.Python.Path, "default");
    }

    public WorkerOracle Best { get; }

    public WorkerOracle Portable { get; }

    public IEnumerable<WorkerOracle> All => _oracles;

    public void Dispose() => _oracles.ForEach(oracle => oracle.Dispose());

    WorkerOracle Start(string? python, string? capability)
    {
        try
        {
            WorkerOracle oracle = new(new() { Python = python, Environment = new Dictionary<string, string?> { ["ATEN_CPU_CAPABILITY"] = capability } });
            _oracles.Add(oracle);
            return oracle;
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
