namespace InitNotebooks.Engine;

/// <summary>
/// Runs the continuations of a cell on the cell's own thread, so that an interrupt reaches them. Those that arrive after the cell has ended
/// run in the thread pool; those of an interrupted cell do not run.
/// </summary>
sealed class CellPump : SynchronizationContext
{
    const int MostLateSteps = 100;

    readonly object _gate = new();
    readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    bool _ended;
    bool _dropped;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (_dropped) { return; }
            if (!_ended)
            {
                _queue.Enqueue((d, state));
                Monitor.Pulse(_gate);
                return;
            }
        }
        ThreadPool.QueueUserWorkItem(_ => d(state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public void RunUntil(Task task)
    {
        task.ContinueWith(_ => Post(static _ => { }, null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            (SendOrPostCallback callback, object? state) = Take();
            callback(state);
        }
        // An async void failed while the cell was busy: the exception arrives here within a step or two, and belongs to the cell.
        for (int step = 0; step < MostLateSteps && HasWork; step++)
        {
            (SendOrPostCallback callback, object? state) = Take();
            callback(state);
        }
    }

    /// <summary>From now on, nothing runs on this thread.</summary>
    /// <param name="drop">Whether pending continuations are dropped.</param>
    public void End(bool drop)
    {
        (SendOrPostCallback, object?)[] left;
        lock (_gate)
        {
            (_ended, _dropped) = (true, drop);
            left = drop ? [] : [.. _queue];
            _queue.Clear();
        }
        foreach ((SendOrPostCallback callback, object? state) in left) { ThreadPool.QueueUserWorkItem(_ => callback(state)); }
    }

    bool HasWork
    {
        get
        {
            lock (_gate) { return _queue.Count > 0; }
        }
    }

    (SendOrPostCallback Callback, object? State) Take()
    {
        lock (_gate)
        {
            while (_queue.Count == 0) { Monitor.Wait(_gate); }
            return _queue.Dequeue();
        }
    }
}
