using System.Collections;
using System.Text.Json;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Python.Runtime;
using TorchInit;
using TorchInit.Oracle.PythonNet;

namespace InitNotebooks.Interactive;

/// <summary>Values between cells: those of <see cref="PythonCells"/>, state dicts, and whatever JSON can express.</summary>
sealed class PythonValues
{
    const string Passing = "__passing";

    readonly PythonCells _cells;
    readonly PyObject _script;

    public PythonValues(PythonCells cells)
    {
        _cells = cells;
        using StreamReader source = new(typeof(PythonValues).Assembly.GetManifestResourceStream("values.py")!);
        string text = source.ReadToEnd();
        _script = cells.Host.Run(() => PyModule.FromString("initnotebooks_values", text, "values.py"));
    }

    /// <summary>The name, type and short text of everything that cells have defined.</summary>
    public IReadOnlyList<(string Name, string Type, string Text)> Describe()
    {
        string[] names = [.. _cells.Names];
        return [.. names.Select(name =>
        {
            string[] about = Call("describe", name).Split('\0', 2);
            return (name, about[0], about[1]);
        })];
    }

    /// <summary>A copy: what <see cref="PythonCells.Get"/> gives; for a dict of tensors a <see cref="StateDict"/>; for other dicts, lists
    /// and tables a <see cref="JsonDocument"/>.</summary>
    public object? Get(string name)
    {
        string kind = Call("kind", name);
        if (kind == "json") { return JsonDocument.Parse(Call("as_json", name)); }
        if (kind != "state") { return _cells.Get(name); }
        StateDict state = new();
        try
        {
            foreach (string key in Call("keys", name).Split('\0'))
            {
                Call("pick", name, key, Passing);
                state.Add(key, StateArrays.ToTensor(_cells.Get(Passing)!));
            }
        }
        finally { Call("forget", Passing); }
        return state;
    }

    /// <summary>Puts a copy into the cells' namespace.</summary>
    /// <param name="name">A Python identifier.</param>
    /// <param name="value">The value; null if only its form arrived.</param>
    /// <param name="form">The value as text; read if Python has no type for the value itself.</param>
    public void Set(string name, object? value, FormattedValue form)
    {
        switch (value)
        {
            case StateDict state:
                SetState(name, state);
                return;
            case PasswordString password:
                _cells.Set(name, password.GetClearTextPassword());
                return;
            case JsonDocument document:
                Call("put_json", name, document.RootElement.GetRawText());
                return;
            case null:
                SetForm(name, form);
                return;
        }
        try
        {
            _cells.Set(name, value is IList and not Array ? OneType((IList)value) ?? value : value);
        }
        catch (NotSupportedException) when (form.MimeType == JsonFormatter.MimeType)
        {
            SetForm(name, form);
        }
    }

    void SetForm(string name, FormattedValue form)
    {
        if (form.MimeType == JsonFormatter.MimeType) { Call("put_json", name, form.Value); }
        else { _cells.Set(name, form.Value); }
    }

    void SetState(string name, StateDict state)
    {
        Call("put_state", name);
        try
        {
            foreach ((string key, TensorBuffer tensor) in state)
            {
                _cells.Set(Passing, StateArrays.ToFlatArray(tensor));
                Call("add", name, key, Passing, string.Join(' ', tensor.Shape));
            }
        }
        finally { Call("forget", Passing); }
    }

    /// <summary>A List&lt;float&gt; is a float[] to Python; null if it has several types, or one that no array has.</summary>
    static Array? OneType(IList list)
    {
        Type[] types = [.. list.Cast<object?>().Select(item => item?.GetType() ?? typeof(object)).Distinct()];
        if (types is not [{ IsPrimitive: true } or { Name: nameof(Half) or nameof(String) }]) { return null; }
        Array array = Array.CreateInstance(types[0], list.Count);
        list.CopyTo(array, 0);
        return array;
    }

    string Call(string function, params string[] arguments) => _cells.Host.Run(() =>
    {
        PyObject[] texts = [.. arguments.Select(argument => new PyString(argument))];
        try
        {
            using PyObject result = _script.InvokeMethod(function, texts);
            return result.IsNone() ? "" : result.As<string>();
        }
        finally
        {
            foreach (PyObject text in texts) { text.Dispose(); }
        }
    });
}
