using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace TorchInit.Cli;

/// <summary>
/// The program that runs cells: this command again, in a load context of its own, so that a cell's references never clash with ours.
/// </summary>
static class HostProgram
{
    static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "InitNotebooks.Host.dll");

    /// <summary>Whether this process is that program.</summary>
    public static bool IsThis => AssemblyLoadContext.GetLoadContext(typeof(HostProgram).Assembly) != AssemblyLoadContext.Default;

    /// <summary>The command line that starts it, without arguments.</summary>
    public static string[] Command => [Dotnet(), s_file];

    /// <summary>The command that a front end starts: an installed tool by its own name, which survives an update.</summary>
    public static string[] LastingCommand
        => Environment.ProcessPath is { } process
            && Path.GetFileNameWithoutExtension(process) is not ("dotnet" or "InitNotebooks.Host" or "TorchInit.Cli")
            ? [process] : Command;

    /// <summary>
    /// Continues as that program with the same arguments; on Unix in the same process, so that signals and the parent stay the same.
    /// </summary>
    /// <returns>The program's exit code; on Unix this call does not return.</returns>
    public static int Become()
    {
        string[] command = [.. Command, .. Environment.GetCommandLineArgs()[1..]];
        if (!OperatingSystem.IsWindows())
        {
            nint[] words = [.. command.Select(Marshal.StringToCoTaskMemUTF8), 0];
            int failed = Execute(words[0], words);       // returns only on failure
            throw new IOException($"{command[0]} could not be started: {failed}, error {Marshal.GetLastPInvokeError()}.");
        }
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The dotnet executable that runs this program, whatever the program's own file is called.</summary>
    static string Dotnet()
    {
        if (Environment.ProcessPath is { } process && Path.GetFileNameWithoutExtension(process) == "dotnet") { return process; }
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }

    [DllImport("libc", EntryPoint = "execv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Execute(nint path, nint[] arguments);
}
