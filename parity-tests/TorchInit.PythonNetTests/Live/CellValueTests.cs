using System.Text.Json.Nodes;
using TorchInit.Oracle;
using TorchInit.Oracle.PythonNet;
using TorchInit.PythonNetTests.Support;

namespace TorchInit.PythonNetTests.Live;

/// <summary>State dicts, tensors, tables and questions between C# and Python cells; what a thread keeps.</summary>
public class CellValueTests
{
    [Fact]
    public void A_state_dict_goes_there_and_back()
    {
        PythonCells cells = new(InProcess.Torch.Host);
        StateDict drawn = InitPlan.Of("BatchNorm2d(3)").Materialize(seed: 1);
        drawn.Add("half", TensorBuffer.Of([(BFloat16)0.5f, (BFloat16)2], [2, 1]));
        drawn.Add("none", TensorBuffer.Zeros(DType.Float64, [0, 3]));
        cells.Set("lent", drawn);
        Run(cells, """
            facts = [f"{key} {tuple(t.shape)} {t.dtype}" for key, t in lent.items()]
            torch.nn.BatchNorm2d(3).load_state_dict({key: lent[key] for key in list(lent)[:5]})
            """, before: "import torch");
        Assert.Equal(["weight (3,) torch.float32", "bias (3,) torch.float32", "running_mean (3,) torch.float32",
            "running_var (3,) torch.float32", "num_batches_tracked () torch.int64", "half (2, 1) torch.bfloat16",
            "none (0, 3) torch.float64"], (string[])cells.Get("facts")!);
        StateDict back = Assert.IsType<StateDict>(cells.Get("lent"));
        Assert.Equal(drawn.Keys, back.Keys);
        foreach ((string key, TensorBuffer tensor) in drawn)
        {
            Assert.Equal((tensor.DType, tensor.Count), (back[key].DType, back[key].Count));
            Assert.Equal(tensor.Shape, back[key].Shape);
            Assert.True(tensor.Bytes(0, tensor.Count).SequenceEqual(back[key].Bytes(0, tensor.Count)), key);
        }
    }

    [Fact]
    public void A_tensor_becomes_a_torch_tensor()
    {
        PythonCells cells = new(InProcess.Torch.Host);
        cells.Set("lent", InitPlan.Of("Linear(3, 4)").Materialize(seed: 0)["weight"]);
        Run(cells, "kind = f'{type(lent).__name__} {tuple(lent.shape)} {lent.dtype}'");
        Assert.Equal("Tensor (4, 3) torch.float32", cells.Get("kind"));
    }

    [Fact]
    public void What_a_state_dict_of_CSharp_has_no_type_for_is_said()
    {
        PythonCells cells = new(InProcess.Torch.Host);
        Run(cells, """
            flags = {'mask': torch.tensor([True])}
            waves = torch.zeros(2, dtype=torch.complex64)
            layer = torch.nn.Linear(1, 1)
            """, before: "import torch");
        string said = Assert.Throws<NotSupportedException>(() => cells.Get("flags")).Message;
        Assert.Contains("'mask' is a tensor of Boolean; allowed in a StateDict: float32", said);
        Assert.Contains("complex64", Assert.Throws<NotSupportedException>(() => cells.Get("waves")).Message);
        Assert.Contains("state_dict()s", Assert.Throws<PythonRaisedException>(() => cells.Get("layer")).Message);
    }

    [Theory]
    [InlineData("[{'name': 'a', 'n': 1}, {'name': 'b', 'n': 2.5}]", """[{"name":"a","n":1},{"name":"b","n":2.5}]""")]
    [InlineData("{'x': [1, 2], 'y': {'z': None}, 3: True}", """{"x":[1,2],"y":{"z":null},"3":true}""")]
    [InlineData("[1, 'a', None]", """[1,"a",null]""")]
    [InlineData("[[1], [2, 3]]", "[[1],[2,3]]")]
    [InlineData("[]", "[]")]
    [InlineData("{'nan': float('nan'), 'least': -float('inf')}", """{"nan":"NaN","least":"-Infinity"}""")]
    [InlineData("[10 ** 30]", "[1000000000000000000000000000000]")]
    [InlineData("type('Frame', (), {'columns': ['a'], 'to_dict': lambda self, how: [{'a': 1}]})()", """[{"a":1}]""")]
    public void Tables_and_nested_values_come_as_JSON(string code, string json)
    {
        PythonCells cells = new(InProcess.Torch.Host);
        Run(cells, $"told = {code}");
        JsonNode found = Assert.IsAssignableFrom<JsonNode>(cells.Get("told"));
        Assert.Equal(json, found.ToJsonString());
    }

