namespace InitNotebooks.Tests.Attacks;

/// <summary>An exception that nobody catches, on a thread that is not the cell's: its cell fails, and the kernel lives.</summary>
public sealed class StrayExceptionTests(StrayExceptionTests.Shared shared) : IClassFixture<StrayExceptionTests.Shared>
{
    public sealed class Shared : IDisposable
    {
        internal KernelProcess Kernel { get; } = new();

        public void Dispose() => Kernel.Dispose();
    }

    [Theory]
    [InlineData("var t = new System.Threading.Thread(() => throw new InvalidOperationException(\"astray\")); t.Start(); t.Join(); "
        + "System.Threading.Thread.Sleep(200);")]
    [InlineData("System.Threading.ThreadPool.QueueUserWorkItem(_ => throw new InvalidOperationException(\"astray\")); "
        + "System.Threading.Thread.Sleep(300);")]
    [InlineData("using (new System.Threading.Timer(_ => throw new InvalidOperationException(\"astray\"), null, 1, 50)) { "
        + "System.Threading.Thread.Sleep(300); }")]
    [InlineData("class Bad { ~Bad() { throw new InvalidOperationException(\"astray\"); } }\nvoid Make() { new Bad(); }\nMake(); "
        + "GC.Collect(); GC.WaitForPendingFinalizers(); System.Threading.Thread.Sleep(200);")]
    public void It_fails_its_cell(string code)
    {
        CellReply reply = shared.Kernel.Run(code);
        Assert.Equal(("error", "InvalidOperationException"), (reply.Status, reply.ErrorName));
        Assert.Contains("another thread", reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("astray", reply.Stream("stderr"), StringComparison.Ordinal);
        Assert.Equal("2", shared.Kernel.Run("1 + 1").Result);
    }

    [Theory]
    [InlineData("await Task.Delay(1);", "System.Threading.Thread.Sleep(300);")]
    [InlineData("await Task.Delay(1).ConfigureAwait(false);", "System.Threading.Thread.Sleep(300);")]
    [InlineData("await Task.Yield();", "await Task.Delay(300);")]
    public void That_of_an_async_void_fails_its_cell(string wait, string meanwhile)
    {
        string later = $"async void Later() {{ {wait} throw new InvalidOperationException(\"astray\"); }}\n";
        CellReply reply = shared.Kernel.Run($"{later}Later(); {meanwhile}");
        Assert.Equal(("error", "InvalidOperationException"), (reply.Status, reply.ErrorName));
        Assert.Equal("2", shared.Kernel.Run("1 + 1").Result);
    }

    [Fact]
    public void One_that_comes_late_is_shown_under_its_cell()
    {
        string id = shared.Kernel.SendCell("async Task Later() { await Task.Delay(500); throw new InvalidOperationException(\"late\"); "
            + "}\nasync void Start() => await Later();\nStart();");
        Assert.Equal("ok", shared.Kernel.Reply(id).Status);
        shared.Kernel.WaitForOutput(id, "stream");
        Assert.Equal("2", shared.Kernel.Run("1 + 1").Result);
    }

    [Fact]
    public void What_a_cell_does_not_await_goes_on()
    {
        shared.Kernel.Run("int steps = 0;");
        Assert.Equal("ok", shared.Kernel.Run("async Task Walk() { await Task.Delay(100); steps++; await Task.Delay(100); steps++; }\n_ "
            + "= Walk();").Status);
        Assert.Equal("2", shared.Kernel.Run("while (steps < 2) { System.Threading.Thread.Sleep(10); }\nsteps").Result);
    }
}
