using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Cells;

/// <summary>What goes wrong in a cell is an error of that cell, with its place; the next one runs.</summary>
[Collection("One session at a time")]
public sealed class CellFaultTests : IDisposable
{
    readonly Files _files = new();
    readonly NotebookSession _session;
    readonly Recorder _output = new();

    public CellFaultTests() => _session = new(_files.Folder, Kernel.JupyterClient.Kind);

    public void Dispose()
    {
        _session.Dispose();
        _files.Dispose();
    }

    CellResult Run(string code) => _session.Run(code, _output, TestContext.Current.CancellationToken);

    object? Value(string code)
    {
        CellResult result = Run(code);
        Assert.True(result.Error is null, result.Error?.ToString());
        return result.Value;
    }

    [Theory]
    [InlineData("Enumerable.Range(0, 3).Select(i => 10 / (i - 1))", "DivideByZeroException")]
    [InlineData("class Bad { public override string ToString() => throw new InvalidOperationException(\"no\"); }\nnew Bad()",
        "InvalidOperationException")]
    [InlineData("class Row { public int A => throw new InvalidOperationException(\"no\"); }\nnew[] { new Row() }", null)]
    [InlineData("IEnumerable<int> Numbers() { yield return 1; throw new NotSupportedException(\"no\"); }\nNumbers()",
        "NotSupportedException")]
    [InlineData("Formatter.Register<Version>((v, w) => throw new FormatException(\"no\"), \"text/html\");\nnew Version(1, 2)",
        "FormatException")]
    public void A_value_that_cannot_be_shown_fails_its_cell(string code, string? name)
    {
        CellResult result = Run(code);
        Assert.Equal(name, result.Error?.Name);
        if (name is not null) { Assert.StartsWith("While the value of type", result.Error!.Traceback[0], StringComparison.Ordinal); }
        else { Assert.NotNull(result.Shown); }
        Assert.Equal(2, Value("1 + 1"));
    }

    [Fact]
    public void A_warning_is_shown_where_it_stands()
    {
        Assert.Equal(1, Value("for (int i = 0; i < 1; i++) { int never; }\n1"));
        Assert.Contains("(1,35): warning CS0168", _output.Written, StringComparison.Ordinal);
        string before = _output.Written;
        Value("int used = 5;\nused + 1");
        Assert.Equal(before, _output.Written);
    }

