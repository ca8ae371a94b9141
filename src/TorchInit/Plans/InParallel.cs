using System.Runtime.ExceptionServices;

namespace TorchInit;

/// <summary>Parts of one piece of work on several threads; what one of them refuses is thrown as it is, and not as a list of
/// errors.</summary>
static class InParallel
{
    /// <param name="start">The first part.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="threads">At most.</param>
    /// <param name="body">Called once a part.</param>
    public static void For(int start, int end, int threads, Action<int> body)
    {
        try
        {
            Parallel.For(start, end, new() { MaxDegreeOfParallelism = threads }, body);
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
