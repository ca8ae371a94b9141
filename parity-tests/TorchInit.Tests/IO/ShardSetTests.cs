using System.Text.Json;
using TorchInit.Parity;
using TorchInit.Tests.Plans;

namespace TorchInit.Tests.IO;

/// <summary>A model in several files: their union, their index, and what a stop leaves.</summary>
public sealed class ShardSetTests : IDisposable
{
    static readonly InitPlan s_plan = FoldingTests.Decoder(3, 32, vocabulary: 500);

    readonly string _folder = Directory.CreateTempSubdirectory("shards-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Target => Path.Combine(_folder, "model.safetensors");

    string Index => Target + ".index.json";

    string[] Names => [.. Directory.GetFileSystemEntries(_folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    static void Equal(StateDict expected, StateDict read)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, TensorBuffer tensor) in expected)
        {
            Assert.True(tensor.Bytes(0, tensor.Count).SequenceEqual(read[name].Bytes(0, tensor.Count)), name);
        }
    }

    [Theory]
    [InlineData(20_000, DType.Float32)]
    [InlineData(20_000, DType.BFloat16)]
    [InlineData(1, DType.Float32)]              // each tensor for itself
    public void The_files_and_their_index_are_the_model(long most, DType dtype)
    {
        Assert.True(s_plan.MaterializeShards(Target, 7, most, dtype, metadata: new Dictionary<string, string> { ["seed"] = "7" }));
        Equal(s_plan.Materialize(7, dtype), WeightsFile.Load(Index));
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Index));
        long size = s_plan.StateTensors.Sum(tensor => tensor.Count) * dtype.ByteSize();
        Assert.Equal(size, index.RootElement.GetProperty("metadata").GetProperty("total_size").GetInt64());
        string[] files = [.. index.RootElement.GetProperty("weight_map").EnumerateObject().Select(entry => entry.Value.GetString()!)
            .Distinct()];
        Assert.Equal(Enumerable.Range(1, files.Length).Select(at => $"model-{at:00000}-of-{files.Length:00000}.safetensors"), files);
        Assert.Equal(files.Length + 1, Names.Length);
        foreach (string file in files.Select(name => Path.Combine(_folder, name)))
        {
            StateDict tensors = Safetensors.Load(file);
            Assert.True(tensors.Count == 1 || tensors.Values.Sum(tensor => (long)tensor.Count * dtype.ByteSize()) <= most, file);
            IReadOnlyDictionary<string, string> texts = Safetensors.LoadMetadata(file);
            Assert.Equal(("pt", "7"), (texts["format"], texts["seed"]));
        }
    }

    [Fact]
    public void What_fits_into_one_file_has_no_index()
    {
        Assert.True(s_plan.MaterializeShards(Target, 7, long.MaxValue));
        Assert.Equal(["model.safetensors"], Names);
        Equal(s_plan.Materialize(7), Safetensors.Load(Target));
    }

    [Fact]
    public void The_last_worker_writes_the_index_and_whole_files_are_kept()
    {
        bool[] whole = [.. ((int[])[3, 1, 4, 2]).Select(worker => s_plan.MaterializeShards(Target, 7, 9_000, worker: new(worker, 4)))];
        Assert.Equal([false, false, false, true], whole);
        Equal(s_plan.Materialize(7), WeightsFile.Load(Index));
        string first = Path.Combine(_folder, Names[0]);
        DateTime written = File.GetLastWriteTimeUtc(first), long_ago = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (string name in Names) { File.SetLastWriteTimeUtc(Path.Combine(_folder, name), long_ago); }
        File.Delete(Path.Combine(_folder, Names[2]));
        Assert.True(s_plan.MaterializeShards(Target, 7, 9_000));
        Assert.Equal(long_ago, File.GetLastWriteTimeUtc(first));
        Assert.True(File.GetLastWriteTimeUtc(Path.Combine(_folder, Names[2])) >= written);
        Equal(s_plan.Materialize(7), WeightsFile.Load(Index));
    }

    [Fact]
    public void A_set_that_is_not_whole_has_no_index()
    {
        Assert.True(s_plan.MaterializeShards(Target, 7, 9_000));
        foreach (int stop in (int[])[0, 1, 3])
        {
            using CancellationTokenSource source = new();
            Stop progress = new(source, stop);
            Assert.ThrowsAny<OperationCanceledException>(() => s_plan.MaterializeShards(Target, 8, 9_000, progress: progress,
                cancellation: source.Token));
            Assert.False(File.Exists(Index), $"after {stop}");
        }
        Assert.True(s_plan.MaterializeShards(Target, 8, 9_000));
        Equal(s_plan.Materialize(8), WeightsFile.Load(Index));
        // A damaged file is no file of the set.
        string last = Path.Combine(_folder, Names[^2]);
        using (FileStream file = new(last, FileMode.Open)) { file.SetLength(file.Length - 1); }
        Assert.False(s_plan.MaterializeShards(Target, 8, 9_000, worker: new(1, 9)));
        Assert.False(File.Exists(Index));
        Assert.True(s_plan.MaterializeShards(Target, 8, 9_000));
        Equal(s_plan.Materialize(8), WeightsFile.Load(Index));
    }

    sealed class Stop(CancellationTokenSource source, int after) : IProgress<(long Written, long Total)>
    {
        int _reports;

        public void Report((long Written, long Total) value)
        {
            if (_reports++ >= after) { source.Cancel(); }
        }
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => s_plan.MaterializeShards(Target, 7, 0));
        Assert.Throws<ArgumentException>(() => s_plan.MaterializeShards(Target, 7, 9_000, worker: new(5, 4)));
        Assert.Throws<ArgumentException>(() => s_plan.MaterializeShards(Target, 7, 9_000, DType.Int64));
        Assert.Empty(Names);
    }

    [Fact]
    public void A_part_by_name_has_the_whole_models_bits()
    {
        StateDict all = s_plan.Materialize(7);
        InitPlan part = s_plan.Only("h.1.*", "ln_f.bias");
        part.MaterializeTo(Target, 7UL);
        StateDict read = Safetensors.Load(Target);
        Assert.Equal(all.Keys.Where(name => name.StartsWith("h.1.", StringComparison.Ordinal) || name == "ln_f.bias"), read.Keys);
        foreach ((string name, TensorBuffer tensor) in read)
        {
            Assert.True(tensor.Bytes(0, tensor.Count).SequenceEqual(all[name].Bytes(0, tensor.Count)), name);
        }
        Assert.Equal(["h.0.ln_1.bias", "h.2.ln_1.bias"], s_plan.Only("h.?.ln_1.bias").Only("h.0*", "*2.ln_1.b?as").StateTensors
            .Select(tensor => tensor.Name));
        string said = Assert.Throws<ArgumentException>(() => s_plan.Only("h.1.*", "layers.*")).Message;
        Assert.StartsWith("'layers.*' fits none of the ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_of_a_model_that_is_too_much_work_is_drawn()
    {
        InitPlan plan = new("x", TorchProfile.Default, [new("huge", [1_000_000_000, 1_000_000]), new("small", [40])],
            [new UniformStep("huge", -1, 1), new UniformStep("small", -1, 1)]);
        plan.Only("small").MaterializeTo(Target, 7UL);
        Assert.Equal(plan.MaterializeSlice("small", 0, 40, 7).AsSpan<float>(), Safetensors.Load(Target)["small"].AsSpan<float>());
    }
}
