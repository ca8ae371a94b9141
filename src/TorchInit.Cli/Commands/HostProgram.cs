using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace TorchInit.Cli;

/// <summary>
/// The program in which cells run: this command again, in a load context of its own, so that what a cell references meets nothing of ours.
/// </summary>
static class HostProgram
{
    static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "InitNotebooks.Host.dll");

    /// <summary>Whether this is it.</summary>
    public static bool IsThis => AssemblyLoadContext.GetLoadContext(typeof(HostProgram).Assembly) != AssemblyLoadContext.Default;

    /// <summary>What starts it, without the command's arguments.</summary>
    public static string[] Command => [Dotnet(), s_file];

    /// <summary>What a front end is told to start: an installed tool by its own name, which stays when the tool is updated.</summary>
    public static string[] LastingCommand
        => Environment.ProcessPath is { } process
            && Path.GetFileNameWithoutExtension(process) is not ("dotnet" or "InitNotebooks.Host" or "TorchInit.Cli")
            ? [process] : Command;

    /// <summary>
    /// Goes on as that program, with the same arguments; on Unix as the same process, so that signals and parents stay as they are.
    /// </summary>
    /// <returns>Its exit code, where it was another process.</returns>
    public static int Become()
    {
        string[] command = [.. Command, .. Environment.GetCommandLineArgs()[1..]];
        if (!OperatingSystem.IsWindows())
        {
            nint[] words = [.. command.Select(Marshal.StringToCoTaskMemUTF8), 0];
            int failed = Execute(words[0], words);       // it returns only then
            throw new IOException($"{command[0]} could not be started: {failed}, error {Marshal.GetLastPInvokeError()}.");
        }
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The dotnet that runs this program, whatever the program's own file is called.</summary>
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
