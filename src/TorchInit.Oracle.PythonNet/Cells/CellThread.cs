using System.Collections.Concurrent;

namespace TorchInit.Oracle.PythonNet;

/// <summary>
/// The thread that runs cells. Python's libraries keep much state per thread (torch its grad mode, numpy its error state, asyncio its
/// loop); with a new thread for each cell, a later cell would not see what an earlier one has set.
/// </summary>
static class CellThread
{
    const int StackBytes = 16 << 20;

    static readonly BlockingCollection<Action> s_jobs = [];
    static readonly Lazy<Thread> s_thread = new(Start);
    static bool s_isKept;

    /// <summary>Runs an action on that thread and waits for it. A caller that holds the lock, or is that thread, runs it
    /// directly.</summary>
    public static T Run<T>(PythonHost host, Func<T> action)
    {
        if (host.IsHeldHere || Thread.CurrentThread == s_thread.Value) { return action(); }
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // Output is assigned to its cell by the caller's context.
        ExecutionContext? context = ExecutionContext.Capture();
        s_jobs.Add(() =>
        {
            if (context is null) { Do(); }
            else { ExecutionContext.Run(context, _ => Do(), null); }
        });
        return done.Task.GetAwaiter().GetResult();

        void Do()
        {
            try
            {
                if (!s_isKept) { host.Run(host.KeepThread); }
                s_isKept = true;
                done.SetResult(action());
            }
            catch (Exception error)
            {
                done.SetException(error);       // rethrown to the waiting caller
            }
        }
    }

    static Thread Start()
    {
        Thread thread = new(() =>
        {
            foreach (Action job in s_jobs.GetConsumingEnumerable()) { job(); }
        }, StackBytes)
        { IsBackground = true, Name = "Python cells" };
        thread.Start();
        return thread;
    }
}
