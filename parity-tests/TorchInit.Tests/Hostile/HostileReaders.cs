using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using InitNotebooks.Engine;
using TorchInit.Oracle;
using TorchInit.Parity;
using TorchInit.Tests.IO;

namespace TorchInit.Tests.Hostile;

/// <summary>Every reader of what others wrote.</summary>
static class HostileReaders
{
    static readonly string[] s_expressions =
    [
        "Linear(3, 4, bias=False)", "nn.Conv2d(3, 8, (3, 3), groups=1, padding_mode='zeros')",
            "init.orthogonal_((20, 30).T, gain=math.sqrt(2))", "LazyLinear(4)(2, 3)", "LSTM(3, 4, 2, bidirectional=True)",
        "Sequential(Linear(2, 3), ReLU(), BatchNorm1d(3))", "TransformerEncoder(TransformerEncoderLayer(8, 2, 16), 2)",
            "parametrizations.spectral_norm(Linear(3, 4), n_power_iterations=2)",
        "init.sparse_((4, 5), 0.5, std=1e-2)", "init.trunc_normal_((4,), 0., 1., -2., float('inf'))",
            "utils.weight_norm(Linear(3, 4), dim=None)", "MultiheadAttention(8, 2)", "randperm(5)",
        "Linear(28*28 // 2, int(5**0.5), bias=not 1)", "Sequential(*[Linear(i, i + 1) for i in range(1, 4)])",
    ];

    static readonly string[] s_programs =
    [
        "torch.manual_seed(0)\nself.a = nn.Linear(2*2, 3)\nself.b = nn.Linear(3, 2)\nself.b.weight = self.a.weight\n"
            + "nn.init.zeros_(self.a.bias)\n",
        "layers = []\nfor i, j in zip([2, 3], [3, 4]):\n    layers.append(nn.Linear(i, j))\nnet = nn.Sequential(*layers)\n"
            + "net[0].bias.data.fill_(1.5)\n",
        "class A(nn.Module):\n    def __init__(self, n=3, *, k=2):\n        super().__init__()\n"
            + "        self.w = nn.Parameter(torch.ones(n))\n        self.l = nn.ModuleList([nn.Linear(k, n) for _ in range(2)])\n    def forward(self, x):\n        return x\nm = A(n=4)\n",
    ];

