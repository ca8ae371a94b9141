using System.Globalization;
using InitNotebooks.Engine;

namespace InitNotebooks.Tests.Hosts;

/// <summary>Python cells of real .NET Interactive: what a person sees and what crosses between the languages, bit for bit.</summary>
public sealed class PythonCellsTests(PythonCellsTests.Session session) : IClassFixture<PythonCellsTests.Session>
{
    /// <summary>One session for all; a cell is named so that its test finds it.</summary>
    public sealed class Session : IDisposable
    {
        const string Library = "../src/InitNotebooks.Plots/bin/Release/net10.0";

        static readonly string[] s_fromPython =
            ["weight", "half", "brain", "cube", "scalar", "column", "flags", "n", "x", "s", "many", "words", "mixed", "state", "numbered"];

        static readonly string[] s_fromCSharp =
            ["grid", "deep", "ints", "yes", "halves", "none", "list", "text", "big", "tenth", "single", "rows", "map", "ours"];

        static readonly (string Name, string Source)[] s_cells =
        [
            ("load", string.Join('\n', from dll in (string[])["InitNotebooks.Plots", "TorchInit", "TorchInit.Parity"]
                                       select $"#r \"{Repository.PathOf($"notebooks/{Library}/{dll}.dll")}\"")
                + "\nusing TorchInit;\nusing InitNotebooks;\nNotebookExtension.Load();\nNotebookExtension.Load();"),
            ("bad name", "#!connect pythonnet --kernel-name \"a b\""),
            ("bad python", "#!connect pythonnet --kernel-name p --python /nowhere/python"),
            ("connect", "#!connect pythonnet --kernel-name python"),
            ("again", "#!connect pythonnet --kernel-name python"),
            ("other python", "#!connect pythonnet --kernel-name other --python /nowhere/python"),
            ("torch", """
                #!python
                import torch, numpy
                linear = torch.nn.Linear(3, 4)
                torch.manual_seed(0)
                linear.reset_parameters()
                weight, state = linear.weight, linear.state_dict()
                half, brain, cube = weight.half(), weight.bfloat16(), torch.arange(24).reshape(2, 3, 4)
                scalar, column, flags = torch.tensor(1.5), weight.detach().numpy()[:, 1], numpy.array([True, False])
                n, x, s, nothing, many, words = 5, 2.5, "it's", None, [1.5, float("nan")], ["a", "b"]
                mixed = {"a": 1, "list": [1, "x", None]}
                empty, numbered = {}, {"steps": torch.tensor(3), "mean": torch.zeros(2, dtype=torch.float64)}
                print("drawn")
                weight.shape
                """),
            ("types", Shares("python", s_fromPython)
                + """

                var all = new object[] { weight, half, brain, cube, scalar, column, flags, n, x, s, many, words, mixed, state, numbered };
                Console.WriteLine(string.Join(' ', all.Take(13).Select(value => value.GetType().Name)));
                Console.WriteLine(string.Join(' ', all.Skip(13).Select(value => value.GetType().Name)));
                StateDict ours = Modules.Linear(3, 4).Materialize(seed: 0);
                Console.WriteLine(ours["weight"].AsSpan<float>().SequenceEqual(weight.Cast<float>().ToArray()));
                bool Same(string name) => state[name].AsSpan<float>().SequenceEqual(ours[name].AsSpan<float>());
                Console.WriteLine(state.Keys.SequenceEqual(ours.Keys) && state.Keys.All(Same));
                Console.Write($"{column[0] == weight[0, 1]} {cube[1, 2, 3]} {many[0]} {double.IsNaN(many[1])} {string.Join("", words)} ");
                Console.WriteLine($"{mixed.RootElement} {(double)half[0, 0]:R}");
                Console.WriteLine($"{numbered["steps"].AsSpan<long>()[0]} {numbered["steps"].Shape.Count} {numbered["mean"].DType}");
                """),
            ("set", """
                #!set --name byJson --value @python:weight
                #!set --name byRef --value @python:weight --byref
                #!set --name named --value @python:n
                Console.WriteLine($"{byJson.GetType().Name} {(float)byJson.RootElement[0][0].GetDouble() == byRef[0, 0]} {named}");
                """),
            ("values", """
                float[,] grid = { { 1, float.NaN }, { float.NegativeInfinity, 0.1f } };
                double[,,] deep = new double[2, 3, 4];
                int[] ints = { 1, -2 }; bool[] yes = { true }; Half[] halves = { (Half)0.1 }; float[] none = { };
                var list = new List<float> { 0.1f, 2 };
                var text = "ü \\ 'it\"s"; long big = long.MaxValue; double tenth = 0.1; float single = 0.1f;
                var rows = new[] { new { name = "a", n = 1 }, new { name = "b", n = 2 } };
                var map = new Dictionary<string, object> { ["k"] = 1, ["l"] = new[] { 1, 2 } };
                """),
            ("back", $"#!python\n{Shares("csharp", s_fromCSharp)}"
                + """

                #!set --name five --value 5
                #!set --name words2 --value @csharp:text
                #!set --name grid2 --value @csharp:ints
                print(grid.dtype, grid.tolist(), deep.shape, ints.dtype, yes.dtype, halves.dtype, none.shape, list.dtype, end=" ")
                print(list[0] == numpy.float32(0.1))
                print(text, big, tenth == 0.1, single == numpy.float32(0.1), rows, map, five, words2 == text, grid2)
                print(type(ours["weight"]).__name__, torch.equal(ours["weight"], weight), torch.equal(ours["bias"], linear.bias))
                """),
            ("missing", "#!share absent --from python"),
            ("object", "#!python\nthing = object()\n"),
            ("not shared", "#!share thing --from python"),
            ("streams", "#!python\nimport sys\nprint('one')\nprint('two', file=sys.stderr)\nprint('three')"),
            ("many lines", "#!python\nfor line in range(20000): print(line)"),
            ("rich", """
                #!python
                class Rich:
                    def _repr_html_(self): return '<b>é</b>'
                    def __repr__(self): return 'rich'
                display(Rich())
                Rich()
                """),
            ("raises", "#!python\ndef f(n):\n    return 1 / n\nf(0)"),
            ("syntax", "#!python\nprint('never'\n"),
            ("grad", "#!python\ntorch.set_grad_enabled(False);"),
            ("grad after", "#!python\nprint(torch.is_grad_enabled())\ntorch.set_grad_enabled(True);"),
            ("await", "#!python\nimport asyncio\nasync def later():\n    await asyncio.sleep(0.01)\n    return 7\nawait later()"),
            ("cancel", """
                using Microsoft.DotNet.Interactive.Commands;
                _ = Task.Run(async () =>
                {
                    while (!System.IO.File.Exists("MARK")) { await Task.Delay(20); }
                    await Microsoft.DotNet.Interactive.Kernel.Root.SendAsync(new Cancel());
                });
                """),
            ("loop", "#!python\nopen(\"MARK\", \"w\").close()\nwhile True: pass"),
            ("after", "#!python\nprint('alive')"),
            ("infos", """
                using Microsoft.DotNet.Interactive;
                using Microsoft.DotNet.Interactive.Events;
                var python = Microsoft.DotNet.Interactive.Kernel.Root.FindKernelByName("python");
                var infos = (await python.SendAsync(new RequestValueInfos())).Events.OfType<ValueInfosProduced>().Single().ValueInfos;
                foreach (var info in infos.Where(info => info.Name is "weight" or "s" or "n"))
                {
                    Console.WriteLine($"{info.Name} | {info.TypeName} | {info.FormattedValue.Value}");
                }
                """),
            ("large", """
                #!python
                large = numpy.arange(3_000_000, dtype=numpy.float32)
                """),
            ("large shared", """
                #!share large --from python
                #!set --name told --value @python:large
                Console.WriteLine($"{large.Length} {large[^1]} {told}");
                """),
        ];

