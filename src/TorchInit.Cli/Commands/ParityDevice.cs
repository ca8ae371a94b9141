using System.CommandLine;
using TorchInit.Oracle;
using TorchInit.Parity;

namespace TorchInit.Cli;

/// <summary>The --device of a comparison: where torch draws, and whose distributions are tested when no torch is asked.</summary>
/// <param name="Name">cpu, cuda for any GPU, or one GPU by name or size.</param>
sealed record ParityDevice(string Name)
{
    public const string Cpu = "cpu";

    /// <param name="more">What else the device decides.</param>
    public static Option<string> Option(string more) => new("--device")
    {
        Description = "Where torch draws: cpu; cuda for the machine's first GPU; or a GPU that it must be, such as cuda:h100 or "
            + $"cuda:132x2048.{more}",
        DefaultValueFactory = _ => Cpu,
    };

    /// <summary>Parses the option's value.</summary>
    /// <exception cref="ArgumentException">It is not a device, or <paramref name="transport"/> cannot use a GPU.</exception>
    public static ParityDevice Parse(string name, string transport)
    {
        ParityDevice device = new(name);
        _ = device.Profile;
        if (device.IsGpu && transport != Transports.Worker)
        {
            throw new ArgumentException($"--transport is {transport}, and --device is {name}; allowed with a GPU: worker.");
        }
        return device;
    }

    public bool IsGpu => Name != Cpu;

    /// <summary>The torch whose draws are tested when none is asked; on a GPU, the version that was measured.</summary>
    public TorchProfile Profile => IsGpu ? TorchProfile.For(TorchProfile.MeasuredOnCuda).On(Name) with { IsDefaultDevice = true }
        : TorchProfile.Default;

    /// <summary>Starts a worker that draws on the GPU.</summary>
    /// <exception cref="OracleUnavailableException">No Python's torch has a GPU, its GPU is another, or its version is not
    /// supported.</exception>
    public (ITorchOracle Oracle, PythonCandidate Python) StartOnGpu(string? python)
    {
        WorkerOracle worker = new(new() { Python = python, OnGpu = true });
        try
        {
            TorchProfile there = LiveProfile.Of(worker.Info);
            if (Profile.Gpu!.IsAny || there.Device == Profile.Device) { return (worker, worker.Python); }
            throw new OracleUnavailableException($"The GPU of {worker.Python.Path} is {worker.Info.Gpu!.Name}, {there.Device}; --device "
                + $"asks for {Profile.Device}. --device cuda accepts any GPU.", [worker.Python]);
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
