using System.Diagnostics;
using TorchInit.Oracle;
using TorchInit.ParityTests.Support;

namespace TorchInit.ParityTests.Oracle;

/// <summary>The worker as a process: its death, its time, its surroundings.</summary>
public sealed class WorkerTests : IDisposable
{
    const string Linear = """{"call":"Linear","args":[3,4]}""";
    readonly string _directory = Directory.CreateTempSubdirectory("torchinit-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_killed_worker_fails_its_case_and_the_next_gets_a_new_one()
    {
        using WorkerOracle oracle = LiveTorch.StartOwn(new());
        string before = Ask.Sha256(Ask.Of(oracle, Linear));
        int first = oracle.WorkerId!.Value;
        using (Process worker = Process.GetProcessById(first))
        {
            worker.Kill();
            worker.WaitForExit();
        }
        OracleCrashedException crash = Assert.Throws<OracleCrashedException>(() => Ask.Of(oracle, Linear));
        Assert.False(crash.TimedOut);
        if (!OperatingSystem.IsWindows()) { Assert.Equal(128 + 9, crash.ExitCode); }
        Assert.Equal(before, Ask.Sha256(Ask.Of(oracle, Linear)));
        Assert.NotEqual(first, oracle.WorkerId);
    }

    [Fact]
    public void A_case_that_takes_too_long_is_stopped_and_the_next_is_answered()
    {
        using WorkerOracle oracle = LiveTorch.StartOwn(new() { RequestTimeout = TimeSpan.FromSeconds(10) });
        // 2^20 resets of a small recurrent net: a minute at least.
        OracleRequest slow = new() { CallJson = """{"call":"LSTM","args":[3,4,8]}""", Seed = "0", Reset = 1 << 20 };
        OracleCrashedException late = Assert.Throws<OracleCrashedException>(() => oracle.Run(slow));
        Assert.True(late.TimedOut);
        Assert.Null(late.ExitCode);
        Ask.Of(oracle, Linear);
    }

    [Fact]
    public void Dispose_ends_the_process_and_a_disposed_oracle_says_so()
    {
        WorkerOracle oracle = LiveTorch.StartOwn(new());
        int id = oracle.WorkerId!.Value;
        oracle.Dispose();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
        Assert.Throws<ObjectDisposedException>(() => Ask.Of(oracle, Linear));
        oracle.Dispose();
    }

    [Fact]
    public void Code_on_PYTHONPATH_is_not_run()
    {
        string trace = Path.Combine(_directory, "ran");
        foreach (string module in (string[])["sitecustomize.py", "usercustomize.py", "json.py", "torch.py"])
        {
            File.WriteAllText(Path.Combine(_directory, module), $"open(r'{trace}', 'w').close()\n");
        }
        using WorkerOracle oracle = LiveTorch.StartOwn(new()
        {
            Environment = new Dictionary<string, string?>
            {
                ["PYTHONPATH"] = _directory,
                ["PYTHONSTARTUP"] = Path.Combine(_directory,
                "json.py"),
                ["PYTHONHOME"] = _directory
            },
        });
        Ask.Of(oracle, Linear);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void What_a_library_prints_does_not_reach_the_protocol()
    {
        // The real program after a library that prints at each call, by Python and by the C level's descriptor 1.
        string script = Path.Combine(_directory, "noisy.py");
        File.WriteAllText(script, $$"""
            import os, runpy, warnings
            real = warnings.catch_warnings
            class Noisy(real):
                def __enter__(self):
                    print("a library's word " * 100, flush=True)
                    os.write(1, b"\x00\x01\x02 raw")
                    os.read(0, 1)
                    return super().__enter__()
            warnings.catch_warnings = Noisy
            runpy.run_path(r"{{new WorkerOptions().Script}}", run_name="__main__")
            """);
        using WorkerOracle oracle = LiveTorch.StartOwn(new() { Script = script });
        using WorkerOracle quiet = LiveTorch.StartOwn(new());
        string expected = Ask.Sha256(Ask.Of(quiet, Linear));
        for (int i = 0; i < 3; i++) { Assert.Equal(expected, Ask.Sha256(Ask.Of(oracle, Linear))); }
    }

    [Fact]
    public void A_dying_workers_last_words_are_in_the_error()
    {
        string script = Path.Combine(_directory, "dying.py");
        File.WriteAllText(script, $$"""
            import os, runpy, sys, warnings
            class Dying(warnings.catch_warnings):
                def __enter__(self):
                    if "answer" in sys._getframe(1).f_code.co_name:
                        os.write(2, b"x" * 100000 + b"\nthe last words\n")
                        os._exit(41)
                    return super().__enter__()
            warnings.catch_warnings = Dying
            runpy.run_path(r"{{new WorkerOptions().Script}}", run_name="__main__")
            """);
        using WorkerOracle oracle = LiveTorch.StartOwn(new() { Script = script });
        OracleCrashedException crash = Assert.Throws<OracleCrashedException>(() => Ask.Of(oracle, Linear));
        Assert.Equal(41, crash.ExitCode);
        Assert.EndsWith("the last words", crash.StandardErrorTail);
        Assert.InRange(crash.StandardErrorTail.Length, 1000, 8192);
    }

    [Fact]
    public void A_named_Python_without_torch_is_not_replaced_by_another()
    {
        using WorkerOracle found = LiveTorch.StartOwn(new());
        string python = Path.Combine(_directory, "python3");
        OracleUnavailableException error = Assert.Throws<OracleUnavailableException>(() => new WorkerOracle(new() { Python = python }));
        PythonCandidate candidate = Assert.Single(error.Tried);
        Assert.Equal(("named by the caller", "not found"), (candidate.Source, candidate.Refusal));
        using WorkerOracle named = new(new() { Python = found.Python.Path });
        Assert.Equal(found.Python.Path, named.Python.Path);
    }

    [Fact]
    public void The_first_python3_on_PATH_is_judged_by_whether_it_has_torch()
    {
        using (LiveTorch.StartOwn(new())) { /* skips where there is no torch at all */ }
        PythonCandidate first = PythonLocator.Candidates(PythonSearch.OfThisProcess("python3")).Single();
        Assert.SkipWhen(first.Refusal == "not found", "PATH has no python3");
        if (first.Refusal is null)
        {
            using WorkerOracle oracle = new(new() { Python = "python3" });
            Assert.Equal(first.Path, oracle.Python.Path);
        }
        else
        {
            OracleUnavailableException error
            = Assert.Throws<OracleUnavailableException>(() => new WorkerOracle(new() { Python = "python3" }));
            Assert.Equal(first, Assert.Single(error.Tried));
            Assert.Matches("no torch: ModuleNotFoundError|Python 3\\.[0-7]|Python 2|crashed|cannot be started", first.Refusal);
        }
    }

    [Fact]
    public void A_torch_that_cannot_be_imported_is_refused_with_its_reason()
    {
        string script = Path.Combine(_directory, "broken.py");
        File.WriteAllText(script, $$"""
            import runpy, sys
            sys.modules["torch"] = None
            runpy.run_path(r"{{new WorkerOptions().Script}}", run_name="__main__")
            """);
        using (LiveTorch.StartOwn(new())) { /* skips where there is no torch at all */ }
        OracleUnavailableException error = Assert.Throws<OracleUnavailableException>(() => new WorkerOracle(new() { Script = script }));
        Assert.Contains("torch cannot be imported: ModuleNotFoundError", error.Message);
    }

    [Fact]
    public void Many_threads_get_each_their_own_answer()
    {
        using WorkerOracle oracle = LiveTorch.StartOwn(new());
        string[] expected = [.. Enumerable.Range(0, 4).Select(seed => Ask.Sha256(Ask.Of(oracle, Linear, seed: $"{seed}")))];
        Parallel.For(0, 200, i => Assert.Equal(expected[i % 4], Ask.Sha256(Ask.Of(oracle, Linear, seed: $"{i % 4}"))));
    }
}
