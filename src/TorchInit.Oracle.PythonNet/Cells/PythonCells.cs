using System.Text;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>
/// Runs the cells of a notebook in one Python namespace: output as it comes, values shown by Jupyter's protocol, values in and out.
/// </summary>
/// <remarks>
/// A cell is the user's own code and may do what the user may. Cells take turns, with the lock of <see cref="PythonHost.Run{T}"/>.
/// </remarks>
public sealed partial class PythonCells
{
    static readonly Lock s_starting = new();
    static PyObject? s_script;
    readonly PyObject _script;
    ulong _running;
    bool _isRunning;

    /// <summary>Makes ready to run cells; the namespace is the process's.</summary>
    /// <param name="host">The Python that runs them.</param>
    public PythonCells(PythonHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Host = host;
        _script = host.Run(() =>
        {
            if (s_script is null)
            {
                s_script = PyModule.FromString("python_cells", PythonHost.Resource("python_cells.py"), "python_cells.py");
                s_script.InvokeMethod("start").Dispose();
            }
            return s_script;
        });
    }

    /// <summary>The Python that runs them.</summary>
    public PythonHost Host { get; }

    /// <summary>Names that cells have defined, without those that begin with an underscore.</summary>
    public IReadOnlyList<string> Names => Host.Run(() =>
    {
        using PyObject names = _script.InvokeMethod("names");
        return names.As<string[]>();
    });

    /// <summary>Runs a cell to its end.</summary>
    /// <param name="source">Python; <c>await</c> may stand outside of functions.</param>
    /// <param name="output">Gets what is written and shown, on this thread or on one that the cell started.</param>
    /// <exception cref="PythonRaisedException">The cell raised an exception, was interrupted (KeyboardInterrupt), or called sys.exit
    /// (SystemExit);
    /// the traceback shows its lines as <c>&lt;cell 1&gt;</c>.</exception>
    public void Run(string source, Action<PythonCellOutput> output)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        Action<string, string> emit = (stream, text) => output(new PythonCellText(text, stream == "stderr"));
        Action<bool, string, string> show = (isResult, types, texts) => output(new PythonCellDisplay(
            types.Split('\n').Zip(texts.Split('\0')).ToDictionary(pair => pair.First, pair => pair.Second), isResult));
        PythonRaisedException? error = Host.Run(() =>
        {
            using PyObject code = new PyString(source), write = emit.ToPython(), display = show.ToPython();
            _running = PythonEngine.GetPythonThreadID();
            Volatile.Write(ref _isRunning, true);
            try
            {
                using PyObject raised = _script.InvokeMethod("run", code, write, display);
                return raised.IsNone() ? null : Error(raised);
            }
            finally
            {
                Volatile.Write(ref _isRunning, false);
                Host.ForgetInterrupt(_running);
            }
        });
        if (error is not null) { throw error; }
    }

    /// <summary>
    /// Raises KeyboardInterrupt in the cell that runs, at its next step of Python; from any thread. Where none runs, nothing happens.
    /// </summary>
    public void Interrupt() => Host.WithLock(() =>
    {
        if (Volatile.Read(ref _isRunning)) { _ = PythonEngine.Interrupt(_running); }
    });

    /// <summary>What may stand at a place: by jedi where it is installed, else by Python's own rlcompleter.</summary>
    /// <param name="source">The cell.</param>
    /// <param name="position">In UTF-16 units, 0 to its length.</param>
    public PythonCompletion Complete(string source, int position)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (position < 0 || position > source.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, $"allowed: 0 to {source.Length}.");
        }
        // Python counts characters, not halves of them.
        int characters = source[..position].EnumerateRunes().Count();
        (int start, string[] names) = Host.Run(() =>
        {
            using PyObject code = new PyString(source), place = new PyInt(characters);
            using PyObject found = _script.InvokeMethod("complete", code, place);
            using PyObject first = found[0], list = found[1];
            return (first.As<int>(), list.As<string[]>());
        });
        return new(source.EnumerateRunes().Take(start).Sum(rune => rune.Utf16SequenceLength), names);
    }

    static PythonRaisedException Error(PyObject raised)
    {
        using PyObject kind = raised[0], text = raised[1], traceback = raised[2];
        return new(kind.As<string>(), text.As<string>(), traceback.As<string>());
    }
}
