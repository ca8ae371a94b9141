using System.Numerics;
using TorchInit.Oracle.PythonNet;
using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Live;

/// <summary>Python cells without a Jupyter server.</summary>
public class CellTests
{
    [Fact]
    public void Output_comes_in_order_and_the_last_expression_is_shown()
    {
        PythonCellOutput[] seen = Run("""
            import sys
            print("one", 2)
            print("wrong", file=sys.stderr)
            1 + 2
            """);
        Assert.Equal("one 2\n", string.Concat(seen.OfType<PythonCellText>().Where(text => !text.IsError).Select(text => text.Text)));
        Assert.Equal("wrong\n", string.Concat(seen.OfType<PythonCellText>().Where(text => text.IsError).Select(text => text.Text)));
        PythonCellDisplay shown = Assert.IsType<PythonCellDisplay>(seen[^1]);
        Assert.Equal(("3", true), (shown.Data["text/plain"], shown.IsResult));
    }

    [Theory, InlineData("x = 5"), InlineData("5;"), InlineData("None"), InlineData(""), InlineData("#"), InlineData("def f(): return 1")]
    public void Nothing_is_shown_where_there_is_nothing(string source) => Assert.Empty(Run(source));

    [Fact]
    public void Values_show_themselves_by_Jupyters_protocol()
    {
        PythonCellOutput[] seen = Run("""
            class Rich:
                def _repr_html_(self): return "<b>é</b>"
                def _repr_png_(self): return b"\x89PNG"
                def _repr_markdown_(self): return None
                def __repr__(self): return "rich"
            class Bundle:
                def _repr_mimebundle_(self, include=None, exclude=None): return {"application/x": "own", "text/plain": "plain"}, {}
            display(Rich(), Bundle())
            Rich
            """);
        Dictionary<string, string>[] data = [.. seen.Cast<PythonCellDisplay>().Select(shown => new Dictionary<string, string>(shown.Data))];
        Assert.Equal(["text/html", "image/png", "text/plain"], data[0].Keys);
        Assert.Equal(["<b>é</b>", Convert.ToBase64String([0x89, 0x50, 0x4e, 0x47]), "rich"], data[0].Values);
        Assert.Equal(("own", "plain"), (data[1]["application/x"], data[1]["text/plain"]));
        Assert.Equal("<class '__main__.Rich'>", Assert.Single(data[2]).Value);
    }

    [Theory]
    [InlineData("a = 1\ndef f(n):\n    return 1 / n\nf(0)", "ZeroDivisionError", "return 1 / n")]
    [InlineData("a = (", "SyntaxError", "a = (")]
    [InlineData("import sys; sys.exit(3)", "SystemExit", "sys.exit(3)")]
    [InlineData("raise KeyboardInterrupt", "KeyboardInterrupt", "raise KeyboardInterrupt")]
    public void A_traceback_shows_the_cells_lines(string source, string kind, string line)
    {
        PythonRaisedException error = Assert.Throws<PythonRaisedException>(() => Run(source));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(line, error.Traceback);
        Assert.Matches(@"<cell \d+>", error.Traceback);
        Assert.DoesNotContain("python_cells.py", error.Traceback);
        Assert.Equal("3", Assert.IsType<PythonCellDisplay>(Assert.Single(Run("1 + 2"))).Data["text/plain"]);
    }

