namespace InitNotebooks.Tests.Headless;

/// <summary>
/// A cell that ends its process, without a front end: one clear error of that cell, in the notebook too, and exit code 1.
/// </summary>
public class RunnerDeathTests
{
    [Theory]
    [InlineData("class Endless { public override string ToString() => ToString() + \"x\"; }\nnew Endless()", "Stack overflow")]
    [InlineData("int Down(int n) => Down(n + 1) + 1;\nDown(0)", "Stack overflow")]
    [InlineData("Environment.FailFast(\"the flux is gone\");", "the flux is gone")]
    [InlineData("Environment.Exit(0);", "exit code 0")]
    [InlineData("Environment.Exit(4);", "exit code 4")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern void abort(); abort();", "signal 6")]
    public void It_is_an_error_of_the_cell(string code, string why)
    {
        using Files files = new();
        string path = files.Write("a.dib",
            $"#!markdown\n# A\n\n#!csharp\nConsole.WriteLine(\"before\");\n\n#!csharp\n{code}\n\n#!csharp\nConsole.WriteLine(\"never\");");
        (int exit, string output) = Cli.Run("notebook", "run", path, "-o", files.Path("b.ipynb"));
        Assert.Equal(1, exit);
        Assert.Contains("cell 3 failed: ProcessEnded: The cell ended the process that ran it", output, StringComparison.Ordinal);
        Assert.Contains(why, output, StringComparison.Ordinal);
        string written = File.ReadAllText(files.Path("b.ipynb"));
        Assert.Contains("before\\n", written, StringComparison.Ordinal);
        Assert.Contains("\"ename\": \"ProcessEnded\"", written, StringComparison.Ordinal);
        Assert.Contains(why, written, StringComparison.Ordinal);
        Assert.DoesNotContain("never\\n", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new System.Threading.Thread(() => throw new InvalidOperationException(\"astray\")).Start(); "
        + "System.Threading.Thread.Sleep(300);", "InvalidOperationException")]
    [InlineData("Enumerable.Range(0, 3).Select(i => 10 / (i - 1))", "DivideByZeroException")]
    public void Other_faults_leave_the_process_alive(string code, string name)
    {
        using Files files = new();
        (int exit, string output) = Cli.Run("notebook", "run", files.Write("a.dib", $"#!csharp\n{code}"), "-o", files.Path("b.ipynb"));
        Assert.Equal(1, exit);
        Assert.Contains($"cell 1 failed: {name}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("ProcessEnded", output, StringComparison.Ordinal);
    }
}
