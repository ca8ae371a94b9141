namespace TorchInit.Tests.IO;

/// <summary>A file is one model's, whoever was stopped while writing it, and whatever the disk lost. Small pieces, in this process;
/// <see cref="KillTests"/> kills real ones.</summary>
public sealed class ResumeTests(ITestOutputHelper output) : IDisposable
{
    const int Piece = 4096, FlushAfter = 3 * Piece;

    readonly string _folder = Directory.CreateTempSubdirectory("resume-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Target => Path.Combine(_folder, "model");

    string Partial => Interrupted.PartialOf(Target);

    static InitPlan A => Interrupted.Model(0.31, 130, 250);

    static InitPlan B => Interrupted.Model(0.29, 130, 250);

    static void Write(InitPlan plan, string path, long seed = 3, DType dtype = DType.Float32, Shard? shard = null,
        IReadOnlyDictionary<string, string>? metadata = null, Action<long>? written = null,
        CancellationTokenSource? stop = null)
        => StreamingMaterializer.MaterializeTo(plan, path, Piece, FlushAfter, (ulong)seed, dtype, shard, metadata,
            new Told(written ?? (_ => { })), maxDegreeOfParallelism: 2, stop?.Token ?? TestContext.Current.CancellationToken);

    /// <summary>Stops the writing when so many bytes are there.</summary>
    void Stop(InitPlan plan, long after) => Assert.True(StoppedAt(plan, after));

    bool StoppedAt(InitPlan plan, long after)
    {
        using CancellationTokenSource stop = new();
        try
        {
            Write(plan, Target, written: bytes => { if (bytes >= after) { stop.Cancel(); } }, stop: stop);
            return false;
        }
        catch (OperationCanceledException) { return true; }
    }

    byte[] Uninterrupted(InitPlan plan, long seed = 3, DType dtype = DType.Float32, Shard? shard = null, IReadOnlyDictionary<string,
        string>? metadata = null)
    {
        string path = Path.Combine(_folder, "uninterrupted");
        Write(plan, path, seed, dtype, shard, metadata);
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    [Fact]
    public void What_another_run_left_is_resumed_by_the_same_arguments_only()
    {
        Dictionary<string, string> note = new() { ["note"] = "12345678" }, other = new() { ["note"] = "87654321" };
        InitPlan profile = new(A.Title, TorchProfile.For("2.10"), A.Tensors, A.Steps),
            erf = new(A.Title, TorchProfile.Default with { Erf = ErfImplementation.Glibc }, A.Tensors, A.Steps);
        (string Name, Action<Action<long>?> Run, byte[] Expected)[] runs =
        [
            ("another bound", told => Write(B, Target, written: told), Uninterrupted(B)),
            ("another seed", told => Write(A, Target, seed: 4, written: told), Uninterrupted(A, 4)),
            ("another dtype", told => Write(A, Target, dtype: DType.BFloat16, written: told), Uninterrupted(A, dtype: DType.BFloat16)),
            ("another shard", told => Write(A, Target, shard: new(1, 2), written: told), Uninterrupted(A, shard: new(1, 2))),
            ("another note", told => Write(A, Target, metadata: note, written: told), Uninterrupted(A, metadata: note)),
            ("another profile", told => Write(profile, Target, written: told), Uninterrupted(profile)),
            ("another erf", told => Write(erf, Target, written: told), Uninterrupted(erf)),
        ];
        foreach ((string name, Action<Action<long>?> run, byte[] expected) in runs)
        {
            Stop(A, 60_000);
            Assert.True(File.Exists(Partial) && File.Exists(Interrupted.Sums(Partial)), name);
            long first = -1;
            run(bytes => first = first < 0 ? bytes : first);
            Assert.True(first < 3 * Piece, $"{name}: it went on after {first} bytes");
            Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(Target)), name);
        }
        Stop(A, 60_000);
        long again = -1;
        Write(A, Target, written: bytes => again = again < 0 ? bytes : again);
        Assert.True(again > 60_000, "the same arguments go on");
        Assert.Equal(Uninterrupted(A), File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Stops_and_power_cuts_of_two_models_never_mix_them()
    {
        Random random = new(2026);
        (InitPlan Plan, byte[] Bytes)[] models = [(A, Uninterrupted(A)), (B, Uninterrupted(B))];
        int stops = 0, cuts = 0;
        for (int round = 0; round < 200; round++)
        {
            for (int stop = random.Next(1, 4); stop > 0; stop--)
            {
                (InitPlan stopped, byte[] whole) = models[random.Next(4) / 3];
                if (!StoppedAt(stopped, random.NextInt64(whole.Length)))
                {
                    // A resumed run has little left, and may be through before it looks.
                    Assert.True(whole.AsSpan().SequenceEqual(File.ReadAllBytes(Target)), $"round {round}, finished early");
                    continue;
                }
                stops++;
                if (random.Next(2) == 0) { Interrupted.CutPower(Target, cuts++, random); }
            }
            (InitPlan plan, byte[] expected) = models[random.Next(4) / 3];
            Write(plan, Target);
            Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(Target)), $"round {round}");
            Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
        }
        output.WriteLine($"{stops} stops, {cuts} power cuts, 200 files, 0 mixed");
    }

