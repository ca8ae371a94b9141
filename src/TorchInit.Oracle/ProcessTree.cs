using System.Diagnostics;

namespace TorchInit.Oracle;

/// <summary>A program and what it started.</summary>
static class ProcessTree
{
    /// <summary>Kills all of it that is still its child; what has left it for another parent lives on.</summary>
    internal static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended already, or a child has: there is nothing left to kill.
        }
    }
}
