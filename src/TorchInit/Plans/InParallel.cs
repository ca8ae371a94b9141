using System.Runtime.ExceptionServices;

namespace TorchInit;

/// <summary>Runs the parts of one piece of work on several threads; an exception of a part is thrown as it is, not in an
/// AggregateException.</summary>
static class InParallel
{
    /// <param name="start">The first part.</param>
    /// <param name="end">One past the last part.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="body">Called once per part.</param>
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
