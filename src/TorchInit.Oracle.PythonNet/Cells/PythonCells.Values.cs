using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

public sealed partial class PythonCells
{
    /// <summary>Copies a value from the cells' namespace.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns> null, bool, long (a <see cref="BigInteger"/> if it does not fit), double, string, string[]; for a numpy array, a torch
    /// tensor or a list of numbers, an array of the same element type and rank (<c>float[,]</c> for a matrix), or the number itself if it
    /// has no dimensions; for a dict of torch tensors, as returned by <c>state_dict()</c>, a <see cref="StateDict"/>; for other lists and
    /// dicts, and for the rows of a DataFrame, a <see cref="JsonNode"/>.
    /// </returns>
    /// <exception cref="PythonRaisedException">The name is not defined (NameError), or the value is of another kind
    /// (TypeError).</exception>
    /// <exception cref="NotSupportedException">Its elements have no .NET type.</exception>
    public object? Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Host.Run(() =>
        {
            using PyObject wanted = new PyString(name), answer = _script.InvokeMethod("get", wanted);
            using PyObject kind = answer[0], value = answer[1], owner = answer[5];
            return kind.As<string>() switch
            {
                "none" => null,
                "bool" => value.As<bool>(),
                "float" => value.As<double>(),
                "str" => value.As<string>(),
                "texts" => value.As<string[]>(),
                "json" => JsonNode.Parse(value.As<string>()),
                "int" when long.TryParse(value.As<string>(), CultureInfo.InvariantCulture, out long number) => number,
                "int" => BigInteger.Parse(value.As<string>(), CultureInfo.InvariantCulture),
                "tensors" => Tensors(value.As<string[]>(), owner),
                _ => PythonArrays.Read(answer),
            };
        });
    }

    /// <summary>Copies a value into the cells' namespace.</summary>
    /// <param name="name">A Python name.</param>
    /// <param name="value">null, bool, a number, a string, a string[]; an array of numbers of any rank, a list or a <see cref="Memory{T}"/>
    /// of them, which become a numpy array; a <see cref="TensorBuffer"/> or a <see cref="StateDict"/>, which become torch tensors; any
    /// other value with a JSON form, which becomes lists and dicts.</param>
    /// <exception cref="NotSupportedException"><paramref name="value"/> is of another type.</exception>
    /// <exception cref="PythonRaisedException"><paramref name="name"/> is not a Python name (NameError), or neither numpy nor torch is
    /// installed (TypeError).</exception>
    public void Set(string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Host.Run(() =>
        {
            using PyObject wanted = new PyString(name);
            switch (value)
            {
                case TensorBuffer tensor:
                    PythonArrays.Lend(tensor, _script, "put_tensor", wanted);
                    return;
                case StateDict tensors:
                    PutTensors(wanted, tensors);
                    return;
                case not null when PythonArrays.Of(value) is { } array:
                    PythonArrays.Lend(array, _script, "put_array", wanted);
                    return;
            }
            PyObject? plain = Plain(value);
            using PyObject given = plain ?? new PyString(PythonJson.Write(value!));
            _script.InvokeMethod(plain is null ? "put_json" : "put", wanted, given).Dispose();
        });
    }

    /// <summary>The value as a Python object; null for one that is passed as JSON.</summary>
    static PyObject? Plain(object? value) => value switch
    {
        null => PyObject.None,
        bool or string or long or int or short or sbyte or byte or ushort or uint or ulong or double or float => value.ToPython(),
        char letter => new PyString(letter.ToString()),
        Half half => ((double)half).ToPython(),
        BFloat16 half => ((double)(float)half).ToPython(),
        BigInteger big => new PyInt(big),
        string[] texts => new PyList([.. texts.Select(text => text is null ? PyObject.None : new PyString(text))]),
        _ => null,
    };

    static StateDict Tensors(string[] keys, PyObject items)
    {
        StateDict tensors = new();
        foreach ((int at, string key) in keys.Index())
        {
            using PyObject item = items[at];
            tensors.Add(key, PythonArrays.ReadTensor(item, key));
        }
        return tensors;
    }

    void PutTensors(PyObject name, StateDict tensors)
    {
        using PyObject held = _script.InvokeMethod("new_tensors");
        foreach ((string key, TensorBuffer tensor) in tensors)
        {
            using PyObject wanted = new PyString(key);
            PythonArrays.Lend(tensor, _script, "add_tensor", held, wanted);
        }
        _script.InvokeMethod("put", name, held).Dispose();
    }
}
