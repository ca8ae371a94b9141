using System.Collections.Concurrent;

namespace InitNotebooks.Engine;

/// <summary>Runs the continuations of a cell on the cell's own thread, so that an interrupt reaches them.</summary>
sealed class CellPump : SynchronizationContext, IDisposable
{
    readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _queue.Add((d, state));
        }
        catch (ObjectDisposedException)
        {
            // The cell has ended; nobody is left to run its continuation.
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public void RunUntil(Task task)
    {
        task.ContinueWith(_ => Post(static _ => { }, null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            (SendOrPostCallback callback, object? state) = _queue.Take();
            callback(state);
        }
    }

    public void Dispose() => _queue.Dispose();
}
