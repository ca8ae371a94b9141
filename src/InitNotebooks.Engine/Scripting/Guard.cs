namespace InitNotebooks.Engine;

/// <summary>
/// How a running cell is interrupted. .NET 10 has no safe way to stop a thread (ControlledExecution crashes the process on Linux), so the loops and
/// functions of a cell ask; what waits is woken by Thread.Interrupt.
/// </summary>
public static class Guard
{
    static volatile CellScope? s_target;

    /// <summary>Called first in every loop and function of a cell; throws when that cell was interrupted.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public static void Poll()
    {
        // One read of a field: 1e8 iterations took 353 ms with it, 349 without.
        if (s_target is not null && CellScope.Current == s_target) { throw new OperationCanceledException("The cell was interrupted."); }
    }

    internal static void Interrupt(CellScope? cell) => s_target = cell;
}
