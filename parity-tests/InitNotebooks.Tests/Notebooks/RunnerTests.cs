namespace InitNotebooks.Tests.Headless;

public class RunnerTests
{
    [Fact]
    public void A_claim_that_fails_names_its_cell()
    {
        using Files files = new();
        string path = files.Write("a.dib",
            "#!markdown\n# A\n\n#!csharp\nint x = 1;\n\n#!csharp\nif (x != 2) { throw new Exception(\"x is not 2\"); "
                + "}\n\n#!csharp\nConsole.WriteLine(\"never\");");
        (int code, string output) = Cli.Run("notebook", "run", path, "-o", files.Path("b.ipynb"));
        Assert.Equal(1, code);
        Assert.Contains("cell 3 failed: Exception: x is not 2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("never\\n", File.ReadAllText(files.Path("b.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_names_the_cell_and_writes_nothing()
    {
        using Files files = new();
        string path = files.Write("a.dib", "#!csharp\nConsole.WriteLine(\"one\");\n\n#!csharp\n#!time\n40 + 2");
        Assert.Equal(0, Cli.Run("notebook", "run", path, "-o", files.Path("b.ipynb")).Code);
        Assert.Equal(0, Cli.Run("notebook", "run", files.Path("b.ipynb"), "--check").Code);      // the wall time is another
        string changed = File.ReadAllText(files.Path("b.ipynb")).Replace("\"one\\n\"", "\"two\\n\"", StringComparison.Ordinal);
        files.Write("b.ipynb", changed);
        (int code, string output) = Cli.Run("notebook", "run", files.Path("b.ipynb"), "--check");
        Assert.Equal(1, code);
        Assert.Contains("cell 1, output 1: stored 'stdout: two", output, StringComparison.Ordinal);
        Assert.Equal(changed, File.ReadAllText(files.Path("b.ipynb")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"nbformat": 3, "cells": []}""")]
    [InlineData("""{"nbformat": 4}""")]
    [InlineData("""{"nbformat": 4, "cells": [1]}""")]
    [InlineData("""{"nbformat": 4, "cells": [{"cell_type": "virus", "source": ""}]}""")]
    public void What_is_no_notebook_is_refused(string text)
    {
        using Files files = new();
        (int code, string output) = Cli.Run("notebook", "run", files.Write("a.ipynb", text));
        Assert.Equal(4, code);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_starter_is_a_notebook_and_is_not_written_over()
    {
        using Files files = new();
        Assert.Equal(0, Cli.Run("notebook", "new", files.Path("a.ipynb")).Code);
        Assert.Contains("#r \\\"nuget: InitNotebooks\\\"", File.ReadAllText(files.Path("a.ipynb")), StringComparison.Ordinal);
        Assert.Equal(4, Cli.Run("notebook", "new", files.Path("a.ipynb")).Code);
    }
}