    [Theory]
    [InlineData("while True: pass")]
    [InlineData("import time; time.sleep(1000)")]
    [InlineData("import asyncio; await asyncio.sleep(1000)")]
    public async Task A_cell_is_interrupted(string source)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        PythonCells cells = Cells();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<PythonRaisedException> running = Task.Run(
            () => Assert.Throws<PythonRaisedException>(() => cells.Run($"print('begun')\n{source}", _ => begun.TrySetResult())), token);
        await begun.Task;
        while (!running.IsCompleted)
        {
            cells.Interrupt();
            await Task.WhenAny(running, Task.Delay(100, token));
        }
        Assert.Equal("KeyboardInterrupt", (await running).Kind);
        cells.Interrupt();       // none runs
        Assert.Equal("3", Assert.IsType<PythonCellDisplay>(Assert.Single(Run("1 + 2"))).Data["text/plain"]);
    }

    [Fact]
    public void Figures_of_matplotlib_are_shown_and_closed()
    {
        // A stand-in with pyplot's four functions.
        PythonCellOutput[] seen = Run("""
            import sys, types
            class Figure:
                def savefig(self, file, **how): file.write(b"a picture")
                def __repr__(self): return "a figure"
            open_figures = {1: Figure(), 2: Figure()}
            sys.modules["matplotlib.pyplot"] = types.SimpleNamespace(
                get_fignums=lambda: list(open_figures), figure=open_figures.get, close=lambda which: open_figures.clear())
            "shown first"
            """);
        PythonCellDisplay[] shown = [.. seen.Cast<PythonCellDisplay>()];
        Assert.Equal(["'shown first'", "a figure", "a figure"], shown.Select(one => one.Data["text/plain"]));
        Assert.Equal(Convert.ToBase64String("a picture"u8), shown[1].Data["image/png"]);
        Run("del sys.modules['matplotlib.pyplot']");
        Assert.Equal("0", Assert.IsType<PythonCellDisplay>(Assert.Single(Run("len(open_figures)"))).Data["text/plain"]);
    }

    [Fact]
    public void Await_may_stand_outside_of_functions()
    {
        PythonCellOutput shown = Assert.Single(Run("import asyncio\nawait asyncio.sleep(0, 7)"));
        Assert.Equal("7", Assert.IsType<PythonCellDisplay>(shown).Data["text/plain"]);
    }

    [Theory]
    [InlineData("import math\nmath.sq", 17, "sqrt")]
    [InlineData("é = 1; prin", 11, "print")]
    public void Names_are_completed(string source, int position, string name)
    {
        PythonCells cells = Cells();
        cells.Run("import math", _ => { });
        PythonCompletion found = cells.Complete(source, Math.Min(position, source.Length));
        Assert.Contains(name, found.Names);
        Assert.StartsWith(source[found.Start..Math.Min(position, source.Length)], name);
    }

    [Theory]
    [InlineData("None", null), InlineData("True", true), InlineData("-5", -5L), InlineData("2.5", 2.5), InlineData("'ä\\n'", "ä\n")]
    public void Values_come_out(string code, object? value)
    {
        PythonCells cells = Cells();
        cells.Run($"value = {code}", _ => { });
        Assert.Equal(value, cells.Get("value"));
        Assert.Contains("value", cells.Names);
    }

    [Fact]
    public void Arrays_come_out_with_their_type_and_shape()
    {
        PythonCells cells = Cells();
        Assert.SkipUnless(Ran(cells, "import numpy"), "This Python has no numpy.");
        cells.Run("""
            import numpy, torch
            matrix = numpy.arange(6, dtype='float32').reshape(2, 3).T
            nan = numpy.array([[numpy.nan, True]], dtype='>f8')
            tensor = torch.arange(4.0).to(torch.bfloat16).reshape(2, 2)
            flags = numpy.array([True, False])
            scalar = torch.tensor(3)
            plain = [1, 2.5]
            huge = 10 ** 30
            words = ["a", "b"]
            """, _ => { });
        Assert.Equal(new float[,] { { 0, 3 }, { 1, 4 }, { 2, 5 } }, cells.Get("matrix"));
        Assert.Equal(new double[,] { { double.NaN, 1 } }, cells.Get("nan"));
        Assert.Equal(new BFloat16[,] { { (BFloat16)0, (BFloat16)1 }, { (BFloat16)2, (BFloat16)3 } }, cells.Get("tensor"));
        Assert.Equal(new bool[] { true, false }, cells.Get("flags"));
        Assert.Equal(3L, cells.Get("scalar"));
        Assert.Equal(new double[] { 1, 2.5 }, cells.Get("plain"));
        Assert.Equal(BigInteger.Pow(10, 30), cells.Get("huge"));
        Assert.Equal(new string[] { "a", "b" }, cells.Get("words"));
        Assert.Equal("NameError", Assert.Throws<PythonRaisedException>(() => cells.Get("nothing")).Kind);
        Assert.Equal("TypeError", Assert.Throws<PythonRaisedException>(() => cells.Get("numpy")).Kind);
    }

    [Fact]
    public void What_goes_in_comes_out()
    {
        PythonCells cells = Cells();
        Assert.SkipUnless(Ran(cells, "import numpy"), "This Python has no numpy.");
        object?[] values =
        [
            null, false, 7L, -1.5, "text", BigInteger.Pow(-3, 90), new float[,] { { 1, 2 }, { float.NaN, -0f } }, new byte[] { 1, 255 },
            Array.Empty<double>(), new Half[] { (Half)1.5 }, new BFloat16[] { (BFloat16)2 }, new bool[,,] { { { true }, { false } } },
            new ulong[] { ulong.MaxValue }, new[] { "x", "ü" },
        ];
        foreach (object? value in values)
        {
            cells.Set("given", value);
            Assert.Equal(value, cells.Get("given"));
        }
        Assert.Throws<NotSupportedException>(() => cells.Set("given", new object()));
        Assert.Throws<NotSupportedException>(() => cells.Set("given", new decimal[1]));
        Assert.Equal("NameError", Assert.Throws<PythonRaisedException>(() => cells.Set("not a name", 1)).Kind);
    }

    static bool Ran(PythonCells cells, string source)
    {
        try
        {
            cells.Run(source, _ => { });
            return true;
        }
        catch (PythonRaisedException error) when (error.Kind == "ModuleNotFoundError")
        {
            return false;
        }
    }

    static PythonCells Cells() => new(InProcess.Torch.Host);

    static PythonCellOutput[] Run(string source)
    {
        List<PythonCellOutput> seen = [];
        Cells().Run(source, seen.Add);
        return [.. seen];
    }
}
