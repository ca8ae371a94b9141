using System.Text;
using System.Text.Json;
using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>
/// Runs the cells of a notebook in one Python namespace: output as it happens, values displayed by Jupyter's protocol, values copied in and
/// out.
/// </summary>
/// <remarks>
/// A cell is the user's own code and has the user's rights. Cells run one at a time, under the lock of <see cref="PythonHost.Run{T}"/>.
/// </remarks>
public sealed partial class PythonCells
{
    static readonly Lock s_starting = new();
    static PyObject? s_script;
    readonly PyObject _script;
    ulong _running;
    bool _isRunning;

    /// <summary>Prepares to run cells; the process has one namespace.</summary>
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
                using PyDict place = new(s_script.GetAttr("__dict__"));
                PythonEngine.Exec(PythonHost.Resource("python_values.py"), place);
                s_script.InvokeMethod("start").Dispose();
            }
            return s_script;
        });
    }

    /// <summary>The Python that runs them.</summary>
    public PythonHost Host { get; }

    /// <summary>The names that cells have defined, except those that begin with an underscore.</summary>
    public IReadOnlyList<string> Names => Host.Run(() =>
    {
        using PyObject names = _script.InvokeMethod("names");
        return names.As<string[]>();
    });

    /// <summary>The versions of Python and of its torch: <c>Python 3.11.2, torch 1.13.1</c>.</summary>
    public string Version => Host.Run(() =>
    {
        using PyObject version = _script.InvokeMethod("version");
        return version.As<string>();
    });

    /// <summary>Runs a cell to its end, on the one thread that runs all cells, so that the thread state of torch and others is
    /// kept.</summary>
    /// <param name="source">Python code; <c>await</c> is allowed outside functions.</param>
    /// <param name="output">Receives what is written and displayed, on the cells' thread or on one that the cell started.</param>
    /// <param name="ask">Asks the user for a line, given the prompt and whether the input is hidden; null if there is no user. Python's
    /// lock is released meanwhile. An <see cref="OperationCanceledException"/> is an interrupt; any other exception is raised in the
    /// cell.</param>
    /// <exception cref="PythonRaisedException">The cell raised an exception, was interrupted (KeyboardInterrupt), or called sys.exit
    /// (SystemExit); the traceback shows its lines as <c>&lt;cell 1&gt;</c>.</exception>
    public void Run(string source, Action<PythonCellOutput> output, Func<string, bool, string?>? ask = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        PythonRaisedException? error = CellThread.Run(Host, () => RunHere(source, output, ask));
        if (error is not null) { throw error; }
    }

    PythonRaisedException? RunHere(string source, Action<PythonCellOutput> output, Func<string, bool, string?>? ask)
    {
        Action<string, string> emit = (stream, text) => output(new PythonCellText(text, stream == "stderr"));
        Action<bool, string> show = (isResult, bundle) => output(new PythonCellDisplay(
            JsonSerializer.Deserialize<Dictionary<string, string>>(bundle)!, isResult));
        Func<string, bool, string[]> asked = (prompt, password) => Asked(ask!, prompt, password);
        return Host.Run(() =>
        {
            using PyObject code = new PyString(source), write = emit.ToPython(), display = show.ToPython();
            using PyObject question = ask is null ? PyObject.None : asked.ToPython();
            _running = PythonEngine.GetPythonThreadID();
            Volatile.Write(ref _isRunning, true);
            try
            {
                using PyObject raised = _script.InvokeMethod("run", code, write, display, question);
                return raised.IsNone() ? null : Error(raised);
            }
            finally
            {
                Volatile.Write(ref _isRunning, false);
                Host.ForgetInterrupt(_running);
            }
        });
    }

    /// <summary>Called after pythonnet has released Python's lock: others may run Python while the user thinks.</summary>
    static string[] Asked(Func<string, bool, string?> ask, string prompt, bool password)
    {
        try
        {
            return ["answered", ask(prompt, password) ?? ""];
        }
        catch (OperationCanceledException)
        {
            return ["interrupted", ""];
        }
        catch (Exception error)
        {
            return ["refused", error.Message];      // raised again, by Python
        }
    }

    /// <summary>
    /// Raises KeyboardInterrupt in the running cell at its next Python step; may be called from any thread. Does nothing if no cell runs.
    /// </summary>
    public void Interrupt() => Host.WithLock(() =>
    {
        if (Volatile.Read(ref _isRunning)) { _ = PythonEngine.Interrupt(_running); }
    });

    /// <summary>Completions at a position: by jedi if it is installed, else by Python's own rlcompleter.</summary>
    /// <param name="source">The cell.</param>
    /// <param name="position">The position in UTF-16 units, 0 to the length of the source.</param>
    public PythonCompletion Complete(string source, int position)
    {
        int characters = Characters(source, position);
        (int start, string[] names) = Host.Run(() =>
        {
            using PyObject code = new PyString(source), place = new PyInt(characters);
            using PyObject found = _script.InvokeMethod("complete", code, place);
            using PyObject first = found[0], list = found[1];
            return (first.As<int>(), list.As<string[]>());
        });
        return new(source.EnumerateRunes().Take(start).Sum(rune => rune.Utf16SequenceLength), names);
    }

    /// <summary>
    /// Signature and documentation of the name at a position, or of the function whose arguments are being written; null if there is none.
    /// </summary>
    /// <param name="source">The cell.</param>
    /// <param name="position">The position in UTF-16 units, 0 to the length of the source.</param>
    public string? Inspect(string source, int position)
    {
        int characters = Characters(source, position);
        return Host.Run(() =>
        {
            using PyObject code = new PyString(source), place = new PyInt(characters);
            using PyObject found = _script.InvokeMethod("inspected", code, place);
            return found.IsNone() ? null : found.As<string>();
        });
    }

    /// <summary>Converts a position to code points, which Python counts.</summary>
    static int Characters(string source, int position)
    {
        ArgumentNullException.ThrowIfNull(source);
        return position >= 0 && position <= source.Length
            ? source[..position].EnumerateRunes().Count()
            : throw new ArgumentOutOfRangeException(nameof(position), position, $"allowed: 0 to {source.Length}.");
    }

    static PythonRaisedException Error(PyObject raised)
    {
        using PyObject kind = raised[0], text = raised[1], traceback = raised[2];
        return new(kind.As<string>(), text.As<string>(), traceback.As<string>());
    }
}
