using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>The search, among Pythons that are shell scripts.</summary>
public sealed class PythonLocatorTests : IDisposable
{
    const string WithTorch = "echo torchinit 3.11.2 True", WithoutTorch = "echo torchinit 3.12.1 False";
    readonly string _root = Directory.CreateTempSubdirectory("torchinit-").FullName;
    readonly Dictionary<string, string?> _environment = [];

    public PythonLocatorTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    string Python(string path, string body)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return full;
    }

    PythonSearch Search(string? named = null, string? system = null)
        => new(named, name => _environment.GetValueOrDefault(name), _root, system);

    [Fact]
    public void The_order_is_named_then_variable_then_venvs_then_system_then_PATH()
    {
        string named = Python("named/python3", WithTorch), variable = Python("variable/python3", WithTorch),
            active = Python("active/bin/python", WithTorch);
        string local = Python(".venv/bin/python", WithTorch), system = Python("system/python3", WithTorch),
            onPath = Python("path/python", WithTorch);
        _environment["TORCHINIT_PYTHON"] = variable;
        _environment["VIRTUAL_ENV"] = Path.Combine(_root, "active");
        _environment["PATH"] = $"relative:{Path.GetDirectoryName(onPath)}";
        Assert.Equal((named, "named by the caller"), Found(Search(named, system)));
        Assert.Equal((variable, "TORCHINIT_PYTHON"), Found(Search(null, system)));
        _environment.Remove("TORCHINIT_PYTHON");
        Assert.Equal([(active, "VIRTUAL_ENV"), (local, ".venv"), (system, "the system's"), (onPath, "PATH")], Search(null, system)
            .Places());
        Assert.Equal((active, "VIRTUAL_ENV"), Found(Search(null, system)));
        static (string, string) Found(PythonSearch search) => PythonLocator.Locate(search) is var found ? (found.Path, found.Source)
            : default;
    }

    [Fact]
    public void Every_refused_candidate_is_listed_with_its_reason()
    {
        Python("a/python3", WithoutTorch);
        Python("b/python3", "echo torchinit 3.7.16 True");
        Python("c/python3", "echo 'no version is set' >&2; exit 127");
        Python("d/python3", "echo hello");
        File.WriteAllText(Path.Combine(_root, "python3"), "not executable");
        _environment["VIRTUAL_ENV"] = Path.Combine(_root, "gone");
        _environment["PATH"] = string.Join(':', new[] { "a", "b", "c", "d", "" }.Select(name => Path.Combine(_root, name))
            .Append(Path.Combine(_root, "a")));
        OracleUnavailableException error = Assert.Throws<OracleUnavailableException>(() => PythonLocator.Locate(Search()));
        Assert.Equal(6, error.Tried.Count);
        Assert.Equal("not found", error.Tried[0].Refusal);
        Assert.Equal("no torch: ModuleNotFoundError", error.Tried[1].Refusal);
        Assert.StartsWith("Python 3.7.16", error.Tried[2].Refusal);
        Assert.Equal("crashed: exit code 127: no version is set", error.Tried[3].Refusal);
        Assert.StartsWith("not a Python", error.Tried[4].Refusal);
        Assert.StartsWith("cannot be started", error.Tried[5].Refusal);
        Assert.All(error.Tried, candidate => Assert.Contains($"{candidate.Path} ({candidate.Source}): {candidate.Refusal}", error.Message));
    }

    [Fact]
    public void One_without_torch_is_passed_over()
    {
        Python("a/python3", WithoutTorch);
        string second = Python("b/python3", WithTorch);
        _environment["PATH"] = $"{Path.Combine(_root, "a")}:{Path.Combine(_root, "b")}";
        PythonCandidate found = PythonLocator.Locate(Search());
        Assert.Equal((second, "3.11.2", null), (found.Path, found.Version, found.Refusal));
    }

    [Fact]
    public void A_link_to_the_same_directory_is_not_asked_twice()
    {
        Python("usr/bin/python3", WithoutTorch);
        Directory.CreateSymbolicLink(Path.Combine(_root, "bin"), Path.Combine(_root, "usr", "bin"));
        _environment["PATH"] = $"{Path.Combine(_root, "usr", "bin")}:{Path.Combine(_root, "bin")}";
        Assert.Single(Assert.Throws<OracleUnavailableException>(() => PythonLocator.Locate(Search())).Tried);
    }

    [Fact]
    public void A_bare_name_is_found_on_PATH()
    {
        string other = Python("a/python3.9", WithTorch);
        _environment["PATH"] = Path.Combine(_root, "a");
        Assert.Equal(other, PythonLocator.Locate(Search("python3.9")).Path);
        Assert.Equal("python4",
            Assert.Single(Assert.Throws<OracleUnavailableException>(() => PythonLocator.Locate(Search("python4"))).Tried).Path);
    }

    [Fact]
    public void A_worker_that_speaks_another_language_is_refused()
    {
        string python = Python("a/python3",
            "case \"$2\" in -c) echo torchinit 3.11.2 True;; *) echo 'Welcome to a shell, which is no oracle at all';; esac");
        string script = Path.Combine(_root, "script.py");
        File.WriteAllText(script, "");
        OracleUnavailableException error = Assert.Throws<OracleUnavailableException>(() => new WorkerOracle(new()
        {
            Python = python,
            Script = script
        }));
        Assert.StartsWith("not an oracle: The frame announces a header of", Assert.Single(error.Tried).Refusal);
    }

    [Fact]
    public void A_worker_that_says_nothing_is_stopped()
    {
        string python = Python("a/python3", "case \"$2\" in -c) echo torchinit 3.11.2 True;; *) sleep 600;; esac");
        string script = Path.Combine(_root, "script.py");
        File.WriteAllText(script, "");
        WorkerOptions options = new() { Python = python, Script = script, StartTimeout = TimeSpan.FromSeconds(0.5) };
        OracleUnavailableException error = Assert.Throws<OracleUnavailableException>(() => new WorkerOracle(options));
        Assert.StartsWith("crashed: The worker gave no answer in 0.5 s", Assert.Single(error.Tried).Refusal);
    }
}
