using Microsoft.Win32.SafeHandles;

namespace TorchInit;

/// <summary>Writes a model to a safetensors file without holding it: drawn in pieces, written while the next pieces are drawn.</summary>
public static class StreamingMaterializer
{
    /// <summary>Bytes that are drawn and written at once: far more than a jump to them costs (0.5 ms), and few enough that four buffers are little memory.</summary>
    const int Piece = 16 << 20;

    /// <summary>Bytes at the end of an unfinished file that are drawn again and compared before it is gone on with.</summary>
    const long Compared = 64 << 20;

    /// <summary>Writes what <see cref="Materializer.Materialize(InitPlan, long, DType, int)"/> makes, as <see cref="Safetensors.Save(string, StateDict, IReadOnlyDictionary{string, string}?)"/> saves it.</summary>
    /// <param name="plan">What to construct; it may be larger than memory.</param>
    /// <param name="path">One that exists is replaced when all is written. Until then the bytes are in <c>.name.partial</c> beside it; a later call with the same arguments goes on there.</param>
    /// <param name="seed">Negative seeds are two's complement.</param>
    /// <param name="dtype">The floating type, as torch's default dtype while constructing.</param>
    /// <param name="shard">Which of the tensors; null for all.</param>
    /// <param name="metadata">Texts for the header's <c>__metadata__</c>; null writes no such key.</param>
    /// <param name="progress">Told the bytes that are written, and those of the whole file, after each step.</param>
    /// <param name="maxDegreeOfParallelism">Threads that draw, at most; −1 for as many as there are processors. Any number gives the same bytes.</param>
    /// <param name="cancellation">Stops between two pieces; what is written stays for a later call.</param>
    /// <exception cref="ArgumentException"><paramref name="dtype"/> is not floating, the shard does not exist, or a name or text is not allowed.</exception>
    /// <exception cref="IOException">The directory or the disk refuses, or another process writes the same file.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> asked for it.</exception>
    /// <remarks>Uniforms, normals, constants and copies of any size take 4 pieces of 16 MB and the threads' own. A tensor whose elements are made together
    /// (orthogonal_, trunc_normal_ since 2.12, …) is held as a whole while it is written.</remarks>
    public static void MaterializeTo(this InitPlan plan, string path, long seed, DType dtype = DType.Float32, Shard? shard = null,
        IReadOnlyDictionary<string, string>? metadata = null, IProgress<(long Written, long Total)>? progress = null, int maxDegreeOfParallelism = -1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Materializer.CheckFloating(dtype);
        int threads = Math.Min(Materializer.Threads(maxDegreeOfParallelism), 16);
        ParameterSpec[] tensors = [.. (shard ?? Shard.Whole).Of(plan, dtype)];
        byte[] header = Safetensors.Header(tensors.Select(tensor => (tensor.Name, tensor.DType ?? dtype, tensor.Shape)), metadata);
        PlanStream stream = new(plan, new Generator(seed, plan.Profile), dtype);
        FilePieces pieces = new(tensors, dtype, header.Length, Piece);

        string target = Path.GetFullPath(path);
        string partial = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.partial");
        using (SafeFileHandle file = File.OpenHandle(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            int done = Finished(file, header, pieces, stream);
            RandomAccess.SetLength(file, done == 0 ? header.Length : pieces.End(done - 1));
            Write(file, pieces, done, stream, threads, progress, cancellation);
            RandomAccess.FlushToDisk(file);
        }
        File.Move(partial, target, overwrite: true);
    }

    /// <summary>How many pieces of an unfinished file can stay; its header is written where none can.</summary>
    static int Finished(SafeFileHandle file, byte[] header, FilePieces pieces, PlanStream stream)
    {
        long length = RandomAccess.GetLength(file);
        byte[] there = new byte[header.Length];
        if (length >= header.Length && RandomAccess.Read(file, there, 0) == there.Length && there.AsSpan().SequenceEqual(header))
        {
            int done = 0;
            while (done < pieces.Count && pieces.End(done) <= length) { done++; }
            if (AreAsDrawn(file, pieces, done, stream)) { return done; }
        }
        // Of another model, or not what this one draws: from the start.
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, header, 0);
        return 0;
    }

    static bool AreAsDrawn(SafeFileHandle file, FilePieces pieces, int done, PlanStream stream)
    {
        byte[] drawn = [], read = [];
        for (int piece = done - 1; piece >= 0 && pieces.End(done - 1) - pieces.Start(piece) <= Compared; piece--)
        {
            int bytes = pieces.Bytes(piece);
            if (drawn.Length < bytes) { (drawn, read) = (new byte[bytes], new byte[bytes]); }
            pieces.Draw(piece, drawn, stream);
            for (int at = 0; at < bytes;)
            {
                int got = RandomAccess.Read(file, read.AsSpan(at, bytes - at), pieces.Start(piece) + at);
                if (got == 0) { return false; }
                at += got;
            }
            if (!drawn.AsSpan(0, bytes).SequenceEqual(read.AsSpan(0, bytes))) { return false; }
        }
        return true;
    }

    /// <summary>While one batch of pieces is written, the next is drawn, a piece a thread.</summary>
    static void Write(SafeFileHandle file, FilePieces pieces, int done, PlanStream stream, int threads, IProgress<(long Written, long Total)>? progress, CancellationToken cancellation)
    {
        int batch = Math.Min(threads, Math.Max(1, pieces.Count - done));
        byte[][][] buffers = [Buffers(), Buffers()];
        Task writing = Task.CompletedTask;
        try
        {
            for (int first = done, turn = 0; first < pieces.Count; first += batch, turn ^= 1)
            {
                cancellation.ThrowIfCancellationRequested();
                int start = first;
                int end = Math.Min(first + batch, pieces.Count);
                byte[][] own = buffers[turn];
                Parallel.For(start, end, new() { MaxDegreeOfParallelism = threads }, piece => pieces.Draw(piece, own[piece - start], stream));
                writing.GetAwaiter().GetResult();
                // In order: a file that breaks off is the beginning of the whole one.
                writing = Task.Run(() =>
                {
                    for (int piece = start; piece < end; piece++) { RandomAccess.Write(file, own[piece - start].AsSpan(0, pieces.Bytes(piece)), pieces.Start(piece)); }
                    progress?.Report((pieces.End(end - 1), pieces.End(pieces.Count - 1)));
                }, CancellationToken.None);
            }
        }
        finally { writing.GetAwaiter().GetResult(); }

        byte[][] Buffers() => [.. Enumerable.Range(0, batch).Select(_ => GC.AllocateUninitializedArray<byte>(pieces.Largest))];
    }
}
