using System.Diagnostics;
using System.Globalization;

namespace InitNotebooks.Tests.Attacks;

/// <summary>
/// Every way to be busy can be interrupted, again and again, and the process lives: twice each here, TORCHINIT_INTERRUPTS times where that
/// is set. How long it took is printed, not judged: that is the machine's load.
/// </summary>
public sealed class InterruptTests(InterruptTests.Shared shared, ITestOutputHelper output) : IClassFixture<InterruptTests.Shared>
{
    const string Begun = "Console.WriteLine(\"begun\");\n";

    public sealed class Shared : IDisposable
    {
        internal KernelProcess Kernel { get; } = new();

        public void Dispose() => Kernel.Dispose();
    }

    public static TheoryData<string, string> Busy => new()
    {
        { "loop", "while (true) { }" },
        { "for with a statement", "for (;;) ;" },
        { "goto", "again: ; goto again;" },
        { "sleep", "System.Threading.Thread.Sleep(60000);" },
        { "await", "await Task.Delay(60000);" },
        { "Parallel", "System.Threading.Tasks.Parallel.For(0, 8, i => { while (true) { } });" },
        { "Join of a loop", "var t = new System.Threading.Thread(() => { while (true) { } }); t.Start(); t.Join();" },
        { "Join of a sleeper",
            "var t = new System.Threading.Thread(() => { while (true) { System.Threading.Thread.Sleep(20); } }); t.Start(); t.Join();" },
        { "Wait of a task", "Task.Run(() => { while (true) { } }).Wait();" },
        { "lock", "var gate = new object(); var t = new System.Threading.Thread(() => { lock (gate) { while (true) { } } }); t.Start(); "
            + "System.Threading.Thread.Sleep(50); lock (gate) { }" },
        { "caught and waited again",
            "try { System.Threading.Thread.Sleep(60000); } catch { ; }\ntry { System.Threading.Thread.Sleep(60000); } catch { "
            + "}\nSystem.Threading.Thread.Sleep(60000);" },
        { "catch all", "while (true) { try { while (true) { } } catch (NotSupportedException) { ; } }" },
        { "recursion by arrows", "int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(80)" },
        { "LINQ", "Enumerable.Range(0, int.MaxValue).Sum(i => Enumerable.Range(0, 1000).Count(j => i * j < 0))" },
        { "a property", "class P { public int Q { get { while (true) { } } } }\nnew P().Q" },
        { "a value shown by ToString", "class Slow { public override string ToString() { while (true) { } } }\nnew Slow()" },
        { "a value shown by enumeration", "Enumerable.Range(0, int.MaxValue).Where(i => i < 0)" },
        { "a value shown by a property",
            "class Slow { public string Text { get { System.Threading.Thread.Sleep(60000); return \"\"; } } }\nnew Slow()" },
        { "a value that blocks while it is shown",
            "class Slow { public override string ToString() { new System.Threading.ManualResetEvent(false).WaitOne(); return \"\"; } "
            + "}\nnew Slow()" },
    };

    [Theory, MemberData(nameof(Busy))]
    public void It_ends(string what, string code)
    {
        int times = int.TryParse(Environment.GetEnvironmentVariable("TORCHINIT_INTERRUPTS"), CultureInfo.InvariantCulture, out int asked)
            ? asked : 2;
        List<double> seconds = [];
        KernelProcess kernel = shared.Kernel;
        for (int n = 0; n < times; n++)
        {
            string id = kernel.SendCell(Begun + code);
            kernel.WaitForOutput(id, "stream");
            Thread.Sleep(20 * (n % 5));
            Stopwatch watch = Stopwatch.StartNew();
            kernel.Interrupt();
            CellReply reply = kernel.Reply(id);
            seconds.Add(watch.Elapsed.TotalSeconds);
            Assert.Equal(("error", "KeyboardInterrupt"), (reply.Status, reply.ErrorName));
            Assert.DoesNotContain("did not stop", reply.ErrorMessage, StringComparison.Ordinal);
            Assert.Equal("2", kernel.Run("1 + 1").Result);
        }
        seconds.Sort();
        output.WriteLine($"{what}: {times} of {times}, median {seconds[times / 2]:F2} s, longest {seconds[^1]:F2} s");
    }

    [Fact]
    public void Many_at_once_and_without_a_cell_do_no_harm()
    {
        KernelProcess kernel = shared.Kernel;
        for (int n = 0; n < 20; n++) { kernel.Interrupt(); }
        string id = kernel.SendCell(Begun + "while (true) { }");
        kernel.WaitForOutput(id, "stream");
        for (int n = 0; n < 20; n++) { kernel.Interrupt(); }
        Assert.Equal("KeyboardInterrupt", kernel.Reply(id).ErrorName);
        Assert.Equal("2", kernel.Run("System.Threading.Thread.Sleep(50);\n1 + 1").Result);
    }

    [Fact]
    public void Its_threads_end_too()
    {
        KernelProcess kernel = shared.Kernel;
        kernel.Run("int alive = 0;");
        string id = kernel.SendCell(Begun + "for (int i = 0; i < 4; i++) { new System.Threading.Thread(() => { while (true) { alive++; "
            + "System.Threading.Thread.Sleep(10); } }).Start(); }\nwhile (true) { }");
        kernel.WaitForOutput(id, "stream");
        kernel.Interrupt();
        Assert.Equal("KeyboardInterrupt", kernel.Reply(id).ErrorName);
        Assert.Equal("True", kernel.Run("int before;\ndo { before = alive; System.Threading.Thread.Sleep(300); } while (alive != "
            + "before);\nalive == before").Result);
    }

    [Fact]
    public void A_question_to_the_user_is_interrupted()
    {
        KernelProcess kernel = shared.Kernel;
        string id = kernel.SendCell("input(\"who? \")", input: true);
        Thread.Sleep(300);
        kernel.Interrupt();
        Assert.Equal("KeyboardInterrupt", kernel.Reply(id).ErrorName);
    }
}
