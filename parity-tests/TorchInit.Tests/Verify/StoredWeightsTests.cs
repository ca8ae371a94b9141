using TorchInit.Parity;
using TorchInit.Tests.Cli;
using TorchInit.Tests.IO;
using TorchInit.Tests.Readme;

namespace TorchInit.Tests.Verify;

/// <summary>Weights stay in their file while they are compared: the answer is the one of weights in memory, and little is taken.</summary>
[Collection(Sandbox.Name)]
public sealed class StoredWeightsTests : IDisposable
{
    static readonly InitPlan s_plan = new("x", TorchProfile.For("2.6"),
        [new("first.weight", [300, 70]), new("last.weight", [64, 40]), new("order", [50], ParameterKind.Buffer, DType.Int64),
            new("mask", [9], ParameterKind.Buffer, DType.Bool), new("count", [], ParameterKind.Buffer, DType.Int32),
            new("none", [0, 3]), new("last.tied", [64, 40], SameAs: "last.weight")],
        [new UniformStep("first.weight", -0.1, 0.3), new UniformStep("last.weight", -1, 1), new NormalStep("last.weight", 0, 0.02),
            new NormalStep("first.weight", 0, 0.02), new RandPermStep("order")]);

    readonly string _folder = Directory.CreateTempSubdirectory("stored-").FullName;

