using Python.Runtime;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;
using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Oracle;

/// <summary>What goes wrong inside Python ends in one clear error of one case, as far as a process can.</summary>
public class FaultTests
{
    const string Linear = """{"call":"Linear","args":[3,4]}""";

    [Theory]
    [InlineData("import sys; sys.exit(3)", 3, "exit code 3")]
    [InlineData("import sys; sys.exit()", 0, "exit code")]
    [InlineData("raise SystemExit('done')", null, "exit code done")]
    [InlineData("raise KeyboardInterrupt", null, "KeyboardInterrupt")]
    public void An_exit_inside_a_case_is_an_error_of_that_case(string code, int? exitCode, string said)
    {
        using PythonNetOracle oracle = Own();
        OracleRequest request = new() { CallJson = Linear, Seed = "0" };
        OracleCrashedException crash = Assert.Throws<OracleCrashedException>(() => With(code, () => oracle.Run(request)));
        Assert.Equal(exitCode, crash.ExitCode);
        Assert.Contains(said, crash.Message);
        Assert.False(crash.TimedOut);
        Assert.Null(oracle.Run(new() { CallJson = Linear, Seed = "0" }).Error);
    }

    [Fact]
    public void An_exception_inside_a_case_is_its_reply()
    {
        using PythonNetOracle oracle = Own();
        OracleError? error = With("raise RuntimeError('a fault')", () => oracle.Run(new() { CallJson = Linear, Seed = "0" })).Error;
        Assert.Equal(("RuntimeError", "a fault"), (error?.Kind, error?.Message));
    }

    [Fact]
    public void A_case_that_takes_too_long_is_interrupted_and_the_next_is_answered()
    {
        _ = InProcess.Torch;
        using PythonNetOracle oracle = new(new() { RequestTimeout = TimeSpan.FromSeconds(0.5) });
        // 2^20 resets of a small recurrent net: a minute at least.
        OracleRequest slow = new() { CallJson = """{"call":"LSTM","args":[3,4,8]}""", Seed = "0", Reset = 1 << 20 };
        OracleCrashedException late = Assert.Throws<OracleCrashedException>(() => oracle.Run(slow));
        Assert.True(late.TimedOut);
        using PythonNetOracle patient = new();
        for (int i = 0; i < 20; i++) { Assert.Null(patient.Run(new() { CallJson = Linear, Seed = "0", Reset = 1000 }).Error); }
    }

    [Fact]
    public void A_disposed_oracle_says_so_and_Python_goes_on()
    {
        PythonNetOracle oracle = Own();
        oracle.Dispose();
        Assert.Throws<ObjectDisposedException>(() => oracle.Run(new() { CallJson = Linear, Seed = "0" }));
        using PythonNetOracle other = new();
        Assert.Null(other.Run(new() { CallJson = Linear, Seed = "0" }).Error);
    }

    [Fact]
    public void Pythons_exceptions_arrive_with_class_text_and_traceback()
    {
        PythonRaisedException error = Assert.Throws<PythonRaisedException>(() => InProcess.Torch.Run(() => PythonEngine.Exec("""
            def inner(n):
                return {}["missing" * n]
            inner(1)
            """)));
        Assert.Equal(("KeyError", "'missing'"), (error.Kind, error.Text));
        Assert.StartsWith("Traceback (most recent call last):", error.Traceback);
        Assert.Contains("in inner", error.Traceback);
        Assert.EndsWith("KeyError: 'missing'", error.Traceback);
        Assert.Contains(error.Traceback, error.ToString());
    }

    [Theory]
    [InlineData("def f(:", "SyntaxError")]
    [InlineData("import sys; sys.exit(3)", "SystemExit")]
    [InlineData("raise KeyboardInterrupt", "KeyboardInterrupt")]
    [InlineData("class Odd(Exception):\n  def __str__(self): raise ValueError('no text')\nraise Odd()", "ValueError")]
    [InlineData("def f(): return f()\nf()", "RecursionError")]
    public void No_exception_ends_the_process(string code, string kind)
    {
        PythonRaisedException error = Assert.Throws<PythonRaisedException>(() => InProcess.Torch.Run(() => PythonEngine.Exec(code)));
        Assert.Equal(kind, error.Kind);
        Assert.Equal(2, InProcess.Torch.Run(() => { using PyObject two = PythonEngine.Eval("1 + 1"); return two.As<int>(); }));
    }

    [Fact]
    public void A_Csharp_exception_inside_Run_stays_what_it_is()
        => Assert.Throws<FormatException>(() => InProcess.Torch.Run(() => throw new FormatException("C#")));

    [Fact]
    public void An_asynchronous_action_is_refused()
    {
        Func<Task> asynchronous = async () => await Task.Yield();
        Action run = () => InProcess.Torch.Run(asynchronous);
        Assert.Throws<ArgumentException>(run);
    }

    [Fact]
    public void What_ends_the_process_ends_it_in_process()
    {
        InProcess.Require();
        Assert.Equal(41, HostProcess.Run("python-ends-process").ExitCode);
    }

    static PythonNetOracle Own()
    {
        _ = InProcess.Torch;      // skips where there is none
        return new();
    }

    // In place of Linear's constructor; other tests wait for the lock meanwhile.
    static T With<T>(string code, Func<T> action) => InProcess.Torch.Run(() =>
    {
        using PyDict names = new();
        PythonEngine.Exec($"""
            import torch_oracle
            kept = torch_oracle.NAMES["Linear"]
            def fault(*args):
                {code}
            torch_oracle.NAMES["Linear"] = ("module", fault)
            """, names);
        try
        {
            return action();
        }
        finally
        {
            PythonEngine.Exec("torch_oracle.NAMES['Linear'] = kept", names);
        }
    });
}
