using System.Text.Json;
using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>The search for libpython, among Pythons that are shell scripts.</summary>
public sealed class PythonLibraryTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("torchinit-").FullName;

    public PythonLibraryTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_Python_names_is_taken()
    {
        string library = Path.Combine(_root, "libpython3.11.so.1.0");
        File.WriteAllText(library, "twelve bytes");
        Assert.Equal(new(library, "/usr/bin/python3", "3.11.2 (main)", null), Find(library, 12));
        string link = Path.Combine(_root, "libpython3.11.so");
        File.CreateSymbolicLink(link, library);
        Assert.Equal(link, Find(link, 12).Path);
    }

    [Theory]
    [InlineData("/usr/bin/python3", "apt-get install libpython3.11")]
    [InlineData("/home/someone/python", "built with --enable-shared")]
    public void A_missing_one_is_refused_with_what_helps(string program, string help)
    {
        PythonLibrary found = Find(null, 0, program);
        Assert.Null(found.Path);
        Assert.StartsWith("libpython3.11.so.1.0 is in none of /usr/lib, /lib; ", found.Refusal);
        Assert.EndsWith(help, found.Refusal);
    }

    [Fact]
    public void A_launcher_into_another_root_is_refused()
    {
        string library = Path.Combine(_root, "libpython3.11.so.1.0");
        Assert.EndsWith("is in a file system that this process does not see", Find(library, 12).Refusal);
        File.WriteAllText(library, "another file");
        Assert.EndsWith("is in a file system that this process does not see", Find(library, 13).Refusal);
    }

    [Fact]
    public void A_free_threaded_one_is_refused()
        => Assert.StartsWith("it is a free-threaded Python", Find("/lib/x", 1, free: true).Refusal);

    [Theory]
    [InlineData("echo hello", "not a Python: it did not report where its library is")]
    [InlineData("echo '{}'", "not a Python: it did not report where its library is")]
    [InlineData("echo '[]'", "not a Python: it did not report where its library is")]
    [InlineData("echo gone >&2; exit 3", "crashed: exit code 3: gone")]
    public void What_answers_something_else_is_refused(string body, string why) => Assert.StartsWith(why, Ask(body).Refusal);

    [Fact]
    public void The_live_Python_repeats_its_version()
    {
        PythonCandidate python;
        try
        {
            python = PythonLocator.Locate();
        }
        catch (OracleUnavailableException error)
        {
            Assert.Skip(error.Message);
            return;
        }
        PythonLibrary found = PythonLocator.FindLibrary(python);
        Assert.StartsWith(python.Version!, found.FullVersion);
        Assert.True(found.Refusal is null ? File.Exists(found.Path) : found.Refusal.Length > 20);
    }

    PythonLibrary Find(string? library, long size, string program = "/usr/bin/python3", bool free = false)
    {
        string[] names = ["libpython3.11.so.1.0"], folders = ["/usr/lib", "/lib"];
        string answer = JsonSerializer.Serialize(new { program, full = "3.11.2 (main)", names, folders, free, library, size });
        return Ask($"cat <<'END'\n{answer}\nEND");
    }

    PythonLibrary Ask(string body)
    {
        string path = Path.Combine(_root, "python3");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(path, mine); }
        return PythonLocator.FindLibrary(new(path, "a test", "3.11.2", null));
    }
}
