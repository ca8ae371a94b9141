using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>The one Python of this process: started once, isolated like <c>python -I</c>, behind one lock.</summary>
/// <remarks>
/// torch's generator belongs to the process, and Python may switch threads between any two steps, so Python's own lock does not keep a seed
/// and the draw after it together; <see cref="Run{T}"/> does. The process does not survive os._exit, a crash of native code, or running out
/// of memory. Use a <see cref="WorkerOracle"/> where that matters.
/// </remarks>
public sealed partial class PythonHost
{
    static readonly Lock s_starting = new();
    static PythonHost? s_host;
    static bool s_spent;

    readonly Lock _gate = new();
    readonly LibPython _python;
    readonly PythonNetOptions _options;
    readonly PyObject _script;
    (PyObject Oracle, OracleInfo Info)? _torch;
    int _depth;
    bool _ended;

    PythonHost(LibPython python, PythonNetOptions options, PythonCandidate candidate, PythonLibrary library)
    {
        (_python, _options, Python, Library) = (python, options, candidate, library);
        _script = PyModule.FromString("torch_live", Resource("torch_live.py"), "torch_live.py");
        foreach ((string name, string? value) in options.Environment)
        {
            Call("set_environment", new PyString(name), value is null ? PyObject.None : new PyString(value)).Dispose();
        }
        Action<string> write = static text => Console.Out.Write(text), complain = static text => Console.Error.Write(text);
        using PyObject output = write.ToPython(), error = complain.ToPython();
        Call("write_to", output, error).Dispose();
    }

    /// <summary>The Python that was chosen.</summary>
    public PythonCandidate Python { get; }

    /// <summary>The library by which it runs.</summary>
    public PythonLibrary Library { get; }

    /// <summary>Whether it can be used; false after <see cref="Shutdown"/>.</summary>
    public bool IsRunning => !Volatile.Read(ref _ended) && PythonEngine.IsInitialized;

    /// <summary>Starts Python in this process, or returns the one that already runs.</summary>
    /// <param name="options">Null for the defaults, or for the Python that already runs.</param>
    /// <exception cref="OracleUnavailableException">No Python has torch, or the one that has it cannot run in this process; the message
    /// says why and what helps.</exception>
    /// <exception cref="InvalidOperationException">Python already runs with another program or other variables, or was shut down, which is
    /// permanent.</exception>
    public static PythonHost Start(PythonNetOptions? options = null)
    {
        lock (s_starting)
        {
            if (s_host is { IsRunning: true } running)
            {
                running.CheckSame(options);
                return running;
            }
            if (s_spent) { throw new InvalidOperationException("Python was shut down; a process can start it once."); }
            return s_host = Begin(options ?? new());
        }
    }

