namespace InitNotebooks.Tests.Wire;

/// <summary>The kernel as real front ends see it: jupyter_client drives it, check by check.</summary>
public class ConformanceTests(ConformanceTests.Run run, ITestOutputHelper output) : IClassFixture<ConformanceTests.Run>
{
    public sealed class Run : IDisposable
    {
        readonly Jupyter _jupyter = new();

        public Run() => Lines = _jupyter.Missing is null
            ? _jupyter.Run(Path.Combine(AppContext.BaseDirectory, "Jupyter", "conformance.py"), "initnotebooks-csharp").Output.Split('\n')
            : [];

        public string[] Lines { get; }

        public string? Missing => _jupyter.Missing;

        public void Dispose() => _jupyter.Dispose();
    }

    [Theory]
    [InlineData("execute")]
    [InlineData("streams")]
    [InlineData("compile_error")]
    [InlineData("exception")]
    [InlineData("await")]
    [InlineData("display_and_update")]
    [InlineData("20000_lines")]
    [InlineData("interrupt_loop")]
    [InlineData("interrupt_sleep")]
    [InlineData("interrupt_await")]
    [InlineData("interrupt_parallel")]
    [InlineData("interrupt_catch_all")]
    [InlineData("stdin")]
    [InlineData("stdin_refused")]
    [InlineData("complete")]
    [InlineData("complete_after_emoji")]
    [InlineData("complete_own_variable")]
    [InlineData("inspect")]
    [InlineData("is_complete")]
    [InlineData("history_and_comms")]
    [InlineData("wrong_signature")]
    [InlineData("garbage")]
    [InlineData("queued_cells_aborted")]
    [InlineData("unknown_directive")]
    [InlineData("python_cells")]
    [InlineData("start_and_memory")]
    [InlineData("four_at_once")]
    [InlineData("ends_with_its_parent")]
    public void The_kernel_passes(string check)
    {
        if (run.Missing is not null) { Assert.Skip(run.Missing); }
        foreach (string line in run.Lines.Where(line => line.StartsWith("MEASURED", StringComparison.Ordinal))) { output.WriteLine(line); }
        string[] about = [.. run.Lines.Where(line => line == $"PASS {check}"
            || line.StartsWith($"FAIL {check}:", StringComparison.Ordinal))];
        Assert.True(about is [['P', ..]], about.Length > 0 ? about[0]
            : $"no line about {check}; the script ended early:\n{string.Join('\n', run.Lines.TakeLast(20))}");
    }
}
