using System.Diagnostics;
using System.Text.RegularExpressions;
using TorchInit.Parity;
using TorchInit.Tests.Plans;
using YamlDotNet.RepresentationModel;

namespace TorchInit.Tests.Cli;

/// <summary>Workers that share a model, as processes; and what docs/scale.md tells people to run.</summary>
public sealed partial class ScaleTests(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("scale-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    static Process Start(params string[] args)
        => Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "TorchInit.Cli.dll"), "materialize", .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    static void Ends(Process process)
    {
        Task<string> said = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said.Result + error.Result);
    }

    [Fact]
    public void Processes_give_the_union_and_a_killed_ones_part_is_taken_up()
    {
        InitPlan plan = FoldingTests.Decoder(4, 256, vocabulary: 20_000);
        PlanJson.Save(In("plan.json"), plan);
        Directory.CreateDirectory(In("one"));
        Directory.CreateDirectory(In("many"));
        string[] Arguments(string folder, string shard)
            => [In("plan.json"), "--seed", "7", "--max-shard-size", "1MB", "--shard", shard, "-o",
                Path.Combine(In(folder), "model.safetensors")];
        using (Process one = Start(Arguments("one", "1/1"))) { Ends(one); }
        Process[] workers = [.. Enumerable.Range(1, 3).Select(part => Start(Arguments("many", $"{part}/3")))];
        workers[1].Kill();
        workers[1].WaitForExit();
        Ends(workers[0]);
        Ends(workers[2]);
        string index = Path.Combine(In("many"), "model.safetensors.index.json");
        Assert.False(File.Exists(index));
        using (Process another = Start(Arguments("many", "2/3"))) { Ends(another); }
        string[] names = [.. Directory.GetFiles(In("one")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.True(names.Length > 5);
        Assert.Equal(names, Directory.GetFiles(In("many")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        foreach (string name in names)
        {
            Assert.True(File.ReadAllBytes(Path.Combine(In("one"), name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(In("many"),
                name))), name);
        }
        StateDict all = WeightsFile.Load(index), expected = plan.Materialize(7);
        foreach (string name in expected.Keys) { AssertBits.Equal(expected[name].AsSpan<float>(), all[name].AsSpan<float>()); }
        foreach (Process worker in workers) { worker.Dispose(); }
    }

    /// <summary>Llama 3 70B's shapes. TORCHINIT_SHARD=100/256 draws a whole shard, of about half a gigabyte.</summary>
    [Fact]
    public void A_shard_of_seventy_thousand_million_parameters_takes_little_memory()
    {
        InitPlan plan = Llama();
        PlanJson.Save(In("llama.json"), plan);
        Assert.InRange(new FileInfo(In("llama.json")).Length, 1, 6_000);
        string[] part = Environment.GetEnvironmentVariable("TORCHINIT_SHARD") is { Length: > 0 } shard ? ["--shard", shard]
            : ["--only", "model.layers.41.self_attn.k_proj.weight"];
        Stopwatch clock = Stopwatch.StartNew();
        using Process process = Start([In("llama.json"), "--seed", "7", "--dtype", "bfloat16", .. part, "-o", In("shard.safetensors")]);
        long peak = 0;
        while (!process.WaitForExit(10))
        {
            process.Refresh();
            try { peak = Math.Max(peak, process.PeakWorkingSet64); }
            catch (InvalidOperationException) { break; }         // it has just ended
        }
        Ends(process);
        StateDict drawn = Safetensors.Load(In("shard.safetensors"));
        output.WriteLine($"{new FileInfo(In("shard.safetensors")).Length:N0} bytes ({string.Join(", ", drawn.Keys)}): {peak >> 20} MB,"
            + $" {clock.Elapsed.TotalSeconds:F1} s");
        Assert.True(peak <= 400L << 20, $"{peak >> 20} MB");
        foreach ((string name, TensorBuffer tensor) in drawn)
        {
            int from = tensor.Count - 100;
            Assert.Equal(plan.MaterializeSlice(name, from, 100, 7, DType.BFloat16).AsSpan<BFloat16>(), tensor.AsSpan<BFloat16>()[from..]);
        }
    }

    internal static InitPlan Llama()
    {
        List<ParameterSpec> tensors = [new("model.embed_tokens.weight", [128_256, 8192])];
        for (int layer = 0; layer < 80; layer++)
        {
            (string Name, long Rows, long Columns)[] matrices = [("self_attn.q_proj", 8192, 8192), ("self_attn.k_proj", 1024, 8192),
                ("self_attn.v_proj", 1024, 8192), ("self_attn.o_proj", 8192, 8192), ("mlp.gate_proj", 28_672, 8192),
                ("mlp.up_proj", 28_672, 8192), ("mlp.down_proj", 8192, 28_672)];
            tensors.AddRange(matrices.Select(matrix => new ParameterSpec($"model.layers.{layer}.{matrix.Name}.weight",
                [matrix.Rows, matrix.Columns])));
            tensors.Add(new($"model.layers.{layer}.input_layernorm.weight", [8192]));
            tensors.Add(new($"model.layers.{layer}.post_attention_layernorm.weight", [8192]));
        }
        tensors.Add(new("model.norm.weight", [8192]));
        tensors.Add(new("lm_head.weight", [128_256, 8192]));
        IEnumerable<InitStep> defaults = tensors.Where(tensor => tensor.Shape.Count == 2).Select(tensor
            => (InitStep)new UniformStep(tensor.Name, -1 / Math.Sqrt(tensor.Shape[1]), 1 / Math.Sqrt(tensor.Shape[1])));
        IEnumerable<InitStep> own = tensors.Select(tensor => tensor.Shape.Count == 2 ? (InitStep)new NormalStep(tensor.Name, 0, 0.02)
            : new FillStep(tensor.Name, 1));
        return new("Llama-70B", TorchProfile.For("2.11"), tensors, [.. defaults, .. own]);
    }

    static string[] Blocks(string language) => [.. Regex.Matches(Repository.Read("docs/scale.md"), $"```{language}\n(.*?)```",
        RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    [Fact]
    public void The_job_of_Kubernetes_gives_each_index_a_part()
    {
        YamlStream stream = [];
        stream.Load(new StringReader(Assert.Single(Blocks("yaml"))));
        YamlNode job = Assert.Single(stream.Documents).RootNode, spec = job["spec"];
        Assert.Equal(("batch/v1", "Job", "Indexed"),
            (job["apiVersion"].ToString(), job["kind"].ToString(), spec["completionMode"].ToString()));
        int completions = int.Parse(spec["completions"].ToString(), null);
        YamlNode container = spec["template"]["spec"]["containers"][0];
        Assert.Equal(["bash", "-c"], ((YamlSequenceNode)container["command"]).Select(node => node.ToString()));
        Parts(completions, container["args"][0].ToString(), part => ("JOB_COMPLETION_INDEX", $"{part - 1}"));
        string volume = Assert.Single((YamlSequenceNode)spec["template"]["spec"]["volumes"])["name"].ToString();
        Assert.Equal(volume, container["volumeMounts"][0]["name"].ToString());
    }

    [Fact]
    public void The_array_of_Slurm_gives_each_task_a_part()
    {
        string script = Assert.Single(Blocks("bash"));
        int count = int.Parse(Array().Match(script).Groups[1].Value, null);
        Parts(count, script, part => ("SLURM_ARRAY_TASK_ID", $"{part}"), ("SLURM_ARRAY_TASK_COUNT", $"{count}"));
    }

    /// <summary>Runs a command as each of its workers, with a torchinit that says how it was called; then once with the real one.</summary>
    void Parts(int count, string command, Func<int, (string Name, string Value)> worker, params (string Name, string Value)[] more)
    {
        if (OperatingSystem.IsWindows()) { return; }
        PlanJson.Save(In("llama.initplan.json"), FoldingTests.Decoder(2, 16, vocabulary: 100));
        Directory.CreateDirectory(In("weights"));
        string here = command.Replace("/weights/llama", "llama", StringComparison.Ordinal).Replace(" /weights/", " weights/",
            StringComparison.Ordinal);
        HashSet<string> parts = [];
        foreach (int part in (int[])[1, 2, count / 2, count])
        {
            string said = Bash($"torchinit() {{ printf '%s\\n' \"$@\"; }}\n{here}", [worker(part), .. more]);
            string[] arguments = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal($"{part}/{count}", arguments[System.Array.IndexOf(arguments, "--shard") + 1]);
            parts.Add(said);
        }
        Assert.Equal(4, parts.Count);
        string cli = $"torchinit() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "TorchInit.Cli.dll")}' \"$@\"; }}\n";
        Bash(cli + here, [worker(1), .. more]);
        Assert.True(File.Exists(In("weights/model.safetensors")));
    }

    string Bash(string script, (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new("bash", ["-c", script])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables) { start.Environment[name] = value; }
        using Process bash = Process.Start(start)!;
        Task<string> said = bash.StandardOutput.ReadToEndAsync(), error = bash.StandardError.ReadToEndAsync();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, said.Result + error.Result);
        return said.Result;
    }

    [GeneratedRegex("--array=1-([0-9]+)")]
    private static partial Regex Array();
}
