using TorchInit.Oracle;

namespace TorchInit.Tests.Oracle;

/// <summary>However a worker ends, its case is an error with a reason, in bounded time and memory.</summary>
public sealed class WorkerDeathTests : IDisposable
{
    static readonly OracleRequest s_request = new() { CallJson = """{"call":"Linear","args":[3,4]}""", Seed = "0" };

    readonly StandInPython _python = new();

    public void Dispose() => _python.Dispose();

    Exception Ask(string command, string? reply = null, double seconds = 60)
    {
        string python = _python.Worker(command, reply);
        using WorkerOracle oracle = new(new() { Python = python, Script = _python.Script, RequestTimeout = TimeSpan.FromSeconds(seconds) });
        return Assert.ThrowsAny<Exception>(() => oracle.Run(s_request));
    }

    [Theory]
    [InlineData("echo 'the last words' >&2; exit 41", 41)]
    [InlineData("head -c 20 reply; exit 41", 41)]
    [InlineData("kill -9 $$", 128 + 9)]
    public void A_death_in_the_middle_says_how(string command, int code)
    {
        OracleCrashedException crash = Assert.IsType<OracleCrashedException>(Ask(command, StandInPython.Error("ValueError", "no")));
        Assert.Equal((code, false), (crash.ExitCode, crash.TimedOut));
    }

    [Fact]
    public void A_hung_worker_is_stopped()
    {
        OracleCrashedException crash = Assert.IsType<OracleCrashedException>(Ask("sleep 600", seconds: 1));
        Assert.True(crash.TimedOut);
    }

    [Fact]
    public void A_limit_holds_when_a_grandchild_keeps_the_output_open()
    {
        // It has left the worker's tree for another parent, so killing the tree does not close the pipe.
        OracleCrashedException crash = Assert.IsType<OracleCrashedException>(Ask("(sleep 40 &)\nsleep 600", seconds: 1));
        Assert.True(crash.TimedOut);
    }

    [Fact]
    public void A_death_is_noticed_when_a_grandchild_keeps_the_output_open()
    {
        OracleCrashedException crash = Assert.IsType<OracleCrashedException>(Ask("(sleep 40 &)\nexit 41", seconds: 600));
        Assert.Equal((41, false), (crash.ExitCode, crash.TimedOut));
    }

    [Fact]
    public void What_a_dying_worker_has_answered_is_taken()
    {
        string python = _python.Worker("cat reply; exit 41", StandInPython.Error("ValueError", "no"));
        using WorkerOracle oracle = new(new() { Python = python, Script = _python.Script });
        Assert.Equal(new OracleError("ValueError", "no"), oracle.Run(s_request).Error);
    }

    [Theory]
    [InlineData("cat reply; sleep 600", "{}")]
    [InlineData("echo Welcome to a shell which is no oracle at all; sleep 600", null)]
    [InlineData("cat reply; sleep 600", "[[[[")]
    [InlineData("cat reply; sleep 600", """{"tensors":[{"name":"a","dtype":"float32","shape":[4]}],"warnings":[],"state":0}""")]
    public void Garbage_is_refused(string command, string? reply) => Assert.IsType<OracleProtocolException>(Ask(command, reply));

    [Fact]
    public void A_probe_reads_no_more_than_an_answer()
    {
        PythonCandidate endless = PythonProbe.Ask(_python.Probed("yes"), "test");
        Assert.Equal("not a Python: it writes more than 4096 bytes", endless.Refusal);
        PythonCandidate loud = PythonProbe.Ask(_python.Probed("yes >&2 & echo torchinit 3.11.2 True; kill $!"), "test");
        Assert.Null(loud.Refusal);
    }

    [Fact]
    public void A_probe_that_hangs_is_given_up()
        => Assert.Equal("no answer in 1 seconds", PythonProbe.Ask(_python.Probed("sleep 600"), "test", TimeSpan.FromSeconds(1)).Refusal);

    [Fact]
    public void A_probe_ends_when_a_grandchild_keeps_the_output_open()
    {
        PythonCandidate found = PythonProbe.Ask(_python.Probed("(sleep 40 &) ; echo torchinit 3.11.2 True"), "test");
        Assert.Equal(("3.11.2", null), (found.Version, found.Refusal));
    }
}
