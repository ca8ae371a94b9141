using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Host;

/// <summary>A process with a Python in it ends: again and again, whatever its threads do.</summary>
public class EndTests
{
    // 20 in the test command; TORCHINIT_STARTS=1000 for a night.
    static int Starts => int.TryParse(Environment.GetEnvironmentVariable("TORCHINIT_STARTS"), out int starts) ? starts : 20;

    [Fact]
    public void Starts_and_ends_again_and_again()
    {
        string drawn = HostProcess.Lines("draw");
        for (int i = 1; i < Starts; i++) { Assert.Equal(i % 4 == 0 ? drawn : "2", HostProcess.Lines(i % 4 == 0 ? "draw" : "start")); }
    }

    [Theory, InlineData("loop"), InlineData("sleep"), InlineData("keeps-lock")]
    public void A_thread_in_Python_does_not_keep_the_process(string scenario) => Assert.Equal("ending", HostProcess.Lines(scenario));

    [Fact]
    public void Environment_Exit_inside_Run_ends_with_its_code()
    {
        InProcess.Require();
        (int code, string output, string errors) = HostProcess.Run("exit-inside");
        Assert.Equal((7, "printed before", ""), (code, output, errors));
    }

    [Fact]
    public void What_was_printed_and_what_atexit_holds_is_not_lost()
        => Assert.Equal("the first word\nthe last word", HostProcess.Lines("at-exit"));

    [Fact]
    public void After_Shutdown_every_use_is_an_error_and_every_disposal_is_nothing()
        => Assert.Equal(
            """
            inside: InvalidOperationException
            read: ObjectDisposedException
            reset: ObjectDisposedException
            names: ObjectDisposedException
            seed: ObjectDisposedException
            ask: ObjectDisposedException
            start: InvalidOperationException
            dispose: done
            dispose: done
            dispose: done
            shutdown: done
            the end
            """.ReplaceLineEndings("\n"),
            HostProcess.Lines("shutdown"));
}
