using System.CommandLine;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>--device of a comparison: where torch draws, and which GPU's draws are tested without one.</summary>
/// <param name="Name">cpu, cuda for whatever GPU is there, or a GPU.</param>
sealed record ParityDevice(string Name)
{
    public const string Cpu = "cpu";

    public static Option<string> Option() => new("--device")
    {
        Description = "Where torch draws: cpu, cuda for the first GPU of the machine, or a GPU that it must be, as cuda:h100 or "
            + "cuda:132x2048. Distributions are tested of the same device's draws, with and without a torch that has it.",
        DefaultValueFactory = _ => Cpu,
    };

    /// <summary>The device of an option's value.</summary>
    /// <exception cref="ArgumentException">It is none, or <paramref name="transport"/> cannot ask a GPU.</exception>
    public static ParityDevice Parse(string name, string transport)
    {
        ParityDevice device = new(name);
        _ = device.Profile;
        if (device.IsGpu && transport != Transports.Worker)
        {
            throw new ArgumentException($"--transport {transport} with --device {name}: a GPU is asked by a worker; leave it out.");
        }
        return device;
    }

    public bool IsGpu => Name != Cpu;

    /// <summary>The torch whose draws are tested where none is asked: on a GPU the version that was measured.</summary>
    public TorchProfile Profile => IsGpu ? TorchProfile.For(TorchProfile.MeasuredOnCuda).On(Name) with { IsDefaultDevice = true }
        : TorchProfile.Default;

    /// <summary>Starts a worker that draws on the GPU.</summary>
    /// <exception cref="OracleUnavailableException">No torch has one, or it is another than this, or of a version that is not
    /// followed.</exception>
    public (ITorchOracle Oracle, PythonCandidate Python) StartOnGpu(string? python)
    {
        WorkerOracle worker = new(new() { Python = python, OnGpu = true });
        try
        {
            TorchProfile there = LiveProfile.Of(worker.Info);
            if (Profile.Gpu!.IsAny || there.Device == Profile.Device) { return (worker, worker.Python); }
            throw new OracleUnavailableException($"The GPU of {worker.Python.Path} is {worker.Info.Gpu!.Name}, {there.Device}; --device "
                + $"asks for {Profile.Device}. --device cuda takes what is there.", [worker.Python]);
        }
        catch (Exception error)
        {
            worker.Dispose();
            if (error is not ArgumentException unknown) { throw; }
            throw new OracleUnavailableException($"{worker.Python.Path} has torch {worker.Info.Release}: {unknown.Message}",
                [worker.Python]);
        }
    }
}
