namespace TorchInit.Tests.IO;

/// <summary>Calls of the library that cannot be meant: the message has the argument, its value and what is allowed.</summary>
public sealed class RefusedCallTests
{
    [Fact]
    public void A_run_outside_a_tensor()
    {
        TensorBuffer tensor = TensorBuffer.Zeros(DType.Float32, [2, 3]);
        foreach ((int start, int count) in ((int, int)[])[(-1, 2), (0, -1), (5, 2), (7, 0), (int.MaxValue, int.MaxValue)])
        {
            Assert.StartsWith($"start is {start} and count is {count}; allowed: a run inside the tensor's 6 elements.",
                Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Bytes(start, count).Length).Message, StringComparison.Ordinal);
        }
        Assert.Equal((24, 0), (tensor.Bytes(0, 6).Length, tensor.Bytes(6, 0).Length));
    }

    [Fact]
    public void A_shard_that_is_none()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        InitPlan plan = InitPlan.Of("Linear(3, 4)");
        foreach ((Shard shard, string allowed) in ((Shard, string)[])[(default, "i/n with i from 1 to n, for example 1/1."),
            (new Shard(2, 2) with { Index = 3 }, "1/2 to 2/2.")])
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => plan.MaterializeTo(path, 0, shard: shard,
                cancellation: TestContext.Current.CancellationToken));
            Assert.StartsWith($"shard is {shard}; allowed: {allowed}", error.Message, StringComparison.Ordinal);
            Assert.Equal("shard", error.ParamName);
        }
    }

    [Fact]
    public void A_name_in_an_empty_state_dict()
        => Assert.Equal("No tensor is called 'q'; there are none.",
            Assert.Throws<KeyNotFoundException>(() => new StateDict()["q"]).Message);

    [Fact]
    public void A_folder_or_nothing_where_a_file_is_read()
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetTempPath()), none = Path.Combine(folder, $"{Guid.NewGuid():N}");
        foreach (Action<string> read in (Action<string>[])[path => Safetensors.Load(path), path => Safetensors.LoadMetadata(path),
            path => Npz.Load(path), path => TorchCheckpoint.Load(path), path => InitPlan.Load(path)])
        {
            Assert.Equal($"'{folder}' is a folder; allowed: a file.", Assert.Throws<IOException>(() => read(folder)).Message);
            Assert.Equal($"there is no file '{none}'.", Assert.Throws<FileNotFoundException>(() => read(none)).Message);
        }
    }
}
