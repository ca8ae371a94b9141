namespace TorchInit;

/// <summary>Writes a model in several files with the index that Hugging Face loads; any number of workers share the files.</summary>
public static class ShardedMaterializer
{
    /// <summary>Writes what <see cref="Materializer"/> makes into files of at most <paramref name="maxShardBytes"/>:
    /// <c>model-00001-of-00003.safetensors</c> and so on, and <c>model.safetensors.index.json</c>. A model that fits into one file is that
    /// file, without an index.</summary>
    /// <param name="plan">What to construct; it may be larger than memory.</param>
    /// <param name="path">The name of the whole: <c>folder/model.safetensors</c>.</param>
    /// <param name="seed">Any 64-bit value, as <see cref="Generator.ParseSeed"/> gives it.</param>
    /// <param name="maxShardBytes">Of the tensors in a file, 1 or more; a larger tensor has a file for itself.</param>
    /// <param name="dtype">The floating type, as torch's default dtype while constructing.</param>
    /// <param name="worker">Which of the files are written here: i of n workers has the i-th part of them. Null: all.</param>
    /// <param name="metadata">Texts for the headers; <c>format</c> and <c>identity</c> are added.</param>
    /// <param name="progress">Told the bytes that are written here, and those that will be, after each step.</param>
    /// <param name="maxDegreeOfParallelism">Threads that draw, at most; −1 for as many as there are processors.</param>
    /// <param name="cancellation">Stops between two pieces; what is written stays for a later call.</param>
    /// <returns>Whether the set is whole now, and so has its index: of several workers, the last one that ends finds it so.</returns>
    /// <exception cref="ArgumentException">An argument is not allowed, or the shard does not exist.</exception>
    /// <exception cref="IOException">The directory or the disk refuses, or another process writes the same file.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> asked for it.</exception>
    /// <remarks>A file that is whole and of this plan, seed, dtype and program is kept, so that a call after a kill, or another worker in
    /// place of a dead one, draws only what is missing. An index is written when all files are there, and one of other files is removed
    /// before the first file is written: a set that looks whole is whole.</remarks>
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
            throw new ArgumentException($"worker is {own}; allowed: 1 to {own.Count}.", nameof(worker));
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

    /// <summary>Of one file, as a part of all.</summary>
    sealed class Progress(IProgress<(long Written, long Total)> all, long before, long total) : IProgress<(long Written, long Total)>
    {
        public void Report((long Written, long Total) value) => all.Report((before + value.Written, total));
    }
}