    [Fact]
    public void A_page_of_zeros_anywhere_is_drawn_again()
    {
        byte[] expected = Uninterrupted(A);
        foreach (int at in (int[])[0, 8, 300, Piece + 300, 2 * Piece, 50_000])
        {
            Stop(A, 80_000);
            using (FileStream file = new(Partial, FileMode.Open))
            {
                file.Position = at;
                file.Write(new byte[256]);
            }
            Write(A, Target);
            Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(Target)), $"zeros at {at}");
        }
    }

    [Fact]
    public void A_second_writer_is_refused_until_the_first_has_renamed_its_file()
    {
        Write(A, Target, written: bytes =>
        {
            IOException error = Assert.Throws<IOException>(() => Write(B, Target));
            Assert.Contains("another process", error.Message, StringComparison.Ordinal);
        });
        Assert.Equal(Uninterrupted(A), File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Two_writers_at_once_leave_the_file_of_one()
    {
        byte[] a = Uninterrupted(A), b = Uninterrupted(B);
        int both = 0, refused = 0;
        for (int round = 0; round < 200; round++)
        {
            using Barrier start = new(2);
            bool[] wrote = await Task.WhenAll(new[] { A, B }.Select(plan => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                try { Write(plan, Target); }
                catch (IOException error)
                {
                    Assert.Contains("is being written by", error.Message, StringComparison.Ordinal);
                    return false;
                }
                return true;
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            byte[] there = File.ReadAllBytes(Target);
            Assert.True(wrote[0] && there.AsSpan().SequenceEqual(a) || wrote[1] && there.AsSpan().SequenceEqual(b),
                $"round {round}: {wrote[0]}, {wrote[1]}");
            Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
            if (wrote[0] && wrote[1]) { both++; } else { refused++; }
        }
        output.WriteLine($"200 rounds: one refused in {refused}, one after the other in {both}");
    }

    [Theory]
    [InlineData("init.uniform_((5, 4), 1., 0.)")]
    [InlineData("init.normal_((5, 4), 0., -1.)")]
    [InlineData("init.uniform_((3000, 2000), 1., 0.)")]
    public void A_refusal_is_thrown_as_it_is_and_leaves_nothing(string expression)
    {
        InitPlan plan = InitPlan.Of(expression);
        Assert.IsAssignableFrom<ArgumentException>(Record.Exception(() => plan.MaterializeTo(Target, 3,
            cancellation: TestContext.Current.CancellationToken)));
        Assert.IsAssignableFrom<ArgumentException>(Record.Exception(() => plan.Materialize(3)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_refusal_at_the_end_comes_before_the_beginning_is_written()
    {
        InitPlan plan = new("late", TorchProfile.Default, [new("a", [1000, 1000]), new("b", [5])],
            [new UniformStep("a", 0, 1), new UniformStep("b", 1, 0)]);
        long written = 0;
        Assert.IsAssignableFrom<ArgumentException>(Record.Exception(() => Write(plan, Target, written: bytes => written = bytes)));
        Assert.Equal(0, written);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void More_than_the_disk_has_room_for_is_refused_before_the_first_draw()
    {
        InitPlan plan = new("large", TorchProfile.Default, [new("a", [1L << 50])], [new UniformStep("a", 0, 1)]);
        IOException error = Assert.Throws<IOException>(() => plan.MaterializeTo(Target, 3,
            cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("free", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Nothing_is_kept_of_what_was_stopped_before_its_first_piece()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Write(A, Target, stop: stop));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    sealed class Told(Action<long> written) : IProgress<(long Written, long Total)>
    {
        void IProgress<(long Written, long Total)>.Report((long Written, long Total) value) => written(value.Written);
    }
}
