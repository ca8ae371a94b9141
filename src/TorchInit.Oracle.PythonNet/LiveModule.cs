using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>A torch.nn module, alive in this process.</summary>
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

    /// <summary>What it was constructed from, or the name of its class.</summary>
    public string Expression { get; }

    /// <summary>
    /// The module itself, for whatever else one wants; <c>dynamic</c> reads well. To be used inside <see cref="LiveTorch.Run{T}"/>; this
    /// object owns it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">This object was disposed.</exception>
    public PyObject Python => _disposed ? throw new ObjectDisposedException(Expression) : _module;

    /// <summary>The names of its state dict, in order; a lazy parameter that no input has shaped yet is left out.</summary>
    public IReadOnlyList<string> Names => _torch.Run(() =>
    {
        using PyObject names = _torch.Host.Call("names", Python);
        return names.As<string[]>();
    });

    /// <summary>A tensor of the state dict, sharing the module's memory; to be disposed.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="PythonRaisedException">There is none of that name (KeyError).</exception>
    public LiveTensor this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return _torch.Run(() => new LiveTensor(_torch, name, _torch.Host.Call("entry", Python, new PyString(name))));
        }
    }

    /// <summary>
    /// Calls the module's own <c>reset_parameters()</c>, which MultiheadAttention and Transformer call <c>_reset_parameters()</c>.
    /// </summary>
    /// <exception cref="PythonRaisedException">It has none (AttributeError), or it raised something.</exception>
    public void ResetParameters() => _torch.Run(() => Python.InvokeMethod(_reset).Dispose());

    /// <summary>A copy of every tensor of the state dict.</summary>
    /// <exception cref="ArgumentException">A tensor has another dtype than those of <see cref="DType"/>.</exception>
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
    /// Overwrites tensors of the module, for example with what <see cref="Materializer"/> drew; others stay.
    /// </summary>
    /// <param name="tensors">By name; each with the dtype and the shape that the module has.</param>
    /// <exception cref="ArgumentException">A dtype or a shape differs; nothing of that tensor or of later ones is written.</exception>
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
    /// Gives the module back to Python, which frees it when nobody else holds it. After <see cref="PythonHost.Shutdown"/> there is nothing
    /// left to do.
    /// </summary>
    public void Dispose()
    {
        if (_disposed) { return; }
        _torch.Host.Release(_module, () => _disposed = true);
    }
}
