using System.Globalization;
using System.Runtime.InteropServices;

namespace InitNotebooks.Kernel;

/// <summary>Ends the kernel when the front end that started it has ended, for whatever reason.</summary>
static class ParentWatch
{
    const string Variable = "JPY_PARENT_PID";

    public static void EndWith(Action end)
    {
        if (OperatingSystem.IsWindows()
            || !int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int parent) || parent <= 1)
        {
            return;
        }
        new Thread(() =>
        {
            // There may be a shell in between: then the first parent still counts.
            for (int first = Parent(); Parent() == first && Kill(parent, 0) == 0;) { Thread.Sleep(1000); }
            end();
        })
        { IsBackground = true, Name = "parent" }.Start();
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Parent();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}
