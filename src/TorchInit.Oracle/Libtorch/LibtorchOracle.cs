using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace TorchInit.Oracle;

/// <summary>The kernels of PyTorch 2.10, called in this process through the functions that libtorch exports; needs neither Python nor
/// TorchSharp.</summary>
/// <remarks>
/// It answers calls that are one draw: <c>uniform_</c>, <c>normal_</c>, <c>randperm</c>, and torch.nn.init's uniform, normal, xavier and
/// kaiming, whose arithmetic in doubles is repeated here. Everything else gets a reply with <see cref="OracleError.Refused"/>, since
/// kernels have no modules. Linux x64 only. A process that has loaded another libtorch is refused, and a process that has loaded this one
/// cannot start torch by pythonnet.
/// </remarks>
public sealed partial class LibtorchOracle : ITorchOracle
{
    static readonly Lock s_gate = new();
    static LibtorchKernels? s_kernels;
    static string? s_capability;

    /// <summary>Loads the libraries unless this process already has: 0.3 to 2 seconds, and 150 MB of memory.</summary>
    /// <param name="folder">As for <see cref="LibtorchFiles.Find"/>.</param>
    /// <param name="capability">A value of ATEN_CPU_CAPABILITY; null lets the CPU choose. A process can have one set of kernels.</param>
    /// <exception cref="OracleUnavailableException">The libraries were not found or cannot be loaded; the message says why.</exception>
    public LibtorchOracle(string? folder = null, string? capability = null)
    {
        lock (s_gate)
        {
            s_kernels ??= Load(folder, capability);
            if (s_capability != capability)
            {
                throw new OracleUnavailableException($"libtorch already runs in this process with the kernels "
                    + $"'{s_capability ?? "of the CPU's choice"}', not '{capability}'", []);
            }
            string libc = Marshal.PtrToStringUTF8(LibcVersion()) ?? "";
            Info = new(LibtorchFiles.Version, $"{LibtorchFiles.Version}+libtorch, kernels alone", "", "linux-x64", s_kernels.Capability,
                $"glibc {libc}", "mkl", Mkl: true, "MKL");
        }
    }

    /// <inheritdoc/>
    public OracleInfo Info { get; }

    /// <inheritdoc/>
    public OracleReply Run(OracleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        lock (s_gate)
        {
            try
            {
                return Answer(s_kernels!, request);
            }
            catch (NotAskedException error)
            {
                return new([], [], [], new(OracleError.Refused, error.Message));
            }
        }
    }

    /// <summary>Does nothing: the libraries stay loaded.</summary>
    public void Dispose() { }

    static OracleReply Answer(LibtorchKernels kernels, OracleRequest request)
    {
        LibtorchCall call = LibtorchCall.Read(request.CallJson);
        if (request.Reset > 0) { throw new NotAskedException("kernels have no reset_parameters()"); }
        LibtorchTensor? target = call.Name == "randperm" ? null : call.Tensor(request.DType);
        (double first, double second) = target is null ? default : call.Numbers(target);
        Start(kernels, request);
        byte[] data = (target is null ? kernels.Permutation(call.Length()) : kernels.Fill(call.Operation, target, first, second))
            ?? throw new NotAskedException("libtorch refused, but C gives no reason");
        OracleTensor answer = target is null ? new("", "int64", [data.Length / sizeof(long)], data)
            : new("", target.DType, target.Sizes, data);
        return new([answer], kernels.GetState(), []);
    }

    static void Start(LibtorchKernels kernels, OracleRequest request)
    {
        if (request.State is { } state)
        {
            if (!LibtorchKernels.IsState(state)) { throw new NotAskedException("the state is not one that torch accepts"); }
            kernels.SetState(state);
            return;
        }
        BigInteger seed = BigInteger.Parse(request.Seed!, CultureInfo.InvariantCulture);
        if (seed < long.MinValue || seed > ulong.MaxValue) { throw new NotAskedException("torch would refuse the seed"); }
        kernels.Seed((ulong)(seed & ulong.MaxValue));
    }

    static LibtorchKernels Load(string? folder, string? capability)
    {
        static OracleUnavailableException Unavailable(string why) => new($"libtorch cannot run in this process: {why}", []);
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw Unavailable($"{LibtorchFiles.Package} is for Linux x64, not {RuntimeInformation.RuntimeIdentifier}");
        }
        if (LoadedLibtorch.Refusal() is { } refusal) { throw Unavailable(refusal); }
        string found = LibtorchFiles.Find(folder);
        try
        {
            LibtorchKernels kernels = LibtorchKernels.Load(found, capability);
            s_capability = capability;
            return kernels;
        }
        catch (Exception error) when (error is NotSupportedException or DllNotFoundException or BadImageFormatException)
        {
            throw Unavailable($"{found}: {error.Message}");
        }
    }

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint LibcVersion();
}