        static string Shares(string from, string[] names) => string.Join('\n', names.Select(name => $"#!share {name} --from {from}"));

        readonly DotNetInteractive _host = new();
        readonly Files _files = new();
        readonly Dictionary<string, NotebookCell> _cells = [];

        public Session()
        {
            if ((Missing = _host.Missing) is not null) { return; }
            string mark = _files.Path("mark");
            string[] sources = [.. s_cells.Select(cell => cell.Source.Replace("MARK", mark, StringComparison.Ordinal))];
            NotebookOf.Cells(sources).Save(_files.Path("a.ipynb"));
            Notebook run = _host.Run(_files.Path("a.ipynb"));
            foreach (((string name, _), NotebookCell cell) in s_cells.Zip(run.Cells)) { _cells[name] = cell; }
        }

        public string? Missing { get; }

        internal NotebookCell this[string name]
        {
            get
            {
                if (Missing is not null) { Assert.Skip(Missing); }
                return _cells[name];
            }
        }

        public void Dispose()
        {
            _host.Dispose();
            _files.Dispose();
        }
    }

    string Printed(string cell)
    {
        Assert.Null(NotebookOf.Error(session[cell]));
        return NotebookOf.Stream(session[cell], "stdout");
    }

    string Error(string cell) => Assert.IsType<string>(NotebookOf.Error(session[cell]));