    [Fact]
    public void An_error_of_a_loaded_file_has_its_name()
    {
        _files.Write("broken.csx", "int Fine() => 1;\nint Broken() => missing;");
        Assert.Contains("broken.csx(2,17): CS0103", Run("#load \"broken.csx\"\nFine()").Error!.Message, StringComparison.Ordinal);
        _files.Write("throws.csx", "int Throws()\n{\n    throw new InvalidOperationException(\"x\");\n}");
        Assert.Contains("throws.csx:line 3", string.Join('\n', Run("#load \"throws.csx\"\nThrows()").Error!.Traceback),
            StringComparison.Ordinal);
        Assert.Contains("nowhere.csx", Run("#load \"nowhere.csx\"").Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_of_a_loaded_file_is_interrupted()
    {
        _files.Write("endless.csx", "void Endless() { while (true) { } }");
        using CancellationTokenSource interrupt = new(TimeSpan.FromMilliseconds(1500));
        CellResult result = await Task.Factory.StartNew(() => _session.Run("#load \"endless.csx\"\nEndless();", _output, interrupt.Token),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.Equal("KeyboardInterrupt", result.Error?.Name);
    }

    [Theory]
    [InlineData("int F(int n) => n * 2;\nF(21)", 42)]
    [InlineData("int F(int n)\n    => n < 1 ? 0\n     : 1 + F(n - 1);\nF(42)", 42)]
    [InlineData("void F(List<int> l) => l.Add(42);\nvar l = new List<int>();\nF(l);\nl[0]", 42)]
    [InlineData("int F() => throw new NotSupportedException();\ntry { F(); } catch (NotSupportedException) { ; }\n42", 42)]
    [InlineData("async Task<int> F() => await Task.FromResult(42);\nawait F()", 42)]
    [InlineData("async Task F() => await Task.Yield();\nawait F();\n42", 42)]
    [InlineData("async ValueTask F() => await Task.Yield();\nawait F();\n42", 42)]
    [InlineData("Task<int> F() => Task.FromResult(42);\nawait F()", 42)]
    [InlineData("int[] a = [1, 42];\nref int F() => ref a[1];\nF() += 0;\na[1]", 42)]
    [InlineData("class C { int _n = 41; public int N => _n + 1; public int M { get => _n; set => _n = value; } public C() { M = 41; } "
        + "}\nnew C().N", 42)]
    [InlineData("class C { public int N { get; init; } = 42; public int this[int i] => i; public static C operator +(C a, C b) => a; "
        + "}\n(new C() + new C()).N", 42)]
    [InlineData("Func<int, int> f = x => x + 1;\nf(41)", 42)]
    [InlineData("Func<double> f = () => 42;\n(int)f()", 42)]
    [InlineData("Func<byte> f = () => 42;\n(int)f()", 42)]
    [InlineData("Func<string?> f = () => null;\nf() is null ? 42 : 0", 42)]
    [InlineData("int n = 41;\nAction f = () => n++;\nf();\nn", 42)]
    [InlineData("Func<Task> f = async () => await Task.Yield();\nawait f();\n42", 42)]
    [InlineData("await Task.Run(() => 42)", 42)]
    [InlineData("await Task.Run(async () => { await Task.Yield(); return 42; })", 42)]
    [InlineData("System.Linq.Expressions.Expression<Func<int, int>> f = x => x + 1;\nf.Compile()(41)", 42)]
    [InlineData("Enumerable.Range(1, 42).Select(x => new { x }).Where(o => o.x > 0).Count()", 42)]
    [InlineData("(from x in Enumerable.Range(1, 42) where x > 0 select x).Count()", 42)]
    [InlineData("var f = (int x) => x > 0 ? x : throw new Exception();\nf(42)", 42)]
    [InlineData("Func<Func<int>> f = () => () => 42;\nf()()", 42)]
    [InlineData("Func<int> f = delegate { return 42; };\nf()", 42)]
    [InlineData("abstract class A { public abstract int F(); }\nclass B : A { public override int F() => 42; }\nnew B().F()", 42)]
    [InlineData("interface I { int F() => 42; int G { get; } }\nclass J : I { public int G => 1; }\n((I)new J()).F()", 42)]
    [InlineData("record P(int X) { public int Y => X * 2; }\nnew P(21).Y", 42)]
    [InlineData("int n = 0;\nagain: n++;\nif (n < 42) { goto again; }\nn", 42)]
    [InlineData("IEnumerable<int> F() { for (int i = 0; i < 42; i++) yield return i; }\nF().Count()", 42)]
    [InlineData("int x = 42; // => and { in a comment\nx", 42)]
    [InlineData("static int F(this int x) => x + 1;\n41.F()", 42)]
    [InlineData("int F<T>(T t) where T : struct => 42;\nF(1)", 42)]
    public void The_guard_changes_no_meaning(string code, int expected) => Assert.Equal(expected, Value(code));

    [Theory]
    [InlineData("int F(int n)\n    => n < 1\n        ? 0\n        : throw new Exception(\"x\");\n\nF(3)", "line 2")]
    [InlineData("Func<int, int> f = x =>\n    x > 1 ?\n    throw new Exception(\"x\") : 1;\nf(3)", "line 2")]
    [InlineData("class C\n{\n    public int P\n        => throw new Exception(\"x\");\n}\nnew C().P", "line 4")]
    public void Nor_does_it_move_a_line(string code, string line)
        => Assert.Contains(line, string.Join('\n', Run(code).Error!.Traceback), StringComparison.Ordinal);

    [Theory]
    [InlineData("(", ")", 499, false)]
    [InlineData("(", ")", 501, true)]
    [InlineData("A<", ">", 501, true)]
    [InlineData("\"((((((((((\"", "", 100, false)]
    [InlineData("/* ((((( */", "", 200, false)]
    [InlineData("a < b, ", "", 1000, false)]
    [InlineData("{ }", "", 1000, false)]
    [InlineData("$\"{", "}\"", 50_000, true)]
    public void Nesting_is_counted_in_code_alone(string open, string close, int times, bool tooDeep)
        => Assert.Equal(tooDeep,
            Nesting.IsTooDeep(string.Concat(Enumerable.Repeat(open, times)) + "1" + string.Concat(Enumerable.Repeat(close, times))));

    [Theory]
    [InlineData("#!sh", "#!share")]
    [InlineData("#!", "#!connect")]
    [InlineData("#", "#r \"")]
    [InlineData("1 + 1;\n#!whos", "#!whos")]
    [InlineData("#!share unmist", "unmistakable")]
    [InlineData("#!share x --fr", "--from")]
    [InlineData("#!share x --from cs", "csharp")]
    [InlineData("#!set --name y --value @", "@csharp:")]
    [InlineData("#!connect ", "jupyter")]
    [InlineData("#!import no", "notes.dib")]
    [InlineData("#load \"fu", "functions.csx")]
    [InlineData("#load \"sub/", "sub/more.csx")]
    [InlineData("#r \"nu", "nuget: ")]
    [InlineData("#r \"lib", "lib.dll")]
    [InlineData("#r \"nuget: xunit.v3", "xunit.v3")]
    [InlineData("#r \"nuget: xunit.v3, 4", "4.0.2")]
    [InlineData("#i \"", "nuget:")]
    public async Task Directives_are_completed(string code, string expected)
    {
        Value("int unmistakable = 1;");
        _files.Write("functions.csx", "");
        _files.Write("notes.dib", "");
        _files.Write("lib.dll", "");
        Directory.CreateDirectory(_files.Path("sub"));
        _files.Write("sub/more.csx", "");
        Completions found = await _session.CompleteAsync(code, code.Length, TestContext.Current.CancellationToken);
        Assert.Contains(expected, found.Items.Select(item => item.Text));
        Assert.Equal(code.Length, found.End);
        Assert.StartsWith(code[found.Start..], expected, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Math.Max(1, 2)", 6, "larger of two")]
    [InlineData("Console.WriteLine(1)", 10, "standard output stream")]
    [InlineData("Enumerable.Range(0, 1)", 14, "sequence of integral numbers")]
    [InlineData("/// <summary>Twice as much.</summary>\nint Twice(int n) => 2 * n;\nTwice(1)", 66, "Twice as much.")]
    public async Task Hover_shows_the_documentation(string code, int cursor, string said)
        => Assert.Contains(said, await _session.InspectAsync(code, cursor, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

    [Fact]
    public void A_copy_in_the_same_language_is_the_same_object()
    {
        Value("class Own { public float[,] Grid = new float[2, 2]; }\nvar one = new Own();\nvar made = new { A = 1 };");
        Value("#!share one --from csharp --as two\n#!share made --from csharp --as again");
        Assert.Equal(true, Value("object.ReferenceEquals(one, two) && again.A == 1"));
    }
}