    [Fact]
    public void Lists_of_numbers_come_as_arrays()
    {
        PythonCells cells = new(InProcess.Torch.Host);
        Run(cells, "grid = [[1.5, 2], [3, 4]]\nwhole = (1, True, 3)\nflags = [True, False]\nraw = b'\\x00\\xff'");
        Assert.Equal(new double[,] { { 1.5, 2 }, { 3, 4 } }, cells.Get("grid"));
        Assert.Equal(new long[] { 1, 1, 3 }, cells.Get("whole"));
        Assert.Equal(new[] { true, false }, cells.Get("flags"));
        Assert.Equal(new byte[] { 0, 255 }, cells.Get("raw"));
        Run(cells, "self_made = []\nself_made.append(self_made)");
        Assert.Equal("RecursionError", Assert.Throws<PythonRaisedException>(() => cells.Get("self_made")).Kind);
    }

    [Fact]
    public void What_CSharp_has_becomes_Pythons_own()
    {
        PythonCells cells = new(InProcess.Torch.Host);
        (object Value, string Shown)[] lent =
        [
            (new[] { new { name = "a", n = 1 }, new { name = "b", n = 2 } }, "[{'name': 'a', 'n': 1}, {'name': 'b', 'n': 2}]"),
            (new Dictionary<string, object?> { ["x"] = double.NaN, ["y"] = null, ["z"] = 0.1f },
                "{'x': nan, 'y': None, 'z': 0.10000000149011612}"),
            (new List<object> { 1, "a", float.NegativeInfinity }, "[1, 'a', -inf]"),
            (new float[][] { [1], [2, 3] }, "[[1.0], [2.0, 3.0]]"),
            (new[] { (1, "a") }, "[{'Item1': 1, 'Item2': 'a'}]"),
            (JsonNode.Parse("""{"a":[1]}""")!, "{'a': [1]}"),
            ('x', "'x'"),
        ];
        foreach ((object value, string shown) in lent)
        {
            cells.Set("lent", value);
            Run(cells, "shown = repr(lent)");
            Assert.Equal(shown, cells.Get("shown"));
        }
        Assert.Contains("divide by zero", Assert.Throws<NotSupportedException>(() => cells.Set("lent", new Throws())).Message);
        Assert.Contains("RuntimeType cannot be passed to Python",
            Assert.Throws<NotSupportedException>(() => cells.Set("lent", typeof(int))).Message);
        Assert.Equal("NameError", Assert.Throws<PythonRaisedException>(() => cells.Set("class", 1)).Kind);
    }

    [Fact]
    public void Memories_and_lists_become_arrays()
    {
        PythonCells cells = new(InProcess.Torch.Host);
        object[] values = [new Memory<float>([1, 2, 3], 1, 2), new ReadOnlyMemory<float>([2, 3]), new List<float> { 2, 3 }];
        foreach (object value in values)
        {
            cells.Set("lent", value);
            Assert.Equal(new float[] { 2, 3 }, cells.Get("lent"));
        }
    }

    [Fact]
    public void Python_asks_the_user()
    {
        PythonCells cells = new(InProcess.Torch.Host);
        List<(string, bool)> asked = [];
        string? Ask(string prompt, bool password)
        {
            asked.Add((prompt, password));
            // Python's lock is free meanwhile.
            Assert.True(Task.Run(() => { using (Python.Runtime.Py.GIL()) { return true; } }).Wait(TimeSpan.FromMinutes(1)));
            return prompt switch
            {
                "stop" => throw new OperationCanceledException(),
                "nobody" => throw new NotSupportedException("nobody is there"),
                _ => "Ada",
            };
        }
        cells.Run("import getpass\nnames = [input('who? '), getpass.getpass('secret: '), input()]", _ => { }, Ask);
        Assert.Equal(["Ada", "Ada", "Ada"], (string[])cells.Get("names")!);
        Assert.Equal([("who? ", false), ("secret: ", true), ("", false)], asked);
        Assert.Equal("KeyboardInterrupt", Assert.Throws<PythonRaisedException>(() => cells.Run("input('stop')", _ => { }, Ask)).Kind);
        PythonRaisedException refused = Assert.Throws<PythonRaisedException>(() => cells.Run("input('nobody')", _ => { }, Ask));
        Assert.Equal(("StdinNotImplementedError", "nobody is there"), (refused.Kind, refused.Text));
        Assert.Equal("StdinNotImplementedError", Assert.Throws<PythonRaisedException>(() => cells.Run("input()", _ => { })).Kind);
    }

