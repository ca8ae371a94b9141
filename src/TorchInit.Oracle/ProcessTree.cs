using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>A process and its descendants.</summary>
static class ProcessTree
{
    /// <summary>Kills the process and its descendants; one that has been adopted by another parent survives.</summary>
    internal static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // The process or a child has already ended: there is nothing left to kill.
        }
    }
}
