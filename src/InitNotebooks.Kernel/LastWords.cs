using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using InitNotebooks.Engine;

namespace InitNotebooks.Kernel;

/// <summary>
/// What a dying runtime prints (a stack overflow, FailFast, an abort of native code) goes into our own capture, and no thread is left to
/// show it. A shell that outlives the kernel puts it on the real stderr, where the front end's log is, and into a file for the kernel
/// that is started next.
/// </summary>
sealed class LastWords : IDisposable
{
    const int MostBytes = 1 << 16;
    const int MostLines = 40;

    // 0: open while this process lives; says where the cell's text begins. 1, 2: the real stderr. 3: what the captured one received. $1:
    // the file for the next kernel.
    static readonly string s_script = $"""
        trap '' INT TERM HUP QUIT
        umask 077
        from=0
        while read -r line; do
          [ "$line" = ended ] && exit 0
          from=$line
        done
        words=$(exec 2>/dev/null; tail -c "+$((from + 1))" <&3 | tr -d '\000' | head -c {MostBytes})
        printf '%s\n' "The kernel ended:" "$words"
        [ -n "$1" ] && printf '%s\n' "$words" > "$1"
        """;

    readonly AnonymousPipeServerStream _life;

    LastWords(AnonymousPipeServerStream life) => _life = life;

    /// <summary>Starts the shell; null if there is none, or nothing is captured (Windows: the real stderr has it all).</summary>
    public static LastWords? Watch(ConsoleCapture console, ConnectionFile connection)
    {
        if (console.NativeError is not { } error) { return null; }
        AnonymousPipeServerStream life = new(PipeDirection.Out, HandleInheritability.None);
        bool started = Start((int)life.ClientSafePipeHandle.DangerousGetHandle(), error.Original, error.Witness, FileOf(connection) ?? "");
        life.DisposeLocalCopyOfClientHandle();
        if (started) { return new(life); }
        life.Dispose();
        return null;
    }

    /// <summary>The previous kernel's last output if it died; null if it ended normally. It is returned once.</summary>
    public static string? OfPredecessor(ConnectionFile connection)
    {
        try
        {
            if (FileOf(connection) is not { } path || !File.Exists(path)) { return null; }
            string[] lines = File.ReadAllText(path).Trim().Split('\n');
            File.Delete(path);
            string words = string.Join('\n', lines.Length > MostLines ? [.. lines[..MostLines], "…"] : lines);
            string said = words.Length == 0 ? "It printed nothing: it was killed, or native code ended it." : $"Its last words:\n{words}";
            return $"The kernel died and was restarted; its variables are gone. {said}\n";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Called when a cell begins; what is written from here on is the cell's.</summary>
    public void Begin(long from) => Tell($"{from}");

    /// <summary>Called when the kernel ends normally; the shell then prints nothing.</summary>
    public void Dispose()
    {
        Tell("ended");
        _life.Dispose();
    }

    void Tell(string line)
    {
        try
        {
            _life.Write(Encoding.ASCII.GetBytes(line + "\n"));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The shell was killed, or has already ended.
        }
    }

    static string? FileOf(ConnectionFile connection) => connection.Path is { } path ? $"{path}.last-words" : null;

    static bool Start(int life, int output, int words, string file)
    {
        nint actions = Marshal.AllocHGlobal(512);          // glibc's are 80 bytes, musl's 80, macOS's a pointer
        nint[] arguments = [.. new[] { "sh", "-c", s_script, "last-words", file }.Select(Marshal.StringToCoTaskMemUTF8), 0];
        nint[] environment = [Marshal.StringToCoTaskMemUTF8("PATH=/usr/bin:/bin"), 0];
        try
        {
            if (ActionsInit(actions) != 0) { return false; }
            foreach ((int from, int to) in new[] { (life, 0), (output, 2), (output, 1), (words, 3) })
            {
                _ = ActionsDup2(actions, from, to);
            }
            bool started = Spawn(out _, "/bin/sh", actions, 0, arguments, environment) == 0;
            _ = ActionsDestroy(actions);
            return started;
        }
        finally
        {
            foreach (nint text in arguments.Concat(environment)) { Marshal.FreeCoTaskMem(text); }
            Marshal.FreeHGlobal(actions);
        }
    }

    [DllImport("libc", EntryPoint = "posix_spawn")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Spawn(out int process, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, nint actions, nint attributes,
        nint[] arguments, nint[] environment);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int ActionsInit(nint actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int ActionsDup2(nint actions, int from, int to);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int ActionsDestroy(nint actions);
}
