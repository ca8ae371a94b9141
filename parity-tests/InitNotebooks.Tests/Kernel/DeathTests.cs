using InitNotebooks.Kernel;

namespace InitNotebooks.Tests.Attacks;

/// <summary>A cell that ends the process: it ends promptly, stderr says why, and so does the kernel that is started next.</summary>
public class DeathTests
{
    const string Abort = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern void abort(); abort();";

    [Theory]
    [InlineData("class Endless { public override string ToString() => ToString() + \"x\"; }\nnew Endless()", "Stack overflow")]
    [InlineData("int Down(int n) => Down(n + 1) + 1;\nDown(0)", "Stack overflow")]
    [InlineData("class A { public int B(int n) => n % 7 == 0 ? C(n + 1) : D(n + 1); public int C(int n) => n % 5 == 0 ? D(n + 1) : B(n "
        + "+ 1); public int D(int n) => n % 3 == 0 ? B(n + 1) : C(n + 1); }\nnew A().B(1)", "Stack overflow")]
    [InlineData("class Deep { public Deep Next => new(); }\nclass Loop : System.Collections.IEnumerable { public "
        + "System.Collections.IEnumerator GetEnumerator() => GetEnumerator(); }\nnew Loop()", "Stack overflow")]
    [InlineData("Environment.FailFast(\"the flux is gone\");", "the flux is gone")]
    [InlineData("new System.Threading.Thread(() => Environment.FailFast(\"the flux is gone\")).Start(); "
        + "System.Threading.Thread.Sleep(60000);", "the flux is gone")]
    [InlineData("Console.WriteLine(new string('x', 1 << 20)); Console.Error.WriteLine(\"much\"); Environment.FailFast(new string('y', 1 "
        + "<< 20) + \"end\");", "yyyyyyyy")]
    [InlineData(Abort, "")]
    public void It_says_why(string code, string why)
    {
        if (OperatingSystem.IsWindows()) { return; }       // the real stderr has it there
        using KernelProcess kernel = new();
        Assert.Equal("5", kernel.Run("int x = 5;\nx").Result);
        kernel.SendCell(code);
        kernel.Restart();
        Assert.Contains("The kernel ended:", kernel.Error, StringComparison.Ordinal);
        Assert.Contains(why, kernel.Error, StringComparison.Ordinal);
        CellReply next = kernel.Run("1 + 1");
        Assert.Equal("2", next.Result);
        Assert.Contains("The kernel died and was restarted", next.Stream("stderr"), StringComparison.Ordinal);
        Assert.Contains(why.Length > 0 ? why : "It printed nothing", next.Stream("stderr"), StringComparison.Ordinal);
        Assert.Equal("", kernel.Run("1").Stream("stderr"));
        Assert.Equal([kernel.ConnectionPath], Directory.GetFiles(Path.GetDirectoryName(kernel.ConnectionPath)!));
    }

    [Fact]
    public void A_killed_kernel_is_told_of()
    {
        if (OperatingSystem.IsWindows()) { return; }
        using KernelProcess kernel = new();
        kernel.Kill();
        kernel.Restart();
        Assert.Contains("It printed nothing", kernel.Run("1").Stream("stderr"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Environment.Exit(3);")]
    [InlineData("new System.Threading.Thread(() => Environment.Exit(3)).Start(); while (true) { }")]
    [InlineData("await Task.Run(() => Environment.Exit(3));")]
    public void Exit_is_an_error_of_the_cell_before_the_process_ends(string code)
    {
        using KernelProcess kernel = new();
        CellReply reply = kernel.Run(code);
        Assert.Equal(("error", "KernelExit"), (reply.Status, reply.ErrorName));
        Assert.Contains("Environment.Exit(3)", reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(3, kernel.WaitForExit());
        kernel.Restart();
        Assert.Equal("", kernel.Run("1").Stream("stderr"));
    }

    [Fact]
    public void A_shutdown_is_no_death()
    {
        using KernelProcess kernel = new();
        kernel.Run("1");
        kernel.Send("shutdown_request", new() { ["restart"] = false }, control: true);
        Assert.Equal(0, kernel.WaitForExit());
        Assert.DoesNotContain("The kernel ended", kernel.Error, StringComparison.Ordinal);
        Assert.Equal([kernel.ConnectionPath], Directory.GetFiles(Path.GetDirectoryName(kernel.ConnectionPath)!));
    }

    [Fact]
    public void What_native_code_writes_is_shown()
    {
        if (OperatingSystem.IsWindows()) { return; }
        using KernelProcess kernel = new();
        const string native = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int puts(string "
            + "text);\n[System.Runtime.InteropServices.DllImport(\"libc\")] static extern nint write(int to, string text, nint length);\n";
        CellReply reply = kernel.Run(native + "puts(\"by puts\"); write(2, \"by write\\n\", 9); for (int i = 0; i < 100000; i++) { "
            + "if (i % 30000 == 0) { System.Threading.Thread.Sleep(200); }\n"        // what came so far is drained, and its room freed
            + "puts($\"line {i:D40}\"); }");
        Assert.Equal("by write\n", reply.Stream("stderr"));
        Assert.Equal(["by puts", .. Enumerable.Range(0, 100_000).Select(i => $"line {i:D40}"), ""], reply.Stream("stdout").Split('\n'));
    }
}
