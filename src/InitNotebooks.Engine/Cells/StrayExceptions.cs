using System.Runtime.ExceptionServices;

namespace InitNotebooks.Engine;

/// <summary>
/// An exception that nobody catches, on a thread, a timer or in an async void of a cell, would end the process, and the notebook's reader
/// would not know why. Here it ends the thread, and its cell says so.
/// </summary>
static class StrayExceptions
{
    static int s_taken;

    /// <summary>Once in a process; a host that has a handler of its own keeps it.</summary>
    public static void Take()
    {
        if (Interlocked.Exchange(ref s_taken, 1) != 0) { return; }
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(Belongs);
        }
        catch (InvalidOperationException)
        {
            // The host's handler decides.
        }
    }

    static bool Belongs(Exception error)
    {
        if (CellScope.Current is not { } cell || IsOfTheHost(error)) { return false; }
        if (error is not CellInterruptedException) { cell.Stray(error); }
        return true;
    }

    /// <summary>No cell started that thread, and it serves the sockets: without them a kernel is deaf, and had better end.</summary>
    static bool IsOfTheHost(Exception error)
        => CellScope.Own is null && (error.StackTrace?.Contains("at NetMQ.", StringComparison.Ordinal) ?? error is OutOfMemoryException);
}
