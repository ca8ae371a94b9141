using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

public sealed partial class LiveTorch
{
    /// <summary>The module that Python cells keep under a name: the object itself, not a copy.</summary>
    /// <param name="name">A variable of the cells, or a dotted path from one: <c>model.encoder</c>.</param>
    /// <exception cref="PythonRaisedException">There is none of that name (NameError, AttributeError).</exception>
    /// <exception cref="ArgumentException">It is no torch.nn.Module.</exception>
    public LiveModule ModuleOfCells(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Run(() =>
        {
            using PyObject found = Host.Call("of_cells", new PyString(name));
            return Module(found);
        });
    }

    /// <summary>The tensor that Python cells keep under a name: its memory itself, not a copy.</summary>
    /// <param name="name">A variable of the cells, or a dotted path from one: <c>model.weight</c>.</param>
    /// <exception cref="PythonRaisedException">There is none of that name (NameError, AttributeError).</exception>
    /// <exception cref="ArgumentException">It is no torch.Tensor.</exception>
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
