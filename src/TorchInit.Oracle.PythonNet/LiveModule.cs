using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>A live torch.nn module in this process.</summary>
public sealed class LiveModule : IDisposable
{
    readonly LiveTorch _torch;
    readonly PyObject _module;
    readonly string _reset;
    bool _disposed;

    internal LiveModule(LiveTorch torch, string expression, PyObject module)
    {
        (_torch, Expression, _module) = (torch, expression, module);
        _reset = torch.Run(() =>
        {
            using PyObject name = torch.Host.Call("reset_name", module);
            return name.As<string>();
        });
    }

    /// <summary>The expression that constructed it, or the name of its class.</summary>
    public string Expression { get; }

    /// <summary>
    /// The module itself, for anything else; convenient as <c>dynamic</c>. Use it inside <see cref="LiveTorch.Run{T}"/>; this object owns
    /// it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public PyObject Python => _disposed ? throw new ObjectDisposedException(Expression) : _module;

    /// <summary>The names of its state dict, in order, without lazy parameters that have no shape yet.</summary>
    public IReadOnlyList<string> Names => _torch.Run(() =>
    {
        using PyObject names = _torch.Host.Call("names", Python);
        return names.As<string[]>();
    });

    /// <summary>A tensor of the state dict, sharing the module's memory; dispose it after use.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="PythonRaisedException">No tensor has that name (KeyError).</exception>
    public LiveTensor this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return _torch.Run(() => new LiveTensor(_torch, name, _torch.Host.Call("entry", Python, new PyString(name))));
        }
    }

    /// <summary>
    /// Calls the module's own <c>reset_parameters()</c>, named <c>_reset_parameters()</c> in MultiheadAttention and Transformer.
    /// </summary>
    /// <exception cref="PythonRaisedException">It has no such method (AttributeError), or the method raised an exception.</exception>
    public void ResetParameters() => _torch.Run(() => Python.InvokeMethod(_reset).Dispose());

    /// <summary>A copy of every tensor of the state dict.</summary>
    /// <exception cref="ArgumentException">A tensor's dtype is not a <see cref="DType"/>.</exception>
    public StateDict ToStateDict() => _torch.Run(() =>
    {
        StateDict copies = new();
        foreach (string name in Names)
        {
            using LiveTensor tensor = this[name];
            copies.Add(name, tensor.ToBuffer());
        }
        return copies;
    });

    /// <summary>
    /// Overwrites tensors of the module, for example with those from <see cref="Materializer"/>; other tensors are unchanged.
    /// </summary>
    /// <param name="tensors">The tensors by name, each with the module's dtype and shape.</param>
    /// <exception cref="ArgumentException">A dtype or shape differs; that tensor and later ones are not written.</exception>
    /// <exception cref="PythonRaisedException">The module has no tensor of that name (KeyError).</exception>
    public void Load(StateDict tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        _torch.Run(() =>
        {
            foreach ((string name, TensorBuffer values) in tensors)
            {
                using LiveTensor tensor = this[name];
                tensor.CopyFrom(values);
            }
        });
    }

    /// <summary>
    /// Releases the module to Python, which frees it when nothing else refers to it. Does nothing after <see cref="PythonHost.Shutdown"/>.
    /// </summary>
    public void Dispose()
    {
        if (_disposed) { return; }
        _torch.Host.Release(_module, () => _disposed = true);
    }
}
