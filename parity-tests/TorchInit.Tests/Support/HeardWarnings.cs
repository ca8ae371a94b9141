namespace TorchInit.Tests;

/// <summary>What torch would warn of.</summary>
static class HeardWarnings
{
    /// <summary>The warnings raised on this thread: the event is the process's, and other tests draw on other threads.</summary>
    public static List<TorchWarning> Of(Action action)
    {
        List<TorchWarning> heard = [];
        int thread = Environment.CurrentManagedThreadId;
        void Hear(TorchWarning warning)
        {
            if (Environment.CurrentManagedThreadId == thread) { heard.Add(warning); }
        }
        TorchWarning.Raised += Hear;
        try { action(); }
        finally { TorchWarning.Raised -= Hear; }
        return heard;
    }
}
