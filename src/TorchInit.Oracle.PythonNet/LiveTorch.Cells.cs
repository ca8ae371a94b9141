using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

public sealed partial class LiveTorch
{
    /// <summary>A module of the Python cells, by name: the object itself, not a copy.</summary>
    /// <param name="name">A variable of the cells, or a dotted path from one: <c>model.encoder</c>.</param>
    /// <exception cref="PythonRaisedException">The name is not defined (NameError, AttributeError).</exception>
    /// <exception cref="ArgumentException">The value is not a torch.nn.Module.</exception>
    public LiveModule ModuleOfCells(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Run(() =>
        {
            using PyObject found = Host.Call("of_cells", new PyString(name));
            return Module(found);
        });
    }

    /// <summary>A tensor of the Python cells, by name: its own memory, not a copy.</summary>
    /// <param name="name">A variable of the cells, or a dotted path from one: <c>model.weight</c>.</param>
    /// <exception cref="PythonRaisedException">The name is not defined (NameError, AttributeError).</exception>
    /// <exception cref="ArgumentException">The value is not a torch.Tensor.</exception>
    public LiveTensor TensorOfCells(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Run(() =>
        {
            using PyObject found = Host.Call("of_cells", new PyString(name));
            return Tensor(found);
        });
    }
}
