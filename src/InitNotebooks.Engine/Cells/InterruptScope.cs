namespace InitNotebooks.Engine;

/// <summary>
/// While it lives, an interrupt reaches the thread that made it: its loops are told, its waits are woken, and woken again where the code
/// caught that and waits on. After it, none does.
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
        _registration.Unregister();        // its Dispose would wait, and an interrupt breaks that
        bool entered = false;
        while (!entered)
        {
            try
            {
                Monitor.Enter(_gate, ref entered);
            }
            catch (ThreadInterruptedException)
            {
                // It came while this waited; there is no other before the gate is passed.
            }
        }
        _left = true;
        _timer?.Dispose();
        Monitor.Exit(_gate);
        if (!_struck) { return; }
        Guard.Release(_cell);
        try
        {
            // A thread that was interrupted while it did not wait would throw at its next wait.
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // That was it.
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
