namespace InitNotebooks.Tests.Attacks;

/// <summary>What C# and a Python kernel share arrives as it left: type, rank and every bit.</summary>
public sealed class SharingTests(SharingTests.Shared shared, ITestOutputHelper output) : IClassFixture<SharingTests.Shared>
{
    public sealed class Shared : IDisposable
    {
        public Jupyter Jupyter { get; } = new();

        internal KernelProcess? Kernel { get; }

        public Shared()
        {
            if (Jupyter.Missing is not null) { return; }
            Kernel = new();
            Assert.Equal("ok", Kernel.Run("#!connect jupyter --kernel-name py --kernel-spec python3").Status);
        }

        public void Dispose()
        {
            Kernel?.Dispose();
            Jupyter.Dispose();
        }
    }

    KernelProcess Kernel
    {
        get
        {
            if (shared.Jupyter.Missing is { } missing) { Assert.Skip(missing); }
            return shared.Kernel!;
        }
    }

    [Theory]
    [InlineData("new float[] { 0.1f, -0f, float.NaN, float.PositiveInfinity, 1e-45f }", "float32 (5,)")]
    [InlineData("new double[] { 0.1, double.NaN, double.NegativeInfinity }", "float64 (3,)")]
    [InlineData("new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }", "float32 (2, 3)")]
    [InlineData("new long[2, 3, 4]", "int64 (2, 3, 4)")]
    [InlineData("new[] { true, false }", "bool (2,)")]
    [InlineData("new bool[,] { { true }, { false } }", "bool (2, 1)")]
    [InlineData("new byte[] { 0, 255 }", "uint8 (2,)")]
    [InlineData("new sbyte[] { -128 }", "int8 (1,)")]
    [InlineData("new ushort[] { 65535 }", "uint16 (1,)")]
    [InlineData("new ulong[] { ulong.MaxValue }", "uint64 (1,)")]
    [InlineData("new int[0]", "int32 (0,)")]
    [InlineData("new float[0, 3]", "float32 (0, 3)")]
    [InlineData("new Half[] { (Half)0.1, Half.NaN }", "float16 (2,)")]
    [InlineData("new List<float> { 1.5f, 2 }", "float32 (2,)")]
    public void An_array_goes_there_and_back(string array, string numpy)
    {
        Assert.Equal("ok", Kernel.Run($"var there = {array};").Status);
        Assert.Equal($"{numpy}\n", Kernel.Run("#!py\n#!share there --from csharp\nprint(there.dtype, there.shape)").Stream("stdout"));
        Assert.Equal("ok", Kernel.Run("#!share there --from py --as back").Status);
        // What a List was, an array is.
        const string equal = "static bool Same(Array a, Array b) => a.GetType() == b.GetType() && a.Rank == b.Rank && "
            + "Enumerable.Range(0, a.Rank).All(d => a.GetLength(d) == b.GetLength(d)) "
            + "&& a.Cast<object>().Zip(b.Cast<object>()).All(p => p.First.Equals(p.Second));\n";
        CellReply reply = Kernel.Run(equal + "Same((object)there is Array own ? own : ((object)there as List<float>).ToArray(), back)");
        Assert.True(reply.Result == "True", $"{reply.ErrorMessage} {reply.Result}");
    }

