namespace TorchInit;

/// <summary>Writes a model to a safetensors file without holding it in memory: a piece is written while the next ones are drawn.</summary>
public static class StreamingMaterializer
{
    /// <summary>The bytes that are drawn and written at once: enough to outweigh a jump (0.5 ms), and little enough that four buffers take
    /// little memory.</summary>
    const int Piece = 16 << 20;

    /// <summary>The bytes that are flushed together before they count as written: a flush of 16 MB costs about as much as one of 128
    /// MB.</summary>
    const int FlushAfter = 128 << 20;

    /// <summary>Writes the tensors of <see cref="Materializer"/> in the form of
    /// <see cref="Safetensors.Save(string, StateDict, IReadOnlyDictionary{string, string}?)"/>.</summary>
    /// <param name="plan">The module to construct; it may be larger than memory.</param>
    /// <param name="path">An existing file is replaced when everything is written. Until then the bytes are in <c>.name.partial</c> beside
    /// it, and checksums of what is on the disk in <c>.name.partial.sums</c>; a later call with the same arguments resumes there, a call
    /// with other arguments starts again.</param>
    /// <param name="seed">A negative seed is taken as two's complement.</param>
    /// <param name="dtype">The floating type, as torch's default dtype during construction.</param>
    /// <param name="shard">The part of the tensors to write; null for all.</param>
    /// <param name="metadata">Strings for the header's <c>__metadata__</c>; null omits that key.</param>
    /// <param name="progress">Receives the bytes written so far and the size of the file, after each step.</param>
    /// <param name="maxDegreeOfParallelism">The most threads that draw; −1 for one per processor. Every number gives the same
    /// bytes.</param>
    /// <param name="cancellation">Stops between two pieces; what is written is kept for a later call.</param>
    /// <exception cref="ArgumentException"><paramref name="dtype"/> is not floating, the shard does not exist, or a name or string is not
    /// allowed.</exception>
    /// <exception cref="IOException">The file cannot be written, <paramref name="path"/> is a device, pipe or folder, or another process is
    /// writing the same file.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or the existing file is not writable.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <remarks>Uniforms, normals, constants and copies of any size take 4 pieces of 16 MB plus the threads' own memory. A tensor whose
    /// elements are made together (orthogonal_, trunc_normal_ since 2.12, …) is in memory as a whole while it is written. The contents of
    /// an unfinished file are kept only if plan, seed, dtype, shard, profile and program are the same and the checksums match, so a file
    /// never mixes two models, even after crashes and power failures.</remarks>
    public static void MaterializeTo(this InitPlan plan, string path, long seed, DType dtype = DType.Float32, Shard? shard = null,
        IReadOnlyDictionary<string, string>? metadata = null, IProgress<(long Written, long Total)>? progress = null,
        int maxDegreeOfParallelism = -1, CancellationToken cancellation = default)
        => MaterializeTo(plan, path, Piece, FlushAfter, unchecked((ulong)seed), dtype, shard, metadata, progress, maxDegreeOfParallelism,
            cancellation);

    /// <summary>The same for any 64-bit seed, as returned by <see cref="Generator.ParseSeed"/>.</summary>
    public static void MaterializeTo(this InitPlan plan, string path, ulong seed, DType dtype = DType.Float32, Shard? shard = null,
        IReadOnlyDictionary<string, string>? metadata = null, IProgress<(long Written, long Total)>? progress = null,
        int maxDegreeOfParallelism = -1, CancellationToken cancellation = default)
        => MaterializeTo(plan, path, Piece, FlushAfter, seed, dtype, shard, metadata, progress, maxDegreeOfParallelism, cancellation);

    /// <summary>The same on a thread of the pool; the task ends when the file is complete.</summary>
    public static Task MaterializeToAsync(this InitPlan plan, string path, long seed, DType dtype = DType.Float32, Shard? shard = null,
        IReadOnlyDictionary<string, string>? metadata = null, IProgress<(long Written, long Total)>? progress = null,
        int maxDegreeOfParallelism = -1, CancellationToken cancellation = default)
        => plan.MaterializeToAsync(path, unchecked((ulong)seed), dtype, shard, metadata, progress, maxDegreeOfParallelism, cancellation);

    /// <summary>The same for any 64-bit seed, as returned by <see cref="Generator.ParseSeed"/>.</summary>
    public static Task MaterializeToAsync(this InitPlan plan, string path, ulong seed, DType dtype = DType.Float32, Shard? shard = null,
        IReadOnlyDictionary<string, string>? metadata = null, IProgress<(long Written, long Total)>? progress = null,
        int maxDegreeOfParallelism = -1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Run(() => MaterializeTo(plan, path, Piece, FlushAfter, seed, dtype, shard, metadata, progress, maxDegreeOfParallelism,
            cancellation), cancellation);
    }