    public static IReadOnlyList<HostileReader> All { get; } =
    [
        new("npy",
            [Npy("<f4", false, "(2, 3)", 24), Npy("<f8", true, "(3, 1, 2)", 48), Npy("<i8", false, "()", 8),
            Npy("<f2", false, "(0, 7)", 0)], bytes =>
        {
            _ = TorchInit.Npy.Load(new MemoryStream(bytes));
            using GZipStream unknownLength = new(new MemoryStream(Zipped(bytes)), CompressionMode.Decompress);
            _ = TorchInit.Npy.Load(unknownLength);
        }, [typeof(InvalidDataException)], ["'descr': '<f8'", "'fortran_order': True", "(1, 1, 1,", "|O", "'", "(", ")"]),
        new("npz", [Npz()], bytes => Npz(bytes), [typeof(InvalidDataException)],
            ["PK\x3\x4", "PK\x1\x2", "PK\x5\x6", "\xFF\xFF\xFF\xFF", ".npy"]),
        new("npz, inside", [Npy("<f4", false, "(2, 3)", 24), Npy("|b1", true, "(2, 3)", 6), Npy("<U3", false, "(2,)", 24)],
            bytes => Npz(bytes), [typeof(InvalidDataException)], ["(1, 1, 1,", "|O", "'"])
        {
            Wrap = bytes => Npz(("weight.npy", bytes)),
        },
        new("pt", [CheckpointFiles.Zip(), CheckpointFiles.Legacy()], Checkpoint, [typeof(InvalidDataException)],
            ["PK\x3\x4", "PK\x1\x2", "\xFF\xFF\xFF\xFF", "ctorch\nFloatStorage\n", "tR", "((", "data.pkl"]),
        new("pt, inside", [CheckpointFiles.Pickle()], Checkpoint, [typeof(InvalidDataException)],
            ["ctorch\nFloatStorage\n", "tR", "tQ", "((", "]]]]", "}", "h\0", "q\0", "0", "2", "J\xFF\xFF\xFF\x7F", "cos\nsystem\n", "e",
                "u", "s", "a"])
        {
            Wrap = CheckpointFiles.Zip,
        },
        new("safetensors",
            [SafetensorsFiles.Saved(SafetensorsFiles.Mixed(), new Dictionary<string, string> { ["format"] = "pt" }), Opaque()], Safetensors,
            [typeof(InvalidDataException)],
                ["\"dtype\":\"BOOL\"", "\"F4\"", "\"shape\":[", "\"data_offsets\":[0,0]", "\"__metadata__\":null,",
                "\0\0\0\0"]) { Wrap = SetHeaderLength },
        new("plan JSON",
            [.. s_expressions.Where(text => !text.StartsWith("randperm", StringComparison.Ordinal))
            .Select(text => Encoding.UTF8.GetBytes(PlanJson.Write(InitPlan.Of(text))))], Plan,
            [typeof(InvalidDataException)],
                ["\"source\":null,", "\"op\":\"copy\"", "\"kind\":17", "\"dtype\":\"float32, float64\"", "\"shape\":[1,1,1,",
                "\"strides\":[0]", "\"iterations\":2000000000"]),
        new("expression", [.. s_expressions.Select(Encoding.UTF8.GetBytes)], Expression,
            [typeof(TorchExpressionException), typeof(ArgumentException), typeof(TorchArgumentException), typeof(NotInThisTorchException)],
                ["torch.nn.", "(", ")", "((((((", "Sequential(", "None", "=", "1_0", "'\\x", ".T", "float('nan')"]),
        new("lines", [.. s_programs.Select(Encoding.UTF8.GetBytes)], Lines,
            [typeof(TorchExpressionException), typeof(ArgumentException), typeof(TorchArgumentException), typeof(NotInThisTorchException)],
                ["self.", "\n", "    ", "for i in range(9):\n", "[x for x in ", "class A(nn.Module):\n", "def __init__(self):\n", "super()",
                " = ", "**", "*", ".append(", "'''", "#", "a += a\n", "lambda", ".weight"]),
        new("ipynb", [Notebook(), Encoding.UTF8.GetBytes(Ipynb.Write(Dib.Read("#!markdown\n# T\n\n#!csharp\n1 + 1\n")))],
            bytes => Notebook(Ipynb.Read(Encoding.UTF8.GetString(bytes))),
            [typeof(InvalidDataException)],
                ["\"id\":\"a\",", "\"outputs\":[null]", "\"output_type\":\"stream\"", "\"data\":{\"text/html\":\"<script>\"}",
                "\"traceback\":3", "\"metadata\":[]"]),
        new("dib", [Encoding.UTF8.GetBytes("#!meta\n{}\n#!markdown\n# T\n\\#!csharp\n\n#!csharp\nint x = 1;\n\n#!html\n<b>x</b>\n")],
            bytes => Notebook(Dib.Read(Encoding.UTF8.GetString(bytes))),
            [], ["#!csharp\n", "#!markdown\n", "\\#!meta\n", "#!\n", "\r\n"]),
        new("html of an output",
            [Encoding.UTF8.GetBytes("<table class=\"dni\"><tr><td style='text-align: left; color: red'>1 &lt; 2</td></tr></table><a "
                + "href=\"https://x.org/?a=1&amp;b\">x</a><!-- c --><svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>"),
            Encoding.UTF8.GetBytes("<div onclick='alert(1)' id=a><script>z</script><img src=x onerror=y><iframe srcdoc='<p>'></iframe><a "
                + "href=\"javascript:z\">y</a>")], Html,
            [], ["<script>", "</script>", "<svg/onload=x>", "<!--", "-->", "<![CDATA[", " onload=x ", "javascript:", "&#106;avascript:",
                "<math><style>", "\"", "'", "`", "<", ">", "&lt;", "<title>", "</title>", "<p ", "/>"]),
        new("generator state", [new Generator(7).GetState()], bytes => new Generator(0).SetState(bytes), [typeof(TorchArgumentException)],
            ["\0\0\0\0", "\x1\0\0\0"]),
        new("golden file",
            [.. GoldenSet.Files.Take(2).SelectMany(file => GoldenSet.Entries(file).Take(3))
            .Select(entry => Encoding.UTF8.GetBytes($"{entry}")), .. GoldenSet.Files.Take(2)
            .Select(file => Encoding.UTF8.GetBytes($"{file}"))], Golden,
            [typeof(InvalidDataException)], ["\t", "\t\t", " + reset", "linux-x64", "avx2"]),
        new("oracle reply",
            [Reply("""{"tensors":[{"name":"weight","dtype":"float32","shape":[2]}],"state":0,"warnings":[]}""", 8),
            Reply("""{"protocol":1,"unavailable":"no torch"}""", 0)], bytes =>
        {
            using MemoryStream stream = new(bytes);
            if (bytes.Length % 2 == 0) { _ = OracleWire.ReadReply(stream); }
            else { _ = OracleWire.ReadHello(stream); }
        }, [typeof(OracleProtocolException), typeof(EndOfStreamException)],
            ["\"error\":{\"kind\":\"ValueError\",\"message\":\"\"}", "\"shape\":[", "\0\0\0\0"]),
    ];

