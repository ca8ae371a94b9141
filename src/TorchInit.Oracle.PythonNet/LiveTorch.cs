using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>Real torch, alive in this process: its modules, its tensors' memory and its generator, for C# programs and notebooks.</summary>
/// <remarks>
/// torch runs on one thread and imports what torch_oracle.py imports, so that its bits are those of a <see cref="WorkerOracle"/>. Every
/// call takes the lock of <see cref="PythonHost.Run{T}"/>; calls that belong together, as a seed and the draw after it, are put into one
/// <see cref="Run{T}"/>.
/// </remarks>
public sealed partial class LiveTorch
{
    LiveTorch(PythonHost host) => (Host, Info) = (host, host.Torch());

    /// <summary>The Python that runs torch.</summary>
    public PythonHost Host { get; }

    /// <summary>Which torch it is, and what else decides its bits.</summary>
    public OracleInfo Info { get; }

    /// <summary>Starts Python and imports torch, where this process has not done so.</summary>
    /// <param name="options">Null for the defaults, or for whatever runs.</param>
    /// <exception cref="OracleUnavailableException">Torch cannot run in this process; the message says why and what helps.</exception>
    /// <exception cref="InvalidOperationException">Another Python, or other variables, were asked for before; or Python was shut
    /// down.</exception>
    public static LiveTorch Start(PythonNetOptions? options = null) => new(PythonHost.Start(options));

    /// <inheritdoc cref="PythonHost.Run{T}"/>
    public T Run<T>(Func<T> action) => Host.Run(action);

    /// <inheritdoc cref="PythonHost.Run{T}"/>
    public void Run(Action action) => Host.Run(action);

    /// <summary><c>torch.manual_seed(seed)</c>.</summary>
    /// <param name="seed">Negative seeds are two's complement.</param>
    public void ManualSeed(long seed) => ManualSeed(unchecked((ulong)seed));

    /// <summary><c>torch.manual_seed(seed)</c>.</summary>
    /// <param name="seed">Any 64-bit value; its low 32 bits make the stream.</param>
    public void ManualSeed(ulong seed) => Run(() => Host.Call("seed", new PyString($"{seed}")).Dispose());

    /// <summary>The 5056 bytes of <c>torch.get_rng_state()</c>.</summary>
    public byte[] GetState() => Run(() =>
    {
        using LiveTensor state = new(this, "", Host.Call("get_state"));
        return state.ToArray<byte>();
    });

    /// <summary><c>torch.set_rng_state(state)</c>.</summary>
    /// <param name="state">5056 bytes, or the 5048 of torch's legacy form.</param>
    /// <exception cref="PythonRaisedException">Torch refuses it; its generator stays as it was.</exception>
    public void SetState(ReadOnlySpan<byte> state)
    {
        byte[] copy = state.ToArray();
        Run(() => SetStateHere(copy));
    }

    /// <summary>Torch goes on where a generator of C# stands, its seed and a cached normal included.</summary>
    /// <param name="generator">Stays as it is.</param>
    public void SetState(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        SetState(generator.GetState());
    }

    /// <summary>A generator of C# goes on where torch stands, its seed and a cached normal included.</summary>
    /// <param name="generator">Takes torch's state; its profile stays.</param>
    public void CopyStateTo(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        generator.SetState(GetState());
    }

    /// <summary>Constructs a module of torch.nn, drawing from torch's generator where it stands.</summary>
    /// <param name="expression">In torch's own spelling, for example <c>Linear(784, 128)</c>; read as <see cref="TorchExpression"/> reads
    /// it, never evaluated.</param>
    /// <param name="dtype">torch's default dtype while it is constructed.</param>
    /// <exception cref="TorchExpressionException">The text is no such expression.</exception>
    /// <exception cref="PythonRaisedException">Torch refuses it, or it is outside of what may be asked
    /// (<see cref="OracleError.Refused"/>).</exception>
    /// <exception cref="ArgumentException">It makes no module.</exception>
    public LiveModule Module(string expression, DType dtype = DType.Float32)
    {
        PyObject made = Construct(expression, dtype);
        return Run(() => Is("is_module", made)) ? new(this, expression, made) : throw Other(made, expression, "a module");
    }

    /// <summary>
    /// Makes a tensor by a fill, for example <c>init.kaiming_uniform_((64, 32))</c> or <c>randperm(10)</c>, drawing from torch's generator
    /// where it stands.
    /// </summary>
    /// <inheritdoc cref="Module(string, DType)"/>
    /// <param name="expression">In torch's own spelling; the shape to fill stands where torch takes the tensor.</param>
    /// <param name="dtype">Of the tensor.</param>
    /// <exception cref="ArgumentException">It makes no tensor.</exception>
    public LiveTensor Tensor(string expression, DType dtype = DType.Float32)
    {
        PyObject made = Construct(expression, dtype);
        return Run(() => Is("is_tensor", made)) ? new(this, expression, made) : throw Other(made, expression, "a tensor");
    }

    /// <summary>A module that Python made, for example of a class of your own.</summary>
    /// <param name="module">An instance of torch.nn.Module; may be disposed after this.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public LiveModule Module(PyObject module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Run(() => Is("is_module", module)
            ? new LiveModule(this, module.GetPythonType().Name, module.NewReference())
            : throw new ArgumentException($"{module} is no torch.nn.Module.", nameof(module)));
    }

    /// <summary>A tensor that Python made.</summary>
    /// <param name="tensor">An instance of torch.Tensor; may be disposed after this.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public LiveTensor Tensor(PyObject tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Run(() => Is("is_tensor", tensor)
            ? new LiveTensor(this, "", tensor.NewReference())
            : throw new ArgumentException($"{tensor} is no torch.Tensor.", nameof(tensor)));
    }

    PyObject Construct(string expression, DType dtype)
    {
        string call = TorchExpression.Parse(expression).ToJson();
        return Run(() => Host.Call("construct", new PyString(call), new PyString(dtype.TorchName())));
    }

    bool Is(string question, PyObject value)
    {
        using PyObject answer = Host.Call(question, value);
        return answer.IsTrue();
    }

    ArgumentException Other(PyObject made, string expression, string expected)
    {
        Host.Release(made, static () => { });
        return new($"{expression} does not make {expected}.", nameof(expression));
    }

    unsafe void SetStateHere(byte[] state)
    {
        fixed (byte* bytes = state) { Host.Call("set_state", new PyInt((long)bytes), new PyInt(state.Length)).Dispose(); }
    }
}