    /// <summary>The same with pieces and flushes of any size.</summary>
    internal static void MaterializeTo(InitPlan plan, string path, int pieceSize, long flushAfter, ulong seed, DType dtype, Shard? shard,
        IReadOnlyDictionary<string, string>? metadata, IProgress<(long Written, long Total)>? progress, int maxDegreeOfParallelism,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Materializer.CheckFloating(dtype);
        int threads = Materializer.Threads(maxDegreeOfParallelism);
        ParameterSpec[] tensors = [.. (shard ?? Shard.Whole).Of(plan, dtype)];
        Write(plan, tensors, path, pieceSize, flushAfter, seed, dtype, Header(tensors, dtype, metadata), progress, threads, cancellation);
    }

    /// <summary>Writes a file with some of a plan's tensors.</summary>
    internal static void Write(InitPlan plan, ParameterSpec[] tensors, string path, ulong seed, DType dtype, byte[] header,
        IProgress<(long Written, long Total)>? progress, int threads, CancellationToken cancellation)
        => Write(plan, tensors, path, Piece, FlushAfter, seed, dtype, header, progress, threads, cancellation);

    /// <summary>The header of such a file, with its length.</summary>
    internal static byte[] Header(ParameterSpec[] tensors, DType dtype, IReadOnlyDictionary<string, string>? metadata)
        => Safetensors.Header(tensors.Select(tensor => (tensor.Name, tensor.TypeOr(dtype), tensor.Shape)), metadata);

    static void Write(InitPlan plan, ParameterSpec[] tensors, string path, int pieceSize, long flushAfter, ulong seed, DType dtype,
        byte[] header, IProgress<(long Written, long Total)>? progress, int threads, CancellationToken cancellation)
    {
        PartialFile.CheckRoom(path, tensors.Aggregate((Int128)header.Length, (sum, tensor) => sum + Materializer.BytesOf(tensor, dtype)));
        FilePieces pieces = new(tensors, dtype, header.Length, pieceSize);
        using PartialFile file = new(path, () => PlanIdentity.Of(plan, seed, dtype, header, pieceSize), header, pieces, flushAfter);
        try
        {
            PlanStream stream = new(plan, new Generator(seed, plan.Profile), dtype, CheckWork(plan, tensors, dtype));
            stream.Check(tensors);
            Write(file, pieces, stream, Math.Min(threads, 16), progress, cancellation);
            file.Finish();
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            file.Discard();
            throw;
        }
    }

    /// <summary>Refuses work that would take hours or days. For a shard, only its own steps count, and earlier ones whose end is known only
    /// by running them.</summary>
    /// <returns>The last step that is needed; −1 for none.</returns>
    static int CheckWork(InitPlan plan, ParameterSpec[] tensors, DType dtype)
    {
        SortedSet<int> needed = [.. tensors.SelectMany(tensor => SlicePlan.Of(plan, tensor.Name).Needed)];
        if (needed.Count == 0) { return -1; }
        int last = needed.Max;
        IReadOnlyList<long?> words = plan.WordsOfSteps(dtype);
        needed.UnionWith(Enumerable.Range(0, last).Where(step => words[step] is null));
        PlacedStep[] steps = [.. needed.Select(step => plan.Placed[step])];
        plan.CheckWork(steps, InitPlan.ElementsOf(steps));
        return last;
    }

    /// <summary>Writes one batch of pieces while the next is drawn, one piece per thread.</summary>
    static void Write(PartialFile file, FilePieces pieces, PlanStream stream, int threads,
        IProgress<(long Written, long Total)>? progress, CancellationToken cancellation)
    {
        int done = file.Counted;
        int batch = Math.Min(threads, Math.Max(1, pieces.Count - done));
        (byte[] Bytes, ulong Sum)[][] buffers = [Buffers(), Buffers()];
        Task writing = Task.CompletedTask;
        try
        {
            for (int first = done, turn = 0; first < pieces.Count; first += batch, turn ^= 1)
            {
                cancellation.ThrowIfCancellationRequested();
                int start = first;
                int end = Math.Min(first + batch, pieces.Count);
                (byte[] Bytes, ulong Sum)[] own = buffers[turn];
                InParallel.For(start, end, threads, piece =>
                {
                    Span<byte> bytes = own[piece - start].Bytes.AsSpan(0, pieces.Bytes(piece));
                    pieces.Draw(piece, bytes, stream);
                    own[piece - start].Sum = PieceSum.Of(bytes);
                });
                writing.GetAwaiter().GetResult();
                // In order: an interrupted file is then a prefix of the complete one.
                writing = Task.Run(() =>
                {
                    for (int piece = start; piece < end; piece++)
                    {
                        (byte[] bytes, ulong sum) = own[piece - start];
                        file.Write(piece, bytes.AsSpan(0, pieces.Bytes(piece)), sum);
                    }
                    progress?.Report((pieces.End(end - 1), pieces.End(pieces.Count - 1)));
                }, CancellationToken.None);
            }
        }
        finally { writing.GetAwaiter().GetResult(); }

        (byte[] Bytes, ulong Sum)[] Buffers()
            => [.. Enumerable.Range(0, batch).Select(_ => (GC.AllocateUninitializedArray<byte>(pieces.Largest), 0UL))];
    }
}
