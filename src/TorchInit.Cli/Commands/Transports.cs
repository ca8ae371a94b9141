using System.CommandLine;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;

namespace TorchInit.Cli;

/// <summary>How real torch is called: in a process of its own, or in this one.</summary>
static class Transports
{
    public const string Worker = "worker", PythonNet = "pythonnet";

    public static Option<string> Option()
    {
        Option<string> transport = new("--transport")
        {
            Description = "How torch is called: worker (in its own process) or pythonnet (in this process).",
            DefaultValueFactory = _ => Worker,
        };
        transport.AcceptOnlyFromAmong(Worker, PythonNet);
        return transport;
    }

    /// <summary>Starts torch.</summary>
    /// <param name="transport">worker or pythonnet.</param>
    /// <param name="python">Null searches in the usual order.</param>
    /// <param name="capability">A value of ATEN_CPU_CAPABILITY; null lets the CPU choose, whatever the caller's environment says.</param>
    /// <returns>The oracle, and the Python that answers.</returns>
    public static (ITorchOracle Oracle, PythonCandidate Python) Start(string transport, string? python, string? capability)
    {
        Dictionary<string, string?> variables = new() { ["ATEN_CPU_CAPABILITY"] = capability };
        if (transport == PythonNet)
        {
            PythonNetOracle here = new(new() { Python = python, Environment = variables });
            return (here, here.Host.Python);
        }
        WorkerOracle worker = new(new() { Python = python, Environment = variables });
        return (worker, worker.Python);
    }
}
