namespace TorchInit.Tests.IO;

/// <summary>A streamed file has the bytes of a saved one, whoever stopped it in between.</summary>
public sealed class StreamingTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("streaming").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string PathOf(string name) => Path.Combine(_folder, name);

    string Partial(string name) => PathOf($".{name}.partial");

    byte[] Saved(InitPlan plan, DType dtype = DType.Float32)
    {
        Safetensors.Save(PathOf("saved"), plan.Materialize(3, dtype));
        return File.ReadAllBytes(PathOf("saved"));
    }

    void Stream(InitPlan plan, long seed = 3, DType dtype = DType.Float32, Shard? shard = null, IProgress<(long, long)>? progress = null,
        int threads = -1, CancellationToken? cancellation = null)
        => plan.MaterializeTo(PathOf("streamed"), seed, dtype, shard, metadata: null, progress, threads,
            cancellation ?? TestContext.Current.CancellationToken);

    // 4 pieces of 16 MB, and tensors that end inside one.
    static InitPlan Large
        => InitPlan.Of("Sequential(Embedding(1000, 999, padding_idx=3), Linear(3000, 5000), LSTM(33, 65), BatchNorm1d(7))");

    [Theory]
    [InlineData("Sequential(Linear(30, 20), BatchNorm1d(7), Embedding(100, 33, padding_idx=3), LSTM(20, 30))", DType.BFloat16)]
    [InlineData("Transformer(16, 2, 2, 2, 24)", DType.Float64)]
    [InlineData("init.orthogonal_((12, 20))", DType.Float32)]
    [InlineData("init.trunc_normal_((300, 10))", DType.Float16)]
    [InlineData("utils.weight_norm(Linear(20, 30))", DType.Float32)]
    [InlineData("parametrizations.spectral_norm(Linear(20, 30))", DType.Float32)]
    [InlineData("utils.spectral_norm(utils.weight_norm(Linear(20, 30)), name='weight_v')", DType.Float64)]
    [InlineData("parametrizations.spectral_norm(parametrizations.weight_norm(Linear(20, 30)))", DType.Float16)]
    [InlineData("LayerNorm(0)", DType.Float32)]
    public void Equal_to_a_saved_file(string expression, DType dtype)
    {
        InitPlan plan = InitPlan.Of(expression);
        Stream(plan, dtype: dtype);
        Assert.Equal(Saved(plan, dtype), File.ReadAllBytes(PathOf("streamed")));
        Assert.False(File.Exists(Partial("streamed")));
    }

    [Fact]
    public void Any_number_of_threads_and_any_break_give_the_same_file()
    {
        byte[] expected = Saved(Large);
        foreach (int threads in (int[])[1, 2, 5])
        {
            Stream(Large, threads: threads);
            Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(PathOf("streamed"))), $"{threads} threads");
        }
        foreach (int length in (int[])[0, 5, 300, 17 << 20, 40 << 20, expected.Length - 1, expected.Length])
        {
            File.WriteAllBytes(Partial("streamed"), expected[..length]);
            Stream(Large);
            Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(PathOf("streamed"))), $"broken off after {length} bytes");
        }
    }

    [Fact]
    public void What_was_written_is_not_drawn_again()
    {
        byte[] expected = Saved(Large);
        using CancellationTokenSource stop = new();
        Reports reports = new(_ => stop.Cancel());
        Assert.Throws<OperationCanceledException>(() => Stream(Large, progress: reports, threads: 1, cancellation: stop.Token));
        Assert.False(File.Exists(PathOf("streamed")));
        long kept = new FileInfo(Partial("streamed")).Length;
        Assert.InRange(kept, 1, expected.Length - 1);
        Reports after = new(_ => { });
        Stream(Large, progress: after, threads: 1);
        Assert.True(after.Written[0] > kept, "the first piece after the break was there already");
        Assert.Equal(expected.Length, after.Written[^1]);
        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(PathOf("streamed"))));
    }

    [Fact]
    public void Bytes_that_it_would_not_draw_are_written_anew()
    {
        byte[] expected = Saved(Large);
        byte[] wrong = expected[..(50 << 20)];
        wrong[40 << 20] ^= 1;
        File.WriteAllBytes(Partial("streamed"), wrong);
        Stream(Large);
        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(PathOf("streamed"))));
        // Another seed's, with the same header.
        File.WriteAllBytes(Partial("streamed"), expected[..(50 << 20)]);
        Stream(Large, seed: 4);
        Assert.Equal(Large.Materialize(4)["1.weight"].AsSpan<float>()[^1],
            Safetensors.Load(PathOf("streamed"))["1.weight"].AsSpan<float>()[^1]);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5), InlineData(40)]
    public void Shards_have_every_tensor_once(int count)
    {
        InitPlan plan = InitPlan.Of("Transformer(16, 2, 2, 2, 24)");
        StateDict whole = plan.Materialize(3);
        List<string> names = [];
        for (int i = 1; i <= count; i++)
        {
            Stream(plan, shard: new(i, count));
            foreach ((string name, TensorBuffer tensor) in Safetensors.Load(PathOf("streamed")))
            {
                names.Add(name);
                AssertBits.Equal(whole[name].AsSpan<float>(), tensor.AsSpan<float>());
            }
        }
        Assert.Equal(whole.Keys, names);
    }

    [Theory, InlineData("0/2"), InlineData("3/2"), InlineData("1"), InlineData("a/b"), InlineData("1/0")]
    public void Refuses_shards_that_do_not_exist(string text) => Assert.Throws<ArgumentException>(() => Shard.Parse(text));

    sealed class Reports(Action<long> onReport) : IProgress<(long Written, long Total)>
    {
        public List<long> Written { get; } = [];

        public void Report((long Written, long Total) value)
        {
            Written.Add(value.Written);
            onReport(value.Written);
        }
    }

    [Fact]
    public async Task A_negative_seed_is_taken_in_every_way_to_write()
    {
        InitPlan plan = Modules.Linear(30, 40);
        byte[] expected = Written(() => plan.MaterializeTo(PathOf("w"), -5));
        Assert.Equal(expected, Written(() => plan.MaterializeTo(PathOf("w"), unchecked((ulong)-5L))));
        Assert.Equal(plan.Materialize(-5)["weight"].AsSpan<float>(), Safetensors.Load(PathOf("w"))["weight"].AsSpan<float>());
        await plan.MaterializeToAsync(PathOf("w"), -5, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(expected, File.ReadAllBytes(PathOf("w")));
        Assert.True(plan.MaterializeShards(PathOf("w.safetensors"), -5, maxShardBytes: 1 << 20));
        Assert.Equal(plan.Materialize(-5)["weight"].AsSpan<float>(), Safetensors.Load(PathOf("w.safetensors"))["weight"].AsSpan<float>());

        byte[] Written(Action write)
        {
            write();
            return File.ReadAllBytes(PathOf("w"));
        }
    }

    [Theory, InlineData(241), InlineData(242), InlineData(247), InlineData(255)]
    public void A_name_may_be_as_long_as_a_file_system_takes(int bytes)
    {
        foreach (string name in (string[])[new('n', bytes), new string('ä', bytes / 2) + new string('n', bytes % 2)])
        {
            Modules.Linear(3, 4).MaterializeTo(PathOf(name), 7);
            Assert.Equal(Modules.Linear(3, 4).Materialize(7)["bias"].AsSpan<float>(),
                Safetensors.Load(PathOf(name))["bias"].AsSpan<float>());
        }
    }
}
