using TorchInit.Tests.IO;
using TorchInit.Tests.Plans;

namespace TorchInit.Tests.Streams;

/// <summary>What runs plans knows no kind of stream: on a counter, too, slices, threads, shards and files have the bits of a whole
/// run.</summary>
public sealed class CounterStreamTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("counter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Philox_has_the_published_words()
    {
        Assert.Equal([0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u], CounterStream.Philox(0, 0, 0));
        Assert.Equal([0x011bcc85u, 0xfa37973cu, 0x1574dc00u, 0xcff59dc9u], CounterStream.Philox(0x123456789abcdef0, 5, 0x100000007));
    }

    [Theory, MemberData(nameof(SliceTests.Plans), MemberType = typeof(SliceTests))]
    public void Slices(string expression, DType dtype)
    {
        foreach (string version in (string[])["2.10", "2.15"])
        {
            InitPlan plan = InitPlan.Of(expression, CounterFills.Profile(version));
            Generator start = new(9L, plan.Profile);
            SliceTests.Compare(plan, start, dtype, new(1));
            Init.Normal<float>(new float[3], start);
            SliceTests.Compare(plan, start, dtype, new(2));
        }
    }

    [Theory, MemberData(nameof(ParallelTests.Plans), MemberType = typeof(ParallelTests))]
    public void Threads(string expression, DType dtype)
    {
        InitPlan plan = InitPlan.Of(expression, CounterFills.Profile("2.15"));
        ParallelTests.Compare(plan, new(11L, plan.Profile), dtype);
    }

    [Theory, MemberData(nameof(ParallelTests.Seeds), MemberType = typeof(ParallelTests))]
    public void Plans_of_any_steps(int seed)
    {
        Random random = new(seed);
        InitPlan plan = ParallelTests.AnySteps(seed, random, CounterFills.Profile("2.15", blocks: 1 + seed % 5));
        ParallelTests.Compare(plan, new(seed, plan.Profile), seed % 2 == 0 ? DType.Float32 : DType.Float64);
        SliceTests.Compare(plan, new(seed, plan.Profile), DType.Float32, random);
    }

    [Theory, InlineData("Transformer(16, 2, 2, 2, 24)", DType.Float64), InlineData("Linear(130, 250)", DType.BFloat16),
        InlineData("init.trunc_normal_((300, 10))", DType.Float16),
        InlineData("init.sparse_((30, 10), 0.3)", DType.Float32), InlineData("parametrizations.spectral_norm(Linear(20, 30))",
            DType.Float32)]
    public void Files_and_shards(string expression, DType dtype)
    {
        InitPlan plan = InitPlan.Of(expression, CounterFills.Profile("2.15"));
        StateDict whole = plan.Materialize(3, dtype);
        List<string> names = [];
        for (int i = 1; i <= 3; i++)
        {
            string path = Path.Combine(_folder, "model");
            StreamingMaterializer.MaterializeTo(plan, path, 1024, 4096, 3, dtype, new Shard(i, 3), null, null, 3,
                TestContext.Current.CancellationToken);
            foreach ((string name, TensorBuffer tensor) in Safetensors.Load(path))
            {
                names.Add(name);
                Assert.True(whole[name].Bytes(0, tensor.Count).SequenceEqual(tensor.Bytes(0, tensor.Count)), name);
            }
        }
        Assert.Equal(whole.Keys, names);
    }

    [Fact]
    public void A_broken_file_is_resumed()
    {
        InitPlan plan = Interrupted.Model(0.31, 130, 250);
        plan = new(plan.Title, CounterFills.Profile("2.15"), plan.Tensors, plan.Steps);
        string path = Path.Combine(_folder, "model");
        void Write() => StreamingMaterializer.MaterializeTo(plan, path, 4096, 8192, 3, DType.Float32, null, null, null, 2,
            TestContext.Current.CancellationToken);
        Write();
        byte[] expected = File.ReadAllBytes(path);
        for (int kind = 0; kind < 6; kind++)
        {
            using CancellationTokenSource stop = new();
            Told told = new(bytes => { if (bytes > 50_000) { stop.Cancel(); } });
            Assert.Throws<OperationCanceledException>(()
                => StreamingMaterializer.MaterializeTo(plan, path, 4096, 8192, 3, DType.Float32, null, null, told, 2, stop.Token));
            string done = Interrupted.CutPower(path, kind, new(kind));
            Write();
            Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(path)), done);
        }
    }

    /// <summary>The normals from the counter, the permutations from mt19937: both streams move, each by its own draws.</summary>
    [Fact]
    public void Two_streams_stand_side_by_side()
    {
        TorchProfile profile = CounterFills.Profile("2.15");
        Generator generator = new(5L, profile), words = new(5L), normals = new(5L, profile);
        float[] actual = new float[40 * 7], expected = new float[40 * 7];
        Init.Sparse<float>(actual, [40, 7], generator, 0.25);
        Init.Normal<float>(expected, normals, 0, 0.01);
        SparseFill.PunchZeros<float>(expected, 40, 7, 10, words);
        AssertBits.Equal(expected, actual);
        CounterStream stream = (CounterStream)generator.Stream;
        Assert.Equal(((CounterStream)normals.Stream).Offset, stream.Offset);
        Assert.Equal(words.GetState(), stream.Host.GetState());
        Assert.Null(InitPlan.Of("init.sparse_((40, 7), 0.25)", profile).Words());
    }

    [Fact]
    public void A_state_is_taken_and_given_back()
    {
        TorchProfile profile = CounterFills.Profile("2.15");
        Generator generator = new(ulong.MaxValue, profile);
        Init.Uniform<float>(new float[5000], generator);
        Generator clone = generator.Clone(), restored = new(profile);
        restored.SetState(generator.GetState());
        float[] next = new float[100], ofClone = new float[100], ofRestored = new float[100];
        Init.Normal<float>(next, generator);
        Init.Normal<float>(ofClone, clone);
        Init.Normal<float>(ofRestored, restored);
        AssertBits.Equal(next, ofClone);
        AssertBits.Equal(next, ofRestored);
        Assert.Equal(ulong.MaxValue, restored.InitialSeed);
        restored.ManualSeed(7);
        Assert.Equal(new Generator(7UL, profile).GetState(), restored.GetState());
    }

    [Fact]
    public void What_needs_words_in_a_row_is_refused()
    {
        Generator generator = new(1L, CounterFills.Profile("2.15"));
        Action[] refused = [() => generator.NextUInt32(), () => generator.NextUInt64(), () => generator.NextWords(new uint[3])];
        foreach (Action action in refused)
        {
            Assert.Contains("draws from a counter", Assert.Throws<NotSupportedException>(action).Message, StringComparison.Ordinal);
        }
        Assert.False(generator.HasCachedNormal);
        Assert.Equal(0, generator.Position);
    }

    [Fact]
    public void A_generator_of_another_stream_is_refused()
    {
        InitPlan plan = InitPlan.Of("Linear(3, 4)", CounterFills.Profile("2.15"));
        Assert.Throws<ArgumentException>(() => plan.Materialize(new Generator(1L)));
    }

    sealed class Told(Action<long> written) : IProgress<(long Written, long Total)>
    {
        public void Report((long Written, long Total) value) => written(value.Written);
    }

    [Fact]
    public void A_stream_without_kernels_has_none_to_choose()
    {
        CounterStream stream = new(1);
        Assert.Equal(VectorWidths.Best, stream.Width);
        Assert.Contains("no kernels to choose Scalar",
            Assert.Throws<NotSupportedException>(() => stream.Width = VectorWidth.Scalar).Message, StringComparison.Ordinal);
    }
}