    [Fact]
    public async Task What_a_thread_keeps_the_next_cell_finds()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        PythonCells cells = new(InProcess.Torch.Host);
        const string code = "import torch, threading\ntorch.set_grad_enabled(False)\nfirst = threading.get_ident()";
        await Task.Factory.StartNew(() => cells.Run(code, _ => { }),
            token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Run(cells, "off = not torch.is_grad_enabled()\ntorch.set_grad_enabled(True)\nsame = threading.get_ident() == first");
        Assert.Equal((true, true), ((bool)cells.Get("off")!, (bool)cells.Get("same")!));
    }

    [Fact]
    public void A_name_is_described()
    {
        PythonCells cells = new(InProcess.Torch.Host);
        Run(cells, "def twice(n: int) -> int:\n    '''Two times n.'''\n    return 2 * n\nhalf = None");
        Assert.Equal("twice(n: int) -> int\nTwo times n.", cells.Inspect("twice(3)", 2));
        Assert.Equal("twice(n: int) -> int\nTwo times n.", cells.Inspect("twice(", 6));
        Assert.StartsWith("half: NoneType", cells.Inspect("half", 4));
        Assert.Null(cells.Inspect("nothing", 3));
        Assert.Null(cells.Inspect("1 + 2", 3));
    }

    [Fact]
    public void Texts_that_are_none_are_cleaned()
    {
        List<PythonCellOutput> seen = [];
        PythonCells cells = new(InProcess.Torch.Host);
        cells.Run("print('\\ud800', end='')\nclass Odd:\n    def __repr__(self): return 'a\\0b\\udfff'\nOdd()", seen.Add);
        Assert.Equal("?", string.Concat(seen.OfType<PythonCellText>().Select(text => text.Text)));
        Assert.Equal("a\0b?", Assert.Single(seen.OfType<PythonCellDisplay>()).Data["text/plain"]);
        PythonRaisedException error = Assert.Throws<PythonRaisedException>(() => cells.Run("raise ValueError('\\ud800')", _ => { }));
        Assert.Equal("?", error.Text);
    }

    [Fact]
    public void JSON_of_a_bundle_is_JSON()
    {
        List<PythonCellOutput> seen = [];
        new PythonCells(InProcess.Torch.Host).Run(
            "class Chart:\n    def _repr_mimebundle_(self, **kw): return {'application/x+json': {'a': [1, None]}}\nChart()", seen.Add);
        Assert.Equal("""{"a": [1, null]}""", Assert.IsType<PythonCellDisplay>(Assert.Single(seen)).Data["application/x+json"]);
    }

    [Fact]
    public void What_cells_keep_is_reached_without_a_copy()
    {
        LiveTorch torch = InProcess.Torch;
        PythonCells cells = new(torch.Host);
        Run(cells, """
            model = torch.nn.Sequential(torch.nn.Linear(2, 2))
            box = type('Box', (), {'layer': model[0]})()
            number = 1
            """, before: "import torch");
        using (LiveModule layer = torch.ModuleOfCells("box.layer"))
        using (LiveTensor bias = torch.TensorOfCells("box.layer.bias"))
        {
            layer.Load(InitPlan.Of("Linear(2, 2)").Materialize(seed: 3));
            bias.Write<float>(span => span.Fill(7));
        }
        Run(cells, "seen = model[0].bias.tolist() + model[0].weight.flatten().tolist()");
        float[] weight = InitPlan.Of("Linear(2, 2)").Materialize(seed: 3)["weight"].AsSpan<float>().ToArray();
        Assert.Equal([7, 7, .. weight.Select(value => (double)value)], (double[])cells.Get("seen")!);
        Assert.Equal("NameError", Assert.Throws<PythonRaisedException>(() => torch.ModuleOfCells("missing")).Kind);
        Assert.Equal("AttributeError", Assert.Throws<PythonRaisedException>(() => torch.TensorOfCells("box.missing")).Kind);
        Assert.Throws<ArgumentException>(() => torch.ModuleOfCells("number"));
    }

    [Fact]
    public void Torch_may_be_imported_by_any_thread_and_used_by_it_again()
    {
        string printed = HostProcess.Lines("import-on-a-thread");
        Assert.Equal(string.Concat(Enumerable.Repeat("2 2 2\n", 50)).TrimEnd(), printed);
    }

    [Fact]
    public void It_says_which_Python_and_torch_it_is()
    {
        OracleInfo info = InProcess.Torch.Info;
        Assert.Equal($"Python {info.PythonVersion}, torch {info.Release}", new PythonCells(InProcess.Torch.Host).Version);
    }

    sealed class Throws
    {
        int _zero;

        public int Value => 1 / _zero++;
    }

    static void Run(PythonCells cells, string source, string before = "pass") => cells.Run($"{before}\n{source}", _ => { });
}
