using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>Real torch, live in this process: its modules, its tensors' memory and its generator, for C# programs and notebooks.</summary>
/// <remarks>
/// torch runs on one thread and imports what torch_oracle.py imports, so that its bits are those of a <see cref="WorkerOracle"/>. Every
/// call takes the lock of <see cref="PythonHost.Run{T}"/>; put calls that belong together, such as a seed and the draw after it, into one
/// <see cref="Run{T}"/>.
/// </remarks>
public sealed partial class LiveTorch
{
    LiveTorch(PythonHost host) => (Host, Info) = (host, host.Torch());

    /// <summary>The Python that runs torch.</summary>
    public PythonHost Host { get; }

    /// <summary>Which torch it is, and what else affects its bits.</summary>
    public OracleInfo Info { get; }

    /// <summary>Starts Python and imports torch, unless this process already has.</summary>
    /// <param name="options">Null for the defaults, or for the Python that already runs.</param>
    /// <exception cref="OracleUnavailableException">Torch cannot run in this process; the message says why and what helps.</exception>
    /// <exception cref="InvalidOperationException">Python already runs with another program or other variables, or was shut
    /// down.</exception>
    public static LiveTorch Start(PythonNetOptions? options = null) => new(PythonHost.Start(options));

    /// <inheritdoc cref="PythonHost.Run{T}"/>
    public T Run<T>(Func<T> action) => Host.Run(action);

    /// <inheritdoc cref="PythonHost.Run{T}"/>
    public void Run(Action action) => Host.Run(action);

    /// <summary><c>torch.manual_seed(seed)</c>.</summary>
    /// <param name="seed">A negative seed is taken as two's complement.</param>
    public void ManualSeed(long seed) => ManualSeed(unchecked((ulong)seed));

    /// <summary><c>torch.manual_seed(seed)</c>.</summary>
    /// <param name="seed">Any 64-bit value; its low 32 bits determine the stream.</param>
    public void ManualSeed(ulong seed) => Run(() => Host.Call("seed", new PyString($"{seed}")).Dispose());

    /// <summary>The 5056 bytes of <c>torch.get_rng_state()</c>.</summary>
    public byte[] GetState() => Run(() =>
    {
        using LiveTensor state = new(this, "", Host.Call("get_state"));
        return state.ToArray<byte>();
    });

    /// <summary><c>torch.set_rng_state(state)</c>.</summary>
    /// <param name="state">5056 bytes, or the 5048 of torch's legacy form.</param>
    /// <exception cref="PythonRaisedException">Torch refuses it; its generator is unchanged.</exception>
    public void SetState(ReadOnlySpan<byte> state)
    {
        byte[] copy = state.ToArray();
        Run(() => SetStateHere(copy));
    }

    /// <summary>Sets torch's generator to the state of a C# generator, including its seed and cached normal.</summary>
    /// <param name="generator">Not changed.</param>
    public void SetState(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        SetState(generator.GetState());
    }

    /// <summary>Sets a C# generator to the state of torch's generator, including its seed and cached normal.</summary>
    /// <param name="generator">Receives the state; its profile is kept.</param>
    public void CopyStateTo(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        generator.SetState(GetState());
    }

    /// <summary>Constructs a torch.nn module, drawing from the current state of torch's generator.</summary>
    /// <param name="expression">In torch's own spelling, for example <c>Linear(784, 128)</c>; parsed by <see cref="TorchExpression"/>,
    /// never evaluated.</param>
    /// <param name="dtype">Torch's default dtype during construction.</param>
    /// <exception cref="TorchExpressionException">The text is not such an expression.</exception>
    /// <exception cref="PythonRaisedException">Torch refuses it, or the oracle does not allow it
    /// (<see cref="OracleError.Refused"/>).</exception>
    /// <exception cref="ArgumentException">The expression does not make a module.</exception>
    public LiveModule Module(string expression, DType dtype = DType.Float32)
    {
        PyObject made = Construct(expression, dtype);
        return Run(() => Is("is_module", made)) ? new(this, expression, made) : throw Other(made, expression, "a module");
    }

    /// <summary>
    /// Makes a tensor by a fill, for example <c>init.kaiming_uniform_((64, 32))</c> or <c>randperm(10)</c>, drawing from the current state
    /// of torch's generator.
    /// </summary>
    /// <inheritdoc cref="Module(string, DType)"/>
    /// <param name="expression">In torch's own spelling, with the shape to fill in place of the tensor.</param>
    /// <param name="dtype">The dtype of the tensor.</param>
    /// <exception cref="ArgumentException">The expression does not make a tensor.</exception>
    public LiveTensor Tensor(string expression, DType dtype = DType.Float32)
    {
        PyObject made = Construct(expression, dtype);
        return Run(() => Is("is_tensor", made)) ? new(this, expression, made) : throw Other(made, expression, "a tensor");
    }

    /// <summary>Wraps a module that was made in Python, for example one of your own class.</summary>
    /// <param name="module">An instance of torch.nn.Module; may be disposed afterwards.</param>
    /// <exception cref="ArgumentException">It is not a torch.nn.Module.</exception>
    public LiveModule Module(PyObject module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Run(() => Is("is_module", module)
            ? new LiveModule(this, module.GetPythonType().Name, module.NewReference())
            : throw new ArgumentException($"{module} is not a torch.nn.Module.", nameof(module)));
    }

    /// <summary>Wraps a tensor that was made in Python.</summary>
    /// <param name="tensor">An instance of torch.Tensor; may be disposed afterwards.</param>
    /// <exception cref="ArgumentException">It is not a torch.Tensor.</exception>
    public LiveTensor Tensor(PyObject tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Run(() => Is("is_tensor", tensor)
            ? new LiveTensor(this, "", tensor.NewReference())
            : throw new ArgumentException($"{tensor} is not a torch.Tensor.", nameof(tensor)));
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
