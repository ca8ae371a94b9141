using System.Text.Json.Nodes;
using InitNotebooks.Kernel;

namespace InitNotebooks.Tests.Python;

/// <summary><c>#!connect pythonnet</c> at the wire: Python cells in the kernel's own process.</summary>
public sealed class CellTests(CellTests.Shared shared) : IClassFixture<CellTests.Shared>
{
    public sealed class Shared : IDisposable
    {
        readonly Lazy<KernelProcess> _kernel = new(() =>
        {
            PythonInProcess.Require();
            KernelProcess kernel = new();
            CellReply reply = kernel.Run("#!connect pythonnet --kernel-name python");
            Assert.True(reply.Status == "ok", reply.ErrorMessage);
            return kernel;
        });

        internal KernelProcess Kernel => _kernel.Value;

        public void Dispose()
        {
            if (_kernel.IsValueCreated) { _kernel.Value.Dispose(); }
        }
    }

    KernelProcess Kernel => shared.Kernel;

    CellReply Ok(string code)
    {
        CellReply reply = Kernel.Run(code);
        Assert.True(reply.Status == "ok", $"{reply.ErrorName}: {reply.ErrorMessage}");
        return reply;
    }

    [Fact]
    public void Text_comes_in_order_and_the_last_expression_is_the_result()
    {
        CellReply reply = Ok("#!python\nimport sys\nprint('one', 2)\nprint('wrong', file=sys.stderr)\nx = 40\nx + 2");
        Assert.Equal(("one 2\n", "wrong\n", "42"), (reply.Stream("stdout"), reply.Stream("stderr"), reply.Result));
        Assert.Equal("40\n", Ok("#!python\nprint(x)").Stream("stdout"));
    }

    [Fact]
    public void Text_of_two_languages_comes_in_the_order_written()
    {
        const string Cell = "Console.WriteLine(\"cs\");\n#!python\nprint(\"py\")\n#!csharp\nConsole.WriteLine(\"cs2\");";
        for (int attempt = 0; attempt < 5; attempt++) { Assert.Equal("cs\npy\ncs2\n", Ok(Cell).Stream("stdout")); }
        // Within one C# cell, too, and without an end of line.
        Ok(string.Concat(((string[])["TorchInit.Oracle", "TorchInit.Oracle.PythonNet", "Python.Runtime"])
            .Select(name => $"#r \"{Path.Combine(AppContext.BaseDirectory, $"{name}.dll")}\"\n"))
            + "var live = TorchInit.Oracle.PythonNet.LiveTorch.Start();");
        Assert.Equal("A\nBC\n", Ok("Console.WriteLine(\"A\");\n"
            + "live.Run(() => { Python.Runtime.PythonEngine.Exec(\"print('B', end='')\"); });\n"
            + "Console.WriteLine(\"C\");").Stream("stdout"));
    }

