using System.Text.Json;
using System.Text.Json.Nodes;
using InitNotebooks.Engine;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;

namespace TorchInit.Cli;

/// <summary><c>#!connect pythonnet</c>: Python cells in this process, without a Jupyter server.</summary>
sealed class PythonNetKernel : IOtherKernel
{
    const string Name = "pythonnet";

    // Python takes an interrupt at its next step, and some code swallows one.
    static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(500);
    static Task? s_running;

    readonly PythonCells _cells;
    string? _origin;

    PythonNetKernel(PythonCells cells) => _cells = cells;

    public static KernelKind Kind { get; } = new(Name, [new("python", "PATH", IsRequired: false)], Connect)
    {
        UsualName = "python",
        // Cells take a StateDict from Python and ask the same Python by LiveTorch; what is built upon these must be of the same build.
        Common = ["TorchInit", "TorchInit.Oracle", "TorchInit.Oracle.PythonNet", "TorchInit.Parity", "InitNotebooks.Plots",
            "Python.Runtime"],
    };

    public string Origin => _origin ??= _cells.Host.IsRunning ? _cells.Version : "";

    /// <summary>Whether a C# cell failed because there is no Python. If there is one, the failure is an error: recorded output in
    /// its place would hide it.</summary>
    public static bool IsLack(CellError error) => error.Name == nameof(OracleUnavailableException) && !HasPython();

    public CellResult Run(string code, ICellOutput output, CancellationToken interrupt)
    {
        if (IsBusy) { return CellResult.Failed("PythonBusy", Busy); }
        CellResult result = CellResult.Nothing;
        Task running = Task.Factory.StartNew(() => result = RunHere(code, output, interrupt), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        s_running = running;
        CancellationTokenRegistration registration = interrupt.Register(() => Interrupt(running));
        while (true)
        {
            try
            {
                running.Wait(CancellationToken.None);
                registration.Unregister();        // Dispose would wait, and an interrupt would break the wait
                return result;
            }
            catch (ThreadInterruptedException)
            {
                // The interrupt woke this thread; the registration above interrupts Python.
            }
        }
    }

    public object? Get(string name) => Shared(() => _cells.Get(name));

    public void Set(string name, object? value) => Shared<object?>(() =>
    {
        _cells.Set(name, value);
        return null;
    });

    public (IReadOnlyList<string> Names, int Start)? Complete(string code, int position)
    {
        if (IsBusy) { return null; }
        PythonCompletion found = _cells.Complete(code, position);
        return (found.Names, found.Start);
    }

    public string? Inspect(string code, int position) => IsBusy ? null : _cells.Inspect(code, position);

    /// <summary>Leaves Python running: a process can start it only once.</summary>
    public void Dispose()
    {
    }

    const string Busy = "An earlier Python cell did not stop when it was interrupted and still runs; restart the kernel to end it.";

    static bool IsBusy => s_running is { IsCompleted: false };

    static PythonNetKernel Connect(IReadOnlyDictionary<string, string> options)
    {
        try
        {
            PythonNetOptions? chosen = options.TryGetValue("python", out string? python) ? new() { Python = python } : null;
            return new(new(PythonHost.Start(chosen)));
        }
        catch (OracleUnavailableException error)
        {
            throw new KernelUnavailableException(error.Message);
        }
        catch (InvalidOperationException error)
        {
            throw new MagicException($"#!connect {Name}: {error.Message}");      // another Python runs, or it was shut down
        }
    }

    static bool HasPython()
    {
        try { return PythonLocator.FindLibrary(PythonLocator.Locate()).Refusal is null; }
        catch (OracleUnavailableException) { return false; }
    }

    static T Shared<T>(Func<T> share)
    {
        if (IsBusy) { throw new MagicException(Busy); }
        try
        {
            return share();
        }
        catch (PythonRaisedException error)
        {
            throw new MagicException(error.Message);
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException or OverflowException or OutOfMemoryException
            or ObjectDisposedException)
        {
            throw new MagicException(error.Message);
        }
    }

    CellResult RunHere(string code, ICellOutput output, CancellationToken interrupt)
    {
        JsonObject? shown = null;
        Func<string, bool, string?>? ask = output.CanAsk ? output.Input : null;
        try
        {
            _cells.Run(code, Take, ask);
            return CellResult.Nothing with { Shown = shown };
        }
        catch (PythonRaisedException error)
        {
            bool interrupted = interrupt.IsCancellationRequested && error is { Kind: "KeyboardInterrupt", Text: "" };
            return CellResult.Failed(error.Kind, interrupted ? "The cell was interrupted." : error.Text, error.Traceback.Split('\n'));
        }

        catch (ObjectDisposedException error)
        {
            return CellResult.Failed("PythonEnded", error.Message);
        }

        void Take(PythonCellOutput given)
        {
            switch (given)
            {
                case PythonCellText text: output.Text(text.IsError ? "stderr" : "stdout", text.Text); break;
                case PythonCellDisplay { IsResult: true } display: shown = Bundle(display); break;
                case PythonCellDisplay display: output.Display(Bundle(display), Guid.NewGuid().ToString(), update: false); break;
            }
        }
    }

    /// <summary>Repeats the interrupt: code that catches everything may swallow the first.</summary>
    void Interrupt(Task running) => new Thread(() =>
    {
        while (!running.IsCompleted)
        {
            _cells.Interrupt();
            running.Wait(s_again);
        }
    })
    { IsBackground = true, Name = "interrupt of Python" }.Start();

    static JsonObject Bundle(PythonCellDisplay display)
    {
        JsonObject data = [];
        foreach ((string mime, string content) in display.Data)
        {
            data[mime] = mime.EndsWith("json", StringComparison.Ordinal) ? Json(content) : content;
        }
        return data;
    }

    /// <summary>Text labelled JSON that does not parse stays text.</summary>
    static JsonNode? Json(string content)
    {
        try
        {
            return JsonNode.Parse(content);
        }
        catch (JsonException)
        {
            return content;
        }
    }
}
