using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace TorchInit.Tests.Oracle;

/// <summary>Shell scripts in the place of a Python: they answer the probe, say hello as a worker does, and then what a test
/// wants.</summary>
sealed class StandInPython : IDisposable
{
    const string Hello = """
        {"protocol":1,"info":{"torch":"1.13.1","package":"1.13.1","python":"3.11.2","platform":"linux-x64","cpu":"AVX2","libc":"glibc 2.36",
        "blas":"generic","mkl":false,"lapack":"liblapack.so.3.11.0 (LAPACK 3.11.0)"}}
        """;

    readonly string _root = Directory.CreateTempSubdirectory("torchinit-").FullName;

    public StandInPython()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        File.WriteAllText(Script, "");
    }

    /// <summary>What a worker is told to run: nothing.</summary>
    public string Script => Path.Combine(_root, "script.py");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Answers the probe with a shell command.</summary>
    public string Probed(string command) => Write($"case \"$2\" in -c) {command};; esac");

    /// <summary>A worker that says hello, reads the beginning of a request, and then runs a shell command; <c>cat reply</c>
    /// answers.</summary>
    public string Worker(string command, string? reply = null) => Worker(command, Hello, reply ?? "{}", []);

    /// <summary>A worker that says another hello, and whose reply has a payload.</summary>
    public string Worker(string command, string hello, string reply, byte[] payload)
    {
        File.WriteAllBytes(Path.Combine(_root, "hello"), Frame(hello));
        File.WriteAllBytes(Path.Combine(_root, "reply"), [.. Frame(reply, payload.Length), .. payload]);
        const string Probed = "case \"$2\" in -c) echo torchinit 3.11.2 True; exit;; esac";
        return Write($"{Probed}\ncd '{_root}'\ncat hello\nhead -c 12 > /dev/null\n{command}");
    }

    /// <summary>A reply that torch raised an error; the message as JSON writes it.</summary>
    public static string Error(string kind, string message)
        => """{"tensors":[],"warnings":[],"state":0,"error":{"kind":"KIND","message":"MESSAGE"}}"""
        .Replace("KIND", kind, StringComparison.Ordinal).Replace("MESSAGE", message, StringComparison.Ordinal);

    string Write(string body)
    {
        string path = Path.Combine(_root, "python3"), text = Path.Combine(_root, "text");
        File.WriteAllText(text, $"#!/bin/sh\n{body}\n");
        // Copied by another process: one that is started here at the same moment would hold the file open, and nothing that is being
        // written can be started.
        using Process copy = Process.Start("/bin/sh", ["-c", "cp \"$1\" \"$2\" && chmod 700 \"$2\"", "sh", text, path]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
        return path;
    }

    static byte[] Frame(string header, int payload = 0)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] prefix = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, (uint)text.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(prefix.AsSpan(4), (ulong)payload);
        return [.. prefix, .. text];
    }
}
