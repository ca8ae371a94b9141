using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Cells;

[Collection("One session at a time")]
public sealed class SessionTests : IDisposable
{
    readonly Files _files = new();
    readonly NotebookSession _session;
    readonly Recorder _output = new();

    public SessionTests() => _session = new(_files.Folder);

    public void Dispose()
    {
        _session.Dispose();
        _files.Dispose();
    }

    object? Value(string code)
    {
        CellResult result = Run(code);
        Assert.True(result.Error is null, result.Error?.ToString());
        return result.Value;
    }

    CellResult Run(string code) => _session.Run(code, _output, TestContext.Current.CancellationToken);

    [Fact]
    public void State_goes_from_cell_to_cell()
    {
        Value("int x = 40; int Twice(int n) => 2 * n;");
        Assert.Equal(84, Value("Twice(x + 2)"));
        Assert.False(Run("x = 1;").HasValue);
    }

    [Fact]
    public void What_a_cell_displays_is_shown_once()
    {
        CellResult result = Run("display(40 + 2)");
        Assert.Equal((null, "42"), (result.Shown, _output.Plain));
        Assert.Null(Run("43.Display()").Shown);
        Assert.Null(Run("var shown = display(44);\nshown").Shown);
        Assert.Equal("42\n43\n44", _output.Plain);
    }

    [Fact]
    public void A_text_below_value_is_shared_as_in_dotnet_interactive()
    {
        Value("#!value --name v\none\ntwo");
        Assert.Equal("one\ntwo!", Value("#!share v --from value --as kept\n#!set --name w --value @value:v\nkept == w ? w + \"!\" : \"\""));
        Assert.Equal("#!value has kept no value 'x'; there are: v.", Run("#!share x --from value").Error?.Message);
        Assert.Contains("#!value has no option --from-url; allowed: #!value --name NAME",
            Run("#!value --name u --from-url https://example.org").Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_line_throws_is_an_error_of_its_cell()
    {
        _files.Write("a.ipynb", "{");
        Assert.NotNull(Run("#!import a.ipynb").Error);
        Assert.Equal(2, Value("1 + 1"));
    }

    [Fact]
    public void What_was_set_before_a_throw_stays()
    {
        Run("int kept = 7;\nthrow new Exception(\"x\");");
        Assert.Equal(7, Value("kept"));
    }

    [Fact]
    public void A_compile_error_has_line_and_caret()
    {
        CellError error = Run("int a = 1;\nfor (int i = 0; i < 3; i++) { undefined(i); }").Error!;
        Assert.Equal("CompilationError", error.Name);
        Assert.Contains("(2,31): error CS0103", error.Traceback[0], StringComparison.Ordinal);
        Assert.EndsWith("\n" + new string(' ', 34) + "^^^^^^^^^", error.Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_trace_has_the_cells_lines_and_no_machinery()
    {
        string trace = string.Join('\n',
            Run("void Inner()\n{\n    throw new InvalidOperationException(\"bad\");\n}\nInner();").Error!.Traceback);
        Assert.Contains("Inner() in cell1:line 3", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("Roslyn", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("CSharpCells", trace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!who", "x")]
    [InlineData("#!whos", "x\tInt32\t1")]
    [InlineData("#!lsmagic", "#!share")]
    [InlineData("#!about", "InitNotebooks")]
    public void Magics_show(string magic, string shown)
    {
        Value("int x = 1;");
        Value(magic);
        Assert.Contains(shown, _output.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_languages_of_a_cell()
    {
        Assert.Equal(3, Value("#!html\n<b>1</b>\n#!markdown\n**2**\n#!csharp\n1 + 2"));
        Assert.Equal("<b>1</b>", _output.Displays[0].Data["text/html"]!.GetValue<string>());
        Assert.Equal("**2**", _output.Displays[1].Data["text/markdown"]!.GetValue<string>());
    }

    [Fact]
    public void A_value_is_set_and_shared()
    {
        Value("#!value --name text\nline 1\nline 2");
        Assert.Equal("line 1\nline 2", Value("text"));
        Value("#!set --name copy --value @csharp:text");
        Assert.Equal("line 1\nline 2", Value("copy"));
        Value("var numbers = new[] { 1.5, 2 };");
        Value("#!share numbers --from csharp --as again");
        Assert.Equal(1.5, Value("again[0]"));
    }

    [Theory]
    [InlineData("#!javascript\nalert(1)", "#!javascript is not supported")]
    [InlineData("#!share x --from nowhere", "nowhere")]
    [InlineData("#!share x", "--from")]
    [InlineData("#!set --name 1x --value 2", "identifier")]
    [InlineData("#!set --name x", "--value")]
    [InlineData("#!connect mssql", "not available")]
    [InlineData("#!connect jupyter --kernel-name p --kernel-spec python3", "not available")]
    [InlineData("#!import nowhere.dib", "nowhere.dib")]
    [InlineData("#r \"nowhere.dll\"", "nowhere.dll")]
    [InlineData("#i \"folder\"", "nuget:")]
    public void What_cannot_be_done_is_said(string code, string said)
        => Assert.Contains(said, Run(code).Error!.Message, StringComparison.Ordinal);

    [Fact]
    public void Files_are_found_beside_the_notebook()
    {
        _files.Write("functions.csx", "int Three() => 3;");
        _files.Write("cells.dib", "#!markdown\n# x\n\n#!csharp\nint four = 4;");
        Assert.Equal(3, Value("#load \"functions.csx\"\nThree()"));
        Assert.Equal(4, Value("#!import cells.dib\nfour"));
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(60000);")]
    [InlineData("await Task.Delay(60000);")]
    [InlineData("void Deep(int n) { if (n > 0) { Deep(n - 1); } }\nfor (;;) Deep(100);")]
    [InlineData("do { } while (true);")]
    [InlineData("foreach (int i in System.Linq.Enumerable.Range(0, int.MaxValue)) ;")]
    public async Task An_interrupt_ends_it(string code)
    {
        using CancellationTokenSource interrupt = new(TimeSpan.FromMilliseconds(700));
        Task<CellResult> run = Task.Factory.StartNew(() => _session.Run(code, _output, interrupt.Token),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        CellResult result = await run.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        Assert.Equal("KeyboardInterrupt", result.Error?.Name);
        Assert.Equal(2, Value("1 + 1"));
    }

    [Fact]
    public void Line_numbers_do_not_move_under_the_guard()
    {
        string trace = string.Join('\n',
            Run("int n = 0;\nwhile (true)\n{\n    n++;\n    if (n > 3)\n        throw new Exception(\"here\");\n}").Error!.Traceback);
        Assert.Contains("line 6", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_completed_and_explained()
    {
        Value("int unmistakable = 1;");
        Completions found = await _session.CompleteAsync("\"😀\".Len", 7, TestContext.Current.CancellationToken);
        Assert.Contains(found.Items, item => item.Text == "Length");
        Assert.Equal((4, 7), (found.Start, found.End));
        Assert.Contains((await _session.CompleteAsync("unmis", 5, TestContext.Current.CancellationToken)).Items,
            item => item.Text == "unmistakable");
        Assert.Contains("Math.Max(",
            await _session.InspectAsync("Math.Max(Math.Abs(1), ", 22, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Contains("int", await _session.InspectAsync("unmistakable", 3, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("for (;;) {", "incomplete")]
    [InlineData("int x = ;", "invalid")]
    public void Completeness_is_told(string code, string status) => Assert.Equal(status, _session.Completeness(code).Status);
}
