using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using InitNotebooks.Engine;

namespace InitNotebooks.Kernel;

/// <summary>A C# kernel behind one connection file; it ends on request, or when its parent process ends.</summary>
public sealed partial class JupyterKernel : IDisposable
{
    readonly BlockingCollection<JupyterMessage> _requests = [];
    readonly BlockingCollection<JupyterMessage> _answers = [];
    readonly ManualResetEventSlim _ended = new();
    readonly ManualResetEventSlim _answered = new();       // set when no cell is waiting for its reply
    readonly Lock _asking = new();
    readonly Lazy<INotebookEngine> _engine;
    readonly List<(int Count, string Code)> _history = [];
    readonly List<JupyterMessage> _queuedBehindError = [];
    readonly ConnectionFile _connection;
    volatile RunningCell? _running;
    LastWords? _words;
    string? _predecessor;
    int _count;

    /// <summary>Binds the sockets and takes over the process's console.</summary>
    /// <param name="connection">A connection on loopback.</param>
    /// <param name="kinds">What <c>#!connect</c> offers besides <c>jupyter</c>.</param>
    /// <exception cref="IOException">A port is in use.</exception>
    public JupyterKernel(ConnectionFile connection, params IReadOnlyList<KernelKind> kinds)
        : this(connection, () => new NotebookSession(Environment.CurrentDirectory, [JupyterClient.Kind, .. kinds]))
    {
    }

    /// <summary>The same, for any engine.</summary>
    /// <param name="connection">A connection on loopback.</param>
    /// <param name="engine">Creates the engine when the first front end connects.</param>
    /// <exception cref="IOException">A port is in use.</exception>
    public JupyterKernel(ConnectionFile connection, Func<INotebookEngine> engine)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
        Sockets = new(connection);
        Console = new(native: true);
        _engine = new(engine);
        Sockets.Shell += message =>
        {
            if (message.Type == "shutdown_request") { Shutdown(message, Sockets.ReplyShell); }
            else { _requests.Add(message); }
        };
        Sockets.Stdin += _answers.Add;
        Sockets.Control += message =>
        {
            switch (message.Type)
            {
                case "shutdown_request": Shutdown(message, Sockets.ReplyControl); break;
                case "interrupt_request":
                    Interrupt();
                    Sockets.ReplyControl("interrupt_reply", Ok(), message);
                    break;
                case "kernel_info_request":
                    WithStatus(message,
                    () => Sockets.ReplyControl("kernel_info_reply", KernelInfo(), message)); break;
            }
        };
    }

    internal KernelSockets Sockets { get; }

    internal ConsoleCapture Console { get; }

    INotebookEngine Engine => _engine.Value;

    /// <summary>Serves requests until the kernel ends.</summary>
    public void Run()
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            Interrupt();
        });
        using LastWords? words = _words = LastWords.Watch(Console, _connection);
        _predecessor = LastWords.OfPredecessor(_connection);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            EndCell();
            words?.Dispose();
        };
        Sockets.Start();
        Status("starting", null);
        new Thread(Serve, 16 << 20) { IsBackground = true, Name = "requests" }.Start();
        ParentWatch.EndWith(_ended.Set);
        _ended.Wait();
        Console.Flush();
    }

    /// <summary>Closes the sockets and ends connected kernels.</summary>
    public void Dispose()
    {
        if (_engine.IsValueCreated) { _engine.Value.Dispose(); }
        Sockets.Dispose();
        Console.Dispose();
        _requests.Dispose();
        _answers.Dispose();
        _ended.Dispose();
        _answered.Dispose();
    }

    internal string? Ask(string prompt, bool password, JupyterMessage request)
    {
        lock (_asking)
        {
            Console.Flush();
            while (_answers.TryTake(out _)) { }
            Sockets.Ask(new() { ["prompt"] = prompt, ["password"] = password }, request);
            return _answers.Take().Text("value");       // an interrupt wakes the waiting thread
        }
    }

    static JsonObject Ok() => new() { ["status"] = "ok" };

    void Status(string state, JupyterMessage? request) => Sockets.Publish("status", new() { ["execution_state"] = state }, request);

    void WithStatus(JupyterMessage request, Action handle)
    {
        Status("busy", request);
        try { handle(); }
        finally { Status("idle", request); }
    }

    void Shutdown(JupyterMessage request, Action<string, JsonObject, JupyterMessage> reply) => WithStatus(request, () =>
    {
        reply("shutdown_reply", new() { ["status"] = "ok", ["restart"] = request.Flag("restart", otherwise: false) }, request);
        _ended.Set();
    });

    void Interrupt() => _running?.Interrupt();

    /// <summary>Tells the notebook that the process ends in the middle of a cell (Environment.Exit, a signal).</summary>
    void EndCell()
    {
        if (_running is not { } cell || _ended.IsSet) { return; }
        cell.End(CellResult.Failed("KernelExit",
            $"The process was ended by Environment.Exit({Environment.ExitCode}) or by a signal; the kernel's variables are lost."));
        _answered.Wait(TimeSpan.FromMinutes(1));
        Sockets.Dispose();
    }

    /// <summary>Answers a request that failed: a front end waits for every reply.</summary>
    void Refuse(JupyterMessage request, Exception error)
    {
        System.Console.Error.WriteLine($"The kernel could not answer {request.Type}: {error}");
        if (!request.Type.EndsWith("_request", StringComparison.Ordinal)) { return; }
        Sockets.ReplyShell($"{request.Type[..^"_request".Length]}_reply",
            new()
            {
                ["status"] = "error",
                ["ename"] = error.GetType().Name,
                ["evalue"] = error.Message,
                ["traceback"] = new JsonArray(error.Message),
                ["execution_count"] = _count
            }, request);
    }

    void Serve()
    {
        // Roslyn's first compilation takes most of a second, so it begins while the front end still connects. Completion waits until it is
        // asked for: its libraries cost 70 MB and, on two cores, the first cell half a second.
        _ = Task.Run(() => Engine);
        foreach (JupyterMessage request in _requests.GetConsumingEnumerable())
        {
            WithStatus(request, () =>
            {
                try { Handle(request); }
                catch (Exception error) { Refuse(request, error); }      // one bad request must not stop the others
            });
            AnswerQueued();
        }
    }
}
