using System.Runtime.ExceptionServices;

namespace InitNotebooks.Engine;

/// <summary>
/// An uncaught exception in a cell's thread, timer or async void would end the process, and the reader of the notebook
/// would not know why. Here it ends the thread, and its cell reports it.
/// </summary>
static class StrayExceptions
{
    static int s_taken;

    /// <summary>Installs the handler once per process; a host's own handler takes precedence.</summary>
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

    /// <summary>No cell started that thread, and it serves the sockets: a kernel without them is deaf, and should end.</summary>
    static bool IsOfTheHost(Exception error)
        => CellScope.Own is null && (error.StackTrace?.Contains("at NetMQ.", StringComparison.Ordinal) ?? error is OutOfMemoryException);
}