    [Theory]
    [InlineData("import numpy; v = numpy.arange(6, dtype='float32').reshape(2, 3)", "v.GetType().Name + v[1, 2]", "Single[,]5")]
    [InlineData("import numpy; v = numpy.arange(6, dtype='>i4').reshape(2, 3).T", "v.GetType().Name + v[2, 1]", "Int32[,]5")]
    [InlineData("import numpy; v = numpy.float32(0.5)", "v.GetType().Name + v", "Double0.5")]
    [InlineData("import torch; v = torch.full((2, 2), 0.5, dtype=torch.bfloat16, requires_grad=True)", "v.GetType().Name + v[1, 1]",
        "Single[,]0.5")]
    [InlineData("import torch; v = torch.tensor([True, False])", "v.GetType().Name + v[0]", "Boolean[]True")]
    [InlineData("v = [True, False]", "v.GetType().Name + v[0]", "Boolean[]True")]
    [InlineData("v = [1, 2]", "v.GetType().Name + v[1]", "Int64[]2")]
    [InlineData("v = [1, float('nan')]", "v.GetType().Name + v[1]", "Double[]NaN")]
    [InlineData("v = float('inf')", "v.GetType().Name + double.IsPositiveInfinity(v)", "DoubleTrue")]
    [InlineData("v = [[1.5, 2], [3, 4]]", "v.GetType().Name + v[1][1]", "Double[][]4")]
    [InlineData("v = ['a', 'é😀']", "v[1]", "é😀")]
    [InlineData("v = {'a': [1, 2], 'b': {'c': True}}", "v[\"b\"][\"c\"].ToString() + v[\"a\"][1]", "true2")]
    [InlineData("v = b'\\x00\\xff'", "v.GetType().Name + v[1]", "Byte[]255")]
    [InlineData("v = 5", "v.GetType().Name + v", "Double5")]
    [InlineData("v = None", "v is null", "True")]
    public void What_Python_has_gets_its_type(string python, string show, string shown)
    {
        Assert.Equal("ok", Kernel.Run($"#!py\n{python}").Status);
        CellReply reply = Kernel.Run("#!share v --from py");
        Assert.True(reply.Status == "ok", reply.ErrorMessage);
        reply = Kernel.Run(show);
        Assert.True(reply.Result == shown, $"{reply.Result} {reply.ErrorMessage}");
    }

    [Theory]
    [InlineData("#!py\n#!share nothing --from csharp", "nothing")]
    [InlineData("#!share nothing --from py", "nothing")]
    [InlineData("#!py\nimport numpy; c = numpy.array([1j])\n#!csharp\n#!share c --from py", "complex128")]
    [InlineData("#!py\nf = lambda: 1\n#!csharp\n#!share f --from py", "function")]
    public void What_cannot_be_shared_is_said(string code, string said)
        => Assert.Contains(said, Kernel.Run(code).ErrorMessage, StringComparison.Ordinal);

    [Fact]
    public void A_million_elements_take_no_time()
    {
        Kernel.Run("var grid = new float[1000, 1000];\nfor (int i = 0; i < 1000; i++) { grid[i, i] = i + 0.5f; }");
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("499500.5\n", Kernel.Run("#!py\n#!share grid --from csharp\nprint(float(grid[500, 500]) + 499000)").Stream("stdout"));
        output.WriteLine($"C# to Python, 1000 × 1000 float32: {watch.Elapsed.TotalMilliseconds:F0} ms");
        watch.Restart();
        Assert.Equal("ok", Kernel.Run("#!share grid --from py --as home").Status);
        output.WriteLine($"Python to C#: {watch.Elapsed.TotalMilliseconds:F0} ms");
        Assert.Equal("999.5", Kernel.Run("home[999, 999]").Result);
    }

    [Fact]
    public void Python_asks_the_user()
    {
        string id = Kernel.SendCell("#!py\nname = input('who? ')\nprint('hello', name)", input: true);
        Kernel.Answer("Ada");
        Assert.Equal("hello Ada\n", Kernel.Reply(id).Stream("stdout"));
        Assert.Equal("StdinNotImplementedError", Kernel.Run("#!py\ninput('who? ')").ErrorName);
        id = Kernel.SendCell("#!py\ninput('who? ')", input: true);
        Thread.Sleep(500);
        Kernel.Interrupt();
        Assert.Equal("KeyboardInterrupt", Kernel.Reply(id).ErrorName);
        Assert.Equal("2", Kernel.Run("1 + 1").Result);
    }

    [Fact]
    public void A_console_given_away_comes_back()
    {
        Kernel.Run("Console.SetOut(new System.IO.StringWriter()); Console.SetError(System.IO.TextWriter.Null); Console.WriteLine(1);");
        CellReply reply = Kernel.Run("Console.WriteLine(\"here\"); Console.Error.WriteLine(\"too\");");
        Assert.Equal(("here\n", "too\n"), (reply.Stream("stdout"), reply.Stream("stderr")));
    }
}