    static byte[] Npy(string descr, bool fortran, string shape, int bytes)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. new byte[bytes]];
    }

    static byte[] Npz() => Npz(("weight.npy", Npy("<f4", false, "(2, 3)", 24)), ("mask.npy", Npy("|b1", false, "(6,)", 6)));

    static byte[] Npz(params ReadOnlySpan<(string Name, byte[] Bytes)> entries)
    {
        using MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }
        return file.ToArray();
    }

    static void Npz(byte[] file) => _ = TorchInit.Npz.Load(new MemoryStream(file));

    static void Checkpoint(byte[] file) => _ = TorchCheckpoint.Load(new MemoryStream(file));

    static byte[] Zipped(byte[] bytes)
    {
        using MemoryStream zipped = new();
        using (GZipStream stream = new(zipped, CompressionLevel.NoCompression, leaveOpen: true)) { stream.Write(bytes); }
        return zipped.ToArray();
    }

    static byte[] Opaque()
        => SafetensorsFiles.Of("""{"a":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"F4","shape":[2],"data_offsets":[3,4]},"c":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8);

    /// <summary>Half of the files get the length of the header that they have now: what follows the first check is attacked, too.</summary>
    static byte[] SetHeaderLength(byte[] file)
    {
        int end = Array.LastIndexOf(file, (byte)'}') + 1;
        if (file.Length % 2 == 0 && end > 8) { BinaryPrimitives.WriteInt64LittleEndian(file, end - 8); }
        return file;
    }

    static void Safetensors(byte[] file)
    {
        using MemoryStream stream = new(file);
        StateDict read = TorchInit.Safetensors.Load(stream);
        byte[] saved = SafetensorsFiles.Saved(read, TorchInit.Safetensors.LoadMetadata(new MemoryStream(file)));
        Assert.Equal(read.Opaque.Select(tensor => tensor.ToString()),
            TorchInit.Safetensors.Load(new MemoryStream(saved)).Opaque.Select(tensor => tensor.ToString()));
    }

    static void Plan(byte[] text)
    {
        InitPlan plan = PlanJson.Read(Encoding.UTF8.GetString(text));
        Run(plan);
        Assert.Equal(plan.ToString(), PlanJson.Read(PlanJson.Write(plan)).ToString());
    }

    static void Expression(byte[] text)
    {
        TorchCall call = TorchExpression.Parse(Encoding.UTF8.GetString(text));
        Assert.Equal(call, TorchExpression.Parse(call.ToString()));
        Run(call.ToPlan());
    }

    static void Lines(byte[] text)
    {
        TorchProgram program = TorchProgram.Parse(Encoding.UTF8.GetString(text));
        _ = program.Seed;
        Run(program.ToPlan());
    }

    /// <summary>Says what a plan is, whatever its size; draws what is small.</summary>
    static void Run(InitPlan plan)
    {
        _ = plan.ToString();
        try { _ = plan.Words(DType.Float64); }
        catch (OverflowException)
        {
            // Documented: there are 2⁶³ or more.
        }
        if (plan.Tensors.Any(tensor => tensor.Count > 4000) || plan.Tensors.Count > 200 || plan.Steps.Count > 500) { return; }
        try { plan.CheckWork(plan.Placed, 0); }
        catch (ArgumentException)
        {
            return;     // documented: more work than the limit
        }
        if (plan.Steps.Sum(step => step is PowerIterationStep power ? (long)power.Iterations : 0) > 100) { return; }
        try { _ = plan.Materialize(0); }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // Documented: torch refuses it too, when it runs.
        }
    }

    static byte[] Notebook() => Encoding.UTF8.GetBytes("""
        {"cells":[{"cell_type":"code","execution_count":3,"id":"a","metadata":{"tags":["nocheck"]},"outputs":[{"output_type":"stream","name":"stdout","text":["a\n","b"]},
        {"output_type":"display_data","data":{"text/html":"<b onclick=\"x\">y</b><script>z</script>","text/plain":"y"},"metadata":{}},{"output_type":"error","ename":"E","evalue":"v","traceback":["t"]}],"source":["1\n","2"]},
        {"cell_type":"markdown","id":"b","attachments":{"x.png":{"image/png":"AA=="}},"metadata":{},"source":"# T <img src=x onerror=y>"}],"metadata":{"x":1},"nbformat":4,"nbformat_minor":5}
        """);

    static void Notebook(Notebook notebook)
    {
        Assert.Null(OutputCheck.FirstDifference(notebook, notebook));
        string json = Ipynb.Write(notebook);
        Assert.Equal(json, Ipynb.Write(Ipynb.Read(json)));
        string dib = Dib.Write(notebook);
        if (notebook.Cells.All(cell => !cell.IsCode)) { Assert.Equal(dib, Dib.Write(Dib.Read(dib))); }
    }

    /// <summary>What is left is well formed, and has no element or attribute that runs; filtering it again changes nothing.</summary>
    static void Html(byte[] text)
    {
        string clean = HtmlFilter.Clean(Encoding.UTF8.GetString(text), out _);
        Assert.Matches(@"^(?>[^<>]|<(?!script|style|iframe|meta|link|object|embed|base|form)/?[a-z0-9]+(?> (?!on|src=""(?!data:image/)|srcdoc|formaction)[a-z0-9:-]+=""[^""<>]*"")*>)*\z", clean);
        Assert.DoesNotMatch(@"(?i) href=""\s*(javascript|data|vbscript):", clean);
        Assert.Equal(clean, HtmlFilter.Clean(clean, out _));
    }

    static void Golden(byte[] text)
    {
        string line = Encoding.UTF8.GetString(text);
        if (line.Split('\t').Length == 6) { _ = GoldenEntry.Parse(line); }
        else { _ = GoldenFile.Parse(line); }
    }

    static byte[] Reply(string header, int payload)
    {
        byte[] reply = new byte[12 + header.Length + payload];
        BinaryPrimitives.WriteInt32LittleEndian(reply, header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(reply.AsSpan(4), payload);
        Encoding.ASCII.GetBytes(header).CopyTo(reply, 12);
        return reply;
    }
}