    public void Dispose()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();           // files that tensors kept open
        Directory.Delete(_folder, recursive: true);
    }

    string Path(string name) => System.IO.Path.Combine(_folder, name);

    static void IsSame(StateDict right, StateDict stored)
    {
        Assert.Equal(right.Keys, stored.Keys);
        foreach ((string name, TensorBuffer tensor) in right)
        {
            TensorBuffer other = stored[name];
            Assert.Equal((tensor.DType, tensor.Count), (other.DType, other.Count));
            Assert.Equal(tensor.Shape, other.Shape);
            Assert.Equal(tensor.Bytes(0, tensor.Count).ToArray(), other.Bytes(0, other.Count).ToArray());
            int start = tensor.Count / 3, count = tensor.Count / 2;
            Assert.Equal(tensor.Bytes(start, count).ToArray(), other.Bytes(start, count).ToArray());
        }
    }

    [Fact]
    public void A_stored_tensor_has_the_elements_of_one_in_memory()
    {
        StateDict right = s_plan.Materialize(7);
        Safetensors.Save(Path("model.safetensors"), right);
        StateDict stored = WeightsFile.Open(Path("model.safetensors"));
        GC.Collect();
        GC.WaitForPendingFinalizers();           // the file stays open as long as a tensor is there
        IsSame(right, stored);
        Assert.Equal(right["first.weight"].AsSpan<float>().ToArray(), stored["first.weight"].AsSpan<float>().ToArray());
        Assert.Equal(right["order"].AsSpan<long>().ToArray(), stored["order"].AsSpan<long>().ToArray());
        foreach ((int start, int count) in ((int, int)[])[(-1, 2), (2, -1), (0, 21_001), (21_000, 1)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => _ = stored["first.weight"].Bytes(start, count).Length);
        }
        Assert.True(s_plan.MaterializeShards(Path("many.safetensors"), 7, maxShardBytes: 40_000));
        IsSame(right, WeightsFile.Open(Path("many.safetensors.index.json")));
    }

    [Fact]
    public void A_checkpoint_of_torch_stays_in_its_file_too()
    {
        foreach ((string name, byte[] bytes) in ((string, byte[])[])
            [("zip.pt", CheckpointFiles.Zip()), ("old.pt", CheckpointFiles.Legacy())])
        {
            File.WriteAllBytes(Path(name), bytes);
            StateDict right = WeightsFile.Load(Path(name)), stored = WeightsFile.Open(Path(name));
            foreach (string tensor in right.Keys)
            {
                (TensorBuffer one, TensorBuffer other) = (right[tensor], stored[tensor]);
                Assert.Equal(one.DType, other.DType);
                Assert.Equal(one.Bytes(0, one.Count).ToArray(), other.Bytes(0, other.Count).ToArray());
            }
            if (name == "old.pt") { continue; }             // read as a whole
            Assert.Equal((DType.Bool, "01-00"), (stored["mask"].DType, BitConverter.ToString(stored["mask"].Bytes(0, 2).ToArray())));
            // Forwards, back, and one behind the other, from one entry.
            foreach (int at in (int[])[4, 1, 2, 3, 5, 0])
            {
                Assert.Equal((float)at, BitConverter.ToSingle(stored["weight"].Bytes(at, 1)));
            }
        }
        byte[] beyond = CheckpointFiles.Zip(CheckpointFiles.Pickle(shape: 7, stride: 1));
        File.WriteAllBytes(Path("beyond.pt"), beyond);
        Assert.Contains("leaves its storage", Assert.Throws<InvalidDataException>(() => WeightsFile.Open(Path("beyond.pt"))).Message,
            StringComparison.Ordinal);
        File.WriteAllBytes(Path("broken.pt"), beyond[..(beyond.Length / 2)]);
        Assert.Throws<InvalidDataException>(() => WeightsFile.Open(Path("broken.pt")));
    }

    [Fact]
    public void Kernels_of_other_frameworks_are_turned_where_they_are_read()
    {
        InitPlan plan = new("x", TorchProfile.For("2.6"), [new("line.weight", [30, 50])], [new NormalStep("line.weight", 0, 0.02)]);
        float[] right = plan.Materialize(7)["line.weight"].AsSpan<float>().ToArray();
        float[] turned = [.. Enumerable.Range(0, right.Length).Select(at => right[at % 30 * 50 + at / 30])];
        Safetensors.Save(Path("flax.safetensors"), new() { { "params/line/kernel", TensorBuffer.Of(turned, [50, 30]) } });
        PlanJson.Save(Path("plan.json"), plan);
        (int code, string said, _) = CliTests.Run(() => { },
            "plan", "locate", Path("flax.safetensors"), "--plan", Path("plan.json"), "--seed", "7");
        Assert.Equal((0, true), (code, said.Contains("from seed 7", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_that_is_cut_while_it_is_read_is_said_to_be()
    {
        Safetensors.Save(Path("model.safetensors"), s_plan.Materialize(7));
        StateDict stored = WeightsFile.Open(Path("model.safetensors"));
        using (FileStream file = new(Path("model.safetensors"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.SetLength(file.Length / 2);
        }
        Assert.Contains("became shorter", Assert.Throws<InvalidDataException>(() => PlanLocator.Of(stored, new(s_plan), 7)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_compares_whole_files_and_shards_and_buffers_of_every_dtype()
    {
        PlanJson.Save(Path("plan.json"), s_plan);
        Safetensors.Save(Path("model.safetensors"), s_plan.Materialize(7));
        Assert.True(s_plan.MaterializeShards(Path("many.safetensors"), 7, maxShardBytes: 40_000));
        foreach (string file in (string[])["model.safetensors", "many.safetensors.index.json"])
        {
            // The seed is found where the first words of the stream tell nothing: what they drew is overwritten.
            foreach (string[] seed in (string[][])[["--seed", "7"], []])
            {
                (int code, string said, _) = CliTests.Run(() => { },
                    ["plan", "locate", Path(file), "--plan", Path("plan.json"), .. seed]);
                Assert.Equal((0, true), (code, said.Contains("from seed 7", StringComparison.Ordinal)));
            }
        }
        StateDict moved = s_plan.Materialize(7);
        moved["count"].AsSpan<int>()[0] = 5;
        Safetensors.Save(Path("model.safetensors"), moved);
        (int differs, string words, _) = CliTests.Run(() => { }, "plan", "locate", Path("model.safetensors"), "--plan", Path("plan.json"));
        Assert.Equal(1, differs);
        Assert.Contains("count is not drawn, and no longer has its initial values", words, StringComparison.Ordinal);
        moved = s_plan.Materialize(7);
        moved["order"].AsSpan<long>().Reverse();
        Safetensors.Save(Path("model.safetensors"), moved);
        PlanLocation found = PlanLocator.Of(WeightsFile.Open(Path("model.safetensors")), new(s_plan), 7);
        Assert.Equal(("order", Cause.Unknown), (found.First.Tensor, found.Cause));
    }

    [Fact]
    public void Comparing_takes_the_memory_of_a_piece()
    {
        // 96 MB in one file; a piece is 16 MB of what is drawn and 16 MB of what is read.
        InitPlan plan = new("large", TorchProfile.For("2.6"), [new("a", [3, 1 << 22]), new("b", [3, 1 << 22])],
            [new UniformStep("a", 0, 1), new UniformStep("b", 0, 1)]);
        plan.MaterializeTo(Path("large.safetensors"), 7);
        StateDict stored = WeightsFile.Open(Path("large.safetensors"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Judgement.SameBits, PlanLocator.Of(stored, new(plan), 7).Judgement);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 48 << 20);
    }

    [Fact]
    public void Progress_rises_to_the_end_also_where_a_tensor_differs()
    {
        InitPlan plan = new("x", TorchProfile.For("2.6"), [new("a", [5 << 20]), new("b", [16])],
            [new UniformStep("a", 0, 1), new UniformStep("b", 0, 1)]);
        StateDict weights = plan.Materialize(7);
        weights["a"].AsSpan<float>()[3] = 2;
        Reports reports = new();
        Assert.Equal("a", PlanLocator.Of(weights, new(plan), 7, reports).First.Tensor);
        Assert.Equal(reports.Seen.Order(), reports.Seen);
        Assert.Equal((5 << 20) + 16, reports.Seen[^1]);
        Assert.True(reports.Seen.Count >= 3);
    }

    sealed class Reports : IProgress<(long Done, long All)>
    {
        public List<long> Seen { get; } = [];

        public void Report((long Done, long All) value) => Seen.Add(value.Done);
    }
}
