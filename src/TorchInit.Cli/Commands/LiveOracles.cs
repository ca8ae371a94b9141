using Spectre.Console;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>Real torch, with its best kernels and with the portable ones; on a GPU there is only one kind.</summary>
sealed class LiveOracles : IDisposable
{
    readonly List<(DigestingOracle Oracle, string Transport)> _oracles = [];

    /// <param name="python">Null searches in the usual order.</param>
    /// <param name="transport">For the best kernels. A process has one set of kernels, so the portable ones always run in a worker.</param>
    /// <param name="device">Where torch draws.</param>
    /// <exception cref="OracleUnavailableException">No Python has torch, or it does not work with this transport.</exception>
    public LiveOracles(string? python, string transport, ParityDevice device)
    {
        try
        {
            if (device.IsGpu)
            {
                _oracles.Add((new(device.StartOnGpu(python).Oracle), transport));
                return;
            }
            // Null: the CPU chooses, whatever the caller's environment says.
            (ITorchOracle best, PythonCandidate chosen) = Transports.Start(transport, python, capability: null);
            _oracles.Add((new(best), transport));
            // The same Python for both, whichever was found.
            _oracles.Add((new(Transports.Start(Transports.Worker, chosen.Path, "default").Oracle), Transports.Worker));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IEnumerable<ITorchOracle> All => _oracles.Select(item => item.Oracle);

    /// <summary>Prints how each was asked, and the hash of all its replies.</summary>
    public void Say()
    {
        foreach ((DigestingOracle oracle, string transport) in _oracles)
        {
            AnsiConsole.MarkupLineInterpolated($"asked by {transport}: {LiveProfile.Of(oracle.Info)}, replies sha256 {oracle.Sha256()}");
        }
    }

    public void Dispose() => _oracles.ForEach(item => item.Oracle.Dispose());
}