    [Fact]
    public void Exit_ends_the_cell_and_leaves_standard_input_open()
    {
        Assert.Equal("SystemExit", Kernel.Run("#!python\nexit()").ErrorName);
        Assert.Equal("SystemExit", Kernel.Run("#!python\nquit(1)").ErrorName);
        Assert.StartsWith("Help on built-in function len", Ok("#!python\nhelp(len)").Stream("stdout"), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_comes_while_the_cell_runs()
    {
        string id = Kernel.SendCell("#!python\nprint('begun')\nimport time\nwhile True: time.sleep(0.01)");
        Kernel.WaitForOutput(id, "stream");
        Kernel.Interrupt();
        Assert.Equal("KeyboardInterrupt", Kernel.Reply(id).ErrorName);
    }

    [Fact]
    public void Twenty_thousand_lines_are_few_messages()
    {
        CellReply reply = Ok("#!python\nfor i in range(20000): print(i)");
        Assert.Equal(string.Concat(Enumerable.Range(0, 20000).Select(i => $"{i}\n")), reply.Stream("stdout"));
        Assert.True(reply.Published.Count < 2000, $"{reply.Published.Count} messages");
    }

    [Fact]
    public void Rich_values_and_figures_are_shown()
    {
        CellReply reply = Ok("""
            #!python
            class Rich:
                def _repr_html_(self): return "<b>é</b>"
                def _repr_png_(self): return b"\x89PNG"
                def _repr_mimebundle_(self, **how): return {"application/x+json": {"a": 1}}
                def __repr__(self): return "rich"
            display(Rich())
            print("after")
            Rich()
            """);
        string[] types = [.. reply.Published.Select(message => message.Type)];
        Assert.True(Array.IndexOf(types, "display_data") < Array.IndexOf(types, "stream"), string.Join(' ', types));
        foreach (string type in (string[])["display_data", "execute_result"])
        {
            JupyterMessage shown = reply.Published.Single(message => message.Type == type);
            JsonNode data = shown.Content["data"]!;
            Assert.Equal(("<b>é</b>", "iVBORw==", "rich"),
                ((string)data["text/html"]!, (string)data["image/png"]!, (string)data["text/plain"]!));
            Assert.Equal(1, (int)data["application/x+json"]!["a"]!);
        }
    }

    [Fact]
    public void A_traceback_has_the_lines_of_the_whole_cell()
    {
        CellReply reply = Kernel.Run("Console.Write(1);\n#!python\n#!share missing --from csharp");
        Assert.Contains("missing", reply.ErrorMessage);
        reply = Kernel.Run("Console.Write(1);\n#!python\ndef f(n):\n    return 1 / n\nf(0)");
        Assert.Equal(("ZeroDivisionError", "division by zero"), (reply.ErrorName, reply.ErrorMessage));
        string trace = string.Join('\n', reply.Content["traceback"]!.AsArray().Select(line => (string)line!));
        Assert.Matches("File \"<cell \\d+>\", line 5, in <module>\n    f\\(0\\)", trace);
        Assert.Contains("line 4, in f\n    return 1 / n", trace);
        Assert.DoesNotContain("python_cells", trace);
        Assert.Equal("SyntaxError", Kernel.Run("#!python\nx = (").ErrorName);
        Assert.Equal("SystemExit", Kernel.Run("#!python\nimport sys; sys.exit(3)").ErrorName);
        Assert.Equal("2", Ok("1 + 1").Result);
    }

    [Theory]
    [InlineData("while True: pass")]
    [InlineData("import time; time.sleep(1000)")]
    [InlineData("import asyncio; await asyncio.sleep(1000)")]
    [InlineData("while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: break\nraise KeyboardInterrupt")]
    public void A_cell_is_interrupted_and_its_names_stay(string code)
    {
        Ok("#!python\nkept = 7");
        string id = Kernel.SendCell($"#!python\nprint('begun')\n{code}");
        Kernel.WaitForOutput(id, "stream");
        Kernel.Interrupt();
        Assert.Equal("KeyboardInterrupt", Kernel.Reply(id).ErrorName);
        Assert.Equal("7", Ok("#!python\nkept").Result);
        Assert.Equal("3", Ok("1 + 2").Result);
    }

    [Fact]
    public void The_user_is_asked()
    {
        Ok("#!python\nimport getpass");
        string id = Kernel.SendCell("#!python\nname = input('who? ')\nprint('hello', name)", input: true);
        Kernel.Answer("Ada");
        Assert.Equal("hello Ada\n", Kernel.Reply(id).Stream("stdout"));
        Assert.Equal("StdinNotImplementedError", Kernel.Run("#!python\ninput('who? ')").ErrorName);
        id = Kernel.SendCell("#!python\nprint('begun')\ninput('who? ')", input: true);
        Kernel.WaitForOutput(id, "stream");
        Thread.Sleep(300);
        Kernel.Interrupt();
        Assert.Equal("KeyboardInterrupt", Kernel.Reply(id).ErrorName);
        Assert.Equal("3", Ok("#!python\n1 + 2").Result);
    }

    [Fact]
    public void Names_are_completed_and_described()
    {
        Ok("#!python\nimport math\ndef twice(n: int) -> int:\n    '''Two times n.'''\n    return 2 * n");
        const string code = "int before = 1;\n#!python\ntw";
        JsonObject found = Asked("complete_request", code, code.Length);
        Assert.Contains("twice", Matches(found));
        Assert.Equal((code.Length - 2, code.Length), ((int)found["cursor_start"]!, (int)found["cursor_end"]!));
        // In the C# part it is C# that is completed.
        Assert.Contains("Console", Matches(Asked("complete_request", $"Consol\n{code}", 6)));
        Assert.Contains("Two times n.", (string)Asked("inspect_request", "#!python\ntwice(1)", 12)["data"]!["text/plain"]!);
        Assert.Equal("unknown", (string)Asked("is_complete_request", "#!python\nfor x in y:", 0)["status"]!);
    }

    /// <summary>The first answers take the libraries of completion to be loaded; a busy machine may be asked again.</summary>
    JsonObject Asked(string type, string code, int cursor)
    {
        JsonObject? answer = null;
        for (int attempt = 0; attempt < 10 && (string?)answer?["status"] is null or "error"; attempt++)
        {
            answer = Kernel.Reply(Kernel.Send(type, new() { ["code"] = code, ["cursor_pos"] = cursor })).Content;
        }
        return answer!;
    }

    static IEnumerable<string> Matches(JsonObject found) => found["matches"]!.AsArray().Select(match => (string)match!);

    [Theory]
    [InlineData("new float[] { 0.1f, -0f, float.NaN }", "float32 (3,)")]
    [InlineData("new double[2, 3, 4]", "float64 (2, 3, 4)")]
    [InlineData("new[] { true, false }", "bool (2,)")]
    [InlineData("new ulong[] { ulong.MaxValue }", "uint64 (1,)")]
    [InlineData("new Half[0, 3]", "float16 (0, 3)")]
    [InlineData("new sbyte[,] { { -128 } }", "int8 (1, 1)")]
    public void An_array_goes_there_and_back(string array, string numpy)
    {
        Ok($"var there = {array};");
        Assert.Equal($"{numpy}\n", Ok("#!python\n#!share there --from csharp\nprint(there.dtype, there.shape)").Stream("stdout"));
        Ok("#!set --name back --value @python:there");
        Assert.Equal("True", Ok("there.GetType() == back.GetType() && there.Cast<object>().SequenceEqual(back.Cast<object>())").Result);
    }

    [Theory]
    [InlineData("import torch; v = torch.arange(6.0).reshape(2, 3).T", "v.GetType().Name + v[2, 1]", "Single[,]5")]
    [InlineData("import torch; v = torch.ones(2, requires_grad=True)", "v.GetType().Name + v[1]", "Single[]1")]
    [InlineData("import torch; v = torch.ones(1, 2, dtype=torch.bfloat16)",
        "v.GetType().FullName + (float)v[0, 1]", "TorchInit.BFloat16[,]1")]
    [InlineData("import torch; v = torch.nn.Linear(2, 3).state_dict()", "string.Join(' ', v.Keys) + v[\"weight\"].Count", "weight bias6")]
    [InlineData("v = 5", "v + 1L", "6")]
    [InlineData("v = 10 ** 30", "v * 10", "10000000000000000000000000000000")]
    [InlineData("v = 2.5", "v.GetType().Name + v", "Double2.5")]
    [InlineData("v = 'é😀'", "v.Length", "3")]
    [InlineData("v = ['a', 'b']", "v[1]", "b")]
    [InlineData("v = [1, 2.5]", "v[1]", "2.5")]
    [InlineData("v = None", "v is null", "True")]
    [InlineData("v = [{'name': 'a', 'n': 1}, {'name': 'b', 'n': 2}]", "v[1][\"name\"].ToString() + v.AsArray().Count", "b2")]
    public void What_Python_has_gets_its_type(string python, string show, string shown)
    {
        Ok($"#!python\n{python}");
        Ok("#!share v --from python");
        Assert.Equal(shown, Ok(show).Result);
    }

    [Fact]
    public void What_CSharp_has_becomes_Pythons_own()
    {
        string library = Path.Combine(AppContext.BaseDirectory, "TorchInit.dll");
        Ok($"#r \"{library}\"\n" + """
            using TorchInit;
            var drawn = InitPlan.Of("Linear(2, 3)").Materialize(0);
            var one = drawn["bias"];
            var part = new Memory<int>(new[] { 1, 2, 3 }, 1, 2);
            var table = new[] { new { name = "a", n = 1 } };
            var number = 3;
            var text = "it's";
            var rows = new List<double> { 1.5 };
            """);
        string[] names = ["drawn", "one", "part", "table", "number", "text", "rows"];
        CellReply reply = Ok("#!python\n" + string.Concat(names.Select(name => $"#!share {name} --from csharp\n")) + """
            import torch
            net = torch.nn.Linear(2, 3)
            print(net.load_state_dict(drawn), one.dtype, torch.equal(one, drawn['bias']))
            print(part, table, number, text, rows)
            """);
        Assert.Equal("<All keys matched successfully> torch.float32 True\n[2 3] [{'name': 'a', 'n': 1}] 3 it's [1.5]\n",
            reply.Stream("stdout"));
    }

    [Theory]
    [InlineData("#!share nothing --from python", "NameError: name 'nothing' is not defined")]
    [InlineData("#!python\n#!share nothing --from csharp", "Value 'nothing' is not in C#")]
    [InlineData("#!set --name x --value @python:print", "'print' is builtin_function_or_method; numbers, strings")]
    [InlineData("var kind = typeof(int);\n#!python\n#!share kind --from csharp", "cannot be passed to Python")]
    [InlineData("#!python\n#!set --name class --value 5", "'class' is not a Python name")]
    public void What_cannot_be_shared_is_said(string code, string said)
    {
        if (code.Contains("print", StringComparison.Ordinal)) { Ok("#!python\nprint = print"); }
        Assert.Contains(said, Kernel.Run(code).ErrorMessage);
    }

    [Fact]
    public void Connecting_again_gives_the_same_Python()
    {
        Ok("#!python\nsame = 1");
        Ok("#!connect pythonnet --kernel-name python");
        Assert.Equal("1", Ok("#!python\nsame").Result);
    }

    [Theory]
    [InlineData("#!connect pythonnet", "needs --kernel-name; allowed: #!connect pythonnet --kernel-name NAME [--python PATH]")]
    [InlineData("#!connect pythonnet --kernel-name html", "--kernel-name html is taken; allowed: another name")]
    [InlineData("#!connect pythonnet --kernel-name 'a b'", "--kernel-name is 'a b'; allowed: letters")]
    [InlineData("#!connect pythonnet --kernel-name py --pyhton /usr/bin/python3", "has no option --pyhton; allowed: #!connect pythonnet")]
    [InlineData("#!connect pythonnet --kernel-name py --python", "--python needs a value")]
    [InlineData("#!connect pythonnet --python --kernel-name py", "--python needs a value, not '--kernel-name'")]
    [InlineData("#!connect pythonnet extra --kernel-name py", "does not take 'extra'")]
    [InlineData("#!connect pythonnet --kernel-name py --python /nowhere/python",
        "runs in this process, not /nowhere/python; a process can run only one Python")]
    [InlineData("#!connect jupyter --kernel-name python --kernel-spec python3",
        "--kernel-name python is taken by a kernel of #!connect pythonnet")]
    [InlineData("#!connect snake --kernel-name py",
        "#!connect snake is not supported here; allowed: #!connect jupyter --kernel-name NAME --kernel-spec SPEC; #!connect pythonnet")]
    public void A_wrong_line_is_explained(string code, string said) => Assert.Contains(said, Kernel.Run(code).ErrorMessage);

    [Fact]
    public void Lines_of_connect_are_completed()
    {
        const string code = "#!connect pythonnet --";
        Assert.Contains("--python", Matches(Asked("complete_request", code, code.Length)));
    }
}
