using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>
/// Raises KeyboardInterrupt in the Python code of this thread when the time is over. Made and stopped with Python's lock held.
/// </summary>
sealed class Interrupt : IDisposable
{
    const int Running = 0, Done = 1, Late = 2;
    readonly PythonHost _host;
    readonly ulong _thread = PythonEngine.GetPythonThreadID();
    readonly Timer _timer;
    int _state;

    public Interrupt(PythonHost host, TimeSpan patience)
    {
        _host = host;
        _timer = new(_ => host.WithLock(Raise), null, patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the watch.</summary>
    /// <returns>Whether the time was over before.</returns>
    public bool Stop()
    {
        bool late = Interlocked.CompareExchange(ref _state, Done, Running) == Late;
        if (late) { _host.ForgetInterrupt(_thread); }
        return late;
    }

    public void Dispose()
    {
        Stop();
        _timer.Dispose();
    }

    // Under Python's lock, as Stop: the interrupt is raised before Stop or not at all.
    void Raise()
    {
        if (Interlocked.CompareExchange(ref _state, Late, Running) == Running) { _ = PythonEngine.Interrupt(_thread); }
    }
}