    [Fact]
    public void The_directive_is_there_once_and_says_what_is_wrong()
    {
        Assert.Null(NotebookOf.Error(session["load"]));
        Assert.Contains("'a b'; allowed: letters, digits", Error("bad name"), StringComparison.Ordinal);
        Assert.Contains("/nowhere/python", Error("bad python"), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error("bad python"), StringComparison.Ordinal);
        Assert.Equal(["Kernel added: #!python"], NotebookOf.Shown(session["connect"]));
        Assert.Contains("already in use", Error("again"), StringComparison.Ordinal);
        Assert.Contains("a process can run only one Python", Error("other python"), StringComparison.Ordinal);
    }

    [Fact]
    public void Torchs_reset_parameters_gives_C_sharp_the_same_bits()
    {
        Assert.Equal("drawn\n", Printed("torch"));
        Assert.Equal(["torch.Size([4, 3])"], NotebookOf.Shown(session["torch"]));
        Assert.Equal("""
            Single[,] Half[,] BFloat16[,] Int64[,,] Single Single[] Boolean[] Int64 Double String Double[] String[] JsonDocument
            StateDict StateDict
            True
            True
            True 23 1.5 True ab {"a": 1, "list": [1, "x", null]} -0.004322052001953125
            3 0 Float64

            """, Printed("types"));
    }

    [Fact]
    public void Set_goes_by_JSON_or_by_reference()
        => Assert.Equal("JsonDocument True 5\n", Printed("set"));

    [Fact]
    public void Values_of_C_sharp_keep_their_bits_in_Python()
        => Assert.Equal("""
            float32 [[1.0, nan], [-inf, 0.10000000149011612]] (2, 3, 4) int32 bool float16 (0,) float32 True
            ü \ 'it"s 9223372036854775807 True True [{'name': 'a', 'n': 1}, {'name': 'b', 'n': 2}] {'k': 1, 'l': [1, 2]} 5 True [1, -2]
            Tensor True True

            """, Printed("back"));

    [Fact]
    public void What_cannot_be_had_says_why()
    {
        string missing = NotebookOf.Stream(session["missing"], "stderr"), other = NotebookOf.Stream(session["not shared"], "stderr");
        Assert.Contains("NameError: name 'absent' is not defined", missing, StringComparison.Ordinal);
        Assert.Contains("TypeError: 'thing' is object", other, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_comes_as_it_was_written()
    {
        Assert.Equal("one\nthree\n", Printed("streams"));
        Assert.Equal("two\n", NotebookOf.Stream(session["streams"], "stderr"));
        IEnumerable<string> lines = Enumerable.Range(0, 20_000).Select(line => $"{line.ToString(CultureInfo.InvariantCulture)}\n");
        Assert.Equal(string.Concat(lines), Printed("many lines"));
        Assert.Equal(["<b>é</b>", "<b>é</b>"], NotebookOf.Shown(session["rich"], "text/html"));
        IEnumerable<string> kinds = session["rich"].Outputs.Select(output => output!["output_type"]!.GetValue<string>());
        Assert.Equal(["display_data", "execute_result"], kinds);
    }

    [Fact]
    public void Errors_are_Pythons_with_the_cells_lines()
    {
        Assert.Contains("return 1 / n", Error("raises"), StringComparison.Ordinal);
        Assert.EndsWith("ZeroDivisionError: division by zero", Error("raises"), StringComparison.Ordinal);
        Assert.Contains("SyntaxError", Error("syntax"), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error("raises"), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_a_thread_hold_in_the_next_cell()
    {
        Assert.Equal("False\n", Printed("grad after"));
        Assert.Equal(["7"], NotebookOf.Shown(session["await"]));
    }

    [Fact]
    public void Cancel_ends_a_loop_and_Python_goes_on()
    {
        Assert.Contains("cancelled", Error("loop"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("alive\n", Printed("after"));
    }

    [Fact]
    public void Front_ends_can_ask_what_there_is()
    {
        Assert.Equal("""
            weight | torch.nn.parameter.Parameter | torch.float32 of shape (4, 3)
            n | int | 5
            s | str | "it's"

            """, Printed("infos"));
    }

    [Fact]
    public void A_large_array_goes_by_reference_alone()
    {
        const string told = "too large for JSON: 3,000,000 elements; take it by reference, with #!share or #!set --byref";
        Assert.Equal($"3000000 2999999 {told}\n", Printed("large shared"));
    }
}
