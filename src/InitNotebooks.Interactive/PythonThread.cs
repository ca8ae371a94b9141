using System.Collections.Concurrent;

namespace InitNotebooks.Interactive;

/// <summary>The one thread on which cells run: torch and asyncio keep settings per thread, and a cell relies on the one before.</summary>
sealed class PythonThread : IDisposable
{
    readonly BlockingCollection<Action> _work = [];

    public PythonThread() => new Thread(Work) { IsBackground = true, Name = "Python cells" }.Start();

    public Task Run(Action action)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    void Work()
    {
        foreach (Action action in _work.GetConsumingEnumerable()) { action(); }
    }
}