    /// <summary>Runs an action with exclusive use of Python, so that seeding, drawing and reading belong together. May be nested.</summary>
    /// <param name="action">May use <see cref="PyObject"/> and <c>dynamic</c>; must not wait for another thread that calls this.</param>
    /// <exception cref="PythonRaisedException">Python raised an exception.</exception>
    /// <exception cref="ObjectDisposedException">Python was shut down.</exception>
    public T Run<T>(Func<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        int before = Enter();
        try
        {
            T result = action();
            return result is not Task
                ? result
                : throw new ArgumentException("The action is asynchronous: it would continue without the lock.", nameof(action));
        }
        catch (PythonException error)
        {
            throw PythonRaisedException.Of(error);
        }
        finally
        {
            Leave(before);
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Run(() =>
        {
            action();
            return true;
        });
    }

    /// <summary>Imports torch once, with torch_oracle.py, and returns its description of itself.</summary>
    /// <exception cref="OracleUnavailableException">torch cannot be imported.</exception>
    internal OracleInfo Torch() => Run(() =>
    {
        if (_torch is null)
        {
            // The first import decides; a second libtorch would crash the process later.
            using PyObject imported = Call("imported");
            if (!imported.IsTrue() && LoadedLibtorch.Refusal() is { } refusal) { throw Unavailable(Python, refusal); }
            KeepThread();
            PyObject oracle = PyModule.FromString("torch_oracle", File.ReadAllText(OracleScript.Path), OracleScript.Path);
            try
            {
                using PyObject info = Call("start", oracle);
                _torch = (oracle, OracleWire.ReadInfo(info.As<string>()));
            }
            catch (PythonException error)
            {
                throw Unavailable(Python, $"torch cannot be imported: {PythonRaisedException.Of(error).Message}");
            }
        }
        return _torch.Value.Info;
    });

    /// <summary>Calls a function of torch_live.py. The caller holds the lock.</summary>
    internal PyObject Call(string function, params PyObject[] arguments) => _script.InvokeMethod(function, arguments);

    /// <summary>Releases an object to Python; does nothing after the shutdown.</summary>
    /// <param name="held">The object.</param>
    /// <param name="mark">Called first, under the lock, so that nobody uses the object afterwards.</param>
    internal void Release(PyObject held, Action mark)
    {
        try
        {
            Run(() =>
            {
                mark();
                held.Dispose();
            });
        }
        catch (ObjectDisposedException)
        {
            mark();      // Python was shut down: its memory is freed with the process
        }
    }

    /// <summary>Runs an action under Python's lock alone, possibly while another thread is in <see cref="Run{T}"/>.</summary>
    internal void WithLock(Action action)
    {
        if (!IsRunning) { return; }
        int before = _python.TakeLock();
        try
        {
            action();
        }
        finally
        {
            _python.GiveLock(before);
        }
    }

    /// <summary>
    /// Keeps Python's state of this thread after <see cref="Run{T}"/>; the caller holds its lock. A library built on pybind11, such as
    /// torch, keeps a reference to the state of the thread that imports it, and crashes the process if that state is freed.
    /// </summary>
    internal void KeepThread() => _ = _python.TakeLock();

    /// <summary>Whether this thread is inside <see cref="Run{T}"/>.</summary>
    internal bool IsHeldHere => _gate.IsHeldByCurrentThread;

    /// <summary>Withdraws an interrupt that Python has not raised yet. The caller holds Python's lock.</summary>
    internal void ForgetInterrupt(ulong thread) => _python.ForgetInterrupt(thread);

    int Enter()
    {
        // Otherwise a thread that holds Python's lock and waits for ours could deadlock with one that holds ours and waits for Python's.
        bool holds = !_gate.IsHeldByCurrentThread && IsRunning && _python.HoldsLock;
        nint state = holds ? PythonEngine.BeginAllowThreads() : 0;
        _gate.Enter();
        if (holds) { PythonEngine.EndAllowThreads(state); }
        if (!IsRunning)
        {
            _gate.Exit();
            throw new ObjectDisposedException(nameof(PythonHost), "Python was shut down; what it held is gone.");
        }
        _depth++;
        return _python.TakeLock();
    }

    void Leave(int before)
    {
        _python.GiveLock(before);
        _depth--;
        _gate.Exit();
    }

    void CheckSame(PythonNetOptions? options)
    {
        if (options is null) { return; }
        string asked = options.Python is null ? Python.Path : PythonSearch.OfThisProcess(options.Python).Places().First().Path;
        if (asked != Python.Path)
        {
            throw new InvalidOperationException($"{Python.Path} runs in this process, not {asked}; a process can run only one Python.");
        }
        foreach ((string name, string? value) in options.Environment)
        {
            if (!_options.Environment.TryGetValue(name, out string? set) || set != value)
            {
                string wanted = value is null ? $"removing {name}" : $"{name}={value}";
                throw new InvalidOperationException($"Python was started without {wanted}; its variables are set when it starts.");
            }
        }
    }

    internal static string Resource(string name)
    {
        using StreamReader reader = new(typeof(PythonHost).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
