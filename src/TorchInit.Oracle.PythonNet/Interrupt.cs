using Python.Runtime;

namespace TorchInit.Oracle.PythonNet;

/// <summary>
/// Raises KeyboardInterrupt in this thread's Python code when the time limit is over. Created and stopped under Python's lock.
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

    /// <summary>Stops the timer.</summary>
    /// <returns>Whether the time limit had passed.</returns>
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

    // Under Python's lock, like Stop: the interrupt is raised before Stop or not at all.
    void Raise()
    {
        if (Interlocked.CompareExchange(ref _state, Late, Running) == Running) { _ = PythonEngine.Interrupt(_thread); }
    }
}
