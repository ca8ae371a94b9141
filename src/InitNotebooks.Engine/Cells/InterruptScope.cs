namespace InitNotebooks.Engine;

/// <summary>
/// While it lives, an interrupt reaches the thread that created it: its loops are told and its waits are woken, again and again if the code
/// catches that and waits on. Afterwards, none does.
/// </summary>
sealed class InterruptScope : IDisposable
{
    static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(150);

    readonly object _gate = new();
    readonly Thread _thread = Thread.CurrentThread;
    readonly CellScope? _cell = CellScope.Current;
    readonly CancellationTokenRegistration _registration;
    Timer? _timer;
    bool _struck;
    bool _left;

    public InterruptScope(CancellationToken interrupt) => _registration = interrupt.Register(Strike);

    public void Dispose()
    {
        _registration.Unregister();        // Dispose would wait, and an interrupt would break the wait
        bool entered = false;
        while (!entered)
        {
            try
            {
                Monitor.Enter(_gate, ref entered);
            }
            catch (ThreadInterruptedException)
            {
                // It came during this wait; no other comes before the gate is passed.
            }
        }
        _left = true;
        _timer?.Dispose();
        Monitor.Exit(_gate);
        if (!_struck) { return; }
        Guard.Release(_cell);
        try
        {
            // A thread interrupted while it was not waiting would throw at its next wait.
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // That consumed it.
        }
    }

    void Strike()
    {
        lock (_gate)
        {
            if (_left) { return; }
            _struck = true;
            Guard.Interrupt(_cell);
            _thread.Interrupt();
            _timer ??= new(_ => Strike(), null, s_again, s_again);
        }
    }
}
