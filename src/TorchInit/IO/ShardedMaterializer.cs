namespace TorchInit;

/// <summary>Writes a model to several files with the index that Hugging Face loads; any number of workers can share the files.</summary>
public static class ShardedMaterializer
{
    /// <summary>Writes the tensors of <see cref="Materializer"/> to files of at most <paramref name="maxShardBytes"/>:
    /// <c>model-00001-of-00003.safetensors</c> and so on, and <c>model.safetensors.index.json</c>. A model that fits into one file is
    /// written to that file, without an index.</summary>
    /// <param name="plan">The module to construct; it may be larger than memory.</param>
    /// <param name="path">The name of the whole model: <c>folder/model.safetensors</c>.</param>
    /// <param name="seed">A negative seed is taken as two's complement.</param>
    /// <param name="maxShardBytes">The most tensor bytes per file, 1 or more; a larger tensor has its own file.</param>
    /// <param name="dtype">The floating type, as torch's default dtype during construction.</param>
    /// <param name="worker">The files to write here: worker i of n writes the i-th part of them. Null for all.</param>
    /// <param name="metadata">Strings for the headers; <c>format</c> and <c>identity</c> are added.</param>
    /// <param name="progress">Receives the bytes written here so far and their total, after each step.</param>
    /// <param name="maxDegreeOfParallelism">The most threads that draw; −1 for one per processor.</param>
    /// <param name="cancellation">Stops between two pieces; what is written is kept for a later call.</param>
    /// <returns>Whether the set is now complete and has its index; with several workers, the last one to finish gets true.</returns>
    /// <exception cref="ArgumentException">An argument is not allowed, or the worker does not exist.</exception>
    /// <exception cref="IOException">The file cannot be written, or another process is writing it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <remarks>A complete file of this plan, seed, dtype and program is kept, so a call after a crash, or a worker that replaces a dead
    /// one, draws only what is missing. The index is written when all files are complete, and an index of other files is removed before the
    /// first file is written: a set that looks complete is complete.</remarks>
    public static bool MaterializeShards(this InitPlan plan, string path, long seed, long maxShardBytes, DType dtype = DType.Float32,
        Shard? worker = null, IReadOnlyDictionary<string, string>? metadata = null,
        IProgress<(long Written, long Total)>? progress = null, int maxDegreeOfParallelism = -1, CancellationToken cancellation = default)
        => plan.MaterializeShards(path, unchecked((ulong)seed), maxShardBytes, dtype, worker, metadata, progress, maxDegreeOfParallelism,
            cancellation);

    /// <summary>The same for any 64-bit seed, as returned by <see cref="Generator.ParseSeed"/>.</summary>
    public static bool MaterializeShards(this InitPlan plan, string path, ulong seed, long maxShardBytes, DType dtype = DType.Float32,
        Shard? worker = null, IReadOnlyDictionary<string, string>? metadata = null,
        IProgress<(long Written, long Total)>? progress = null, int maxDegreeOfParallelism = -1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Materializer.CheckFloating(dtype);
        if (maxShardBytes < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(maxShardBytes), maxShardBytes, "allowed: 1 byte or more.");
        }
        Shard own = worker ?? Shard.Whole;
        if (own.Index < 1 || own.Index > own.Count)
        {
            throw own.Outside(nameof(worker));
        }
        int threads = Materializer.Threads(maxDegreeOfParallelism);
        ShardSet set = new(plan, path, seed, dtype, maxShardBytes, metadata);
        ShardFile[] files = [.. set.Of(own)];
        _ = OutputTarget.Probe(set.Files.Count == 1 ? path : set.IndexPath);
        set.Open();
        long total = files.Sum(file => file.Length);
        long before = 0;
        foreach (ShardFile file in files)
        {
            if (!set.IsWhole(file))
            {
                Progress? part = progress is null ? null : new(progress, before, total);
                StreamingMaterializer.Write(plan, file.Tensors, set.PathOf(file), seed, dtype, file.Header, part, threads, cancellation);
            }
            before += file.Length;
            progress?.Report((before, total));
        }
        return set.TryClose();
    }

    /// <summary>Reports the progress of one file as part of all.</summary>
    sealed class Progress(IProgress<(long Written, long Total)> all, long before, long total) : IProgress<(long Written, long Total)>
    {
        public void Report((long Written, long Total) value) => all.Report((before + value.Written, total));
    }
}
