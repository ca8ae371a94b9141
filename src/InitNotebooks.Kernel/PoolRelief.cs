namespace InitNotebooks.Kernel;

/// <summary>
/// Keeps the thread pool answering while a cell runs. The sockets and the console's timers need it, and a cell that loops on every
/// thread of it (Parallel.For over an endless loop) would block them for as many seconds as it has threads, since .NET adds one no
/// sooner while the processor is busy. So a pool that does not answer gets one more thread until it does; they go when the cell ends.
/// </summary>
sealed class PoolRelief : IDisposable
{
    const int MostExtra = 64;

    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50);

    readonly ManualResetEventSlim _ended = new();
    readonly Thread _thread;

    public PoolRelief()
    {
        _thread = new(Watch) { IsBackground = true, Name = "pool relief", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>The cell has ended: restores the pool's minimum number of threads.</summary>
    public void Dispose()
    {
        _ended.Set();
        _thread.Join();
        _ended.Dispose();
    }

    void Watch()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        int extra = 0;
        while (!_ended.Wait(s_patience))
        {
            Probe probe = new();
            ThreadPool.UnsafeQueueUserWorkItem(probe, preferLocal: false);
            while (!_ended.Wait(s_patience) && !probe.IsAnswered)
            {
                if (extra < MostExtra && ThreadPool.SetMinThreads(workers + extra + 1, ports)) { extra++; }
            }
        }
        ThreadPool.GetMinThreads(out int now, out ports);
        // Unless the cell itself has changed the number.
        if (extra > 0 && now == workers + extra) { ThreadPool.SetMinThreads(workers, ports); }
    }

    sealed class Probe : IThreadPoolWorkItem
    {
        volatile bool _answered;

        public bool IsAnswered => _answered;

        public void Execute() => _answered = true;
    }
}
