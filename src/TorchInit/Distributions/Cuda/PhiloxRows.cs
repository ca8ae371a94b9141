namespace TorchInit;

/// <summary>Draws of consecutive threads: row k holds word k of all of them.</summary>
/// <param name="words">Memory of <see cref="Size"/> words: the rows of one or more counters, then scratch memory.</param>
/// <param name="counter">The counter's index.</param>
readonly ref struct PhiloxRows(Span<uint> words, int counter)
{
    /// <summary>Words of memory for the draws and for what is computed with them.</summary>
    public const int Size = Drawn + CudaNormal.Scratch;

    const int Drawn = 4 * PhiloxKernel.MostCounters * PhiloxKernel.Most;

    readonly ReadOnlySpan<uint> _rows = words.Slice(4 * PhiloxKernel.Most * counter, 4 * PhiloxKernel.Most);

    /// <summary>Memory that the next computation may overwrite.</summary>
    public Span<uint> Scratch { get; } = words[Drawn..Size];

    public PhiloxWords this[int draw] => new(Row(0)[draw], Row(1)[draw], Row(2)[draw], Row(3)[draw]);

    public ReadOnlySpan<uint> Row(int word) => _rows.Slice(word * PhiloxKernel.Most, PhiloxKernel.Most);

    /// <summary>Computes the draws, of at most <see cref="PhiloxKernel.Most"/> threads.</summary>
    public static void Draw(PhiloxDraws draws, PhiloxKeys keys, Span<uint> rows, VectorWidth width)
    {
        int done = PhiloxKernel.Fill(draws, keys, rows, PhiloxKernel.Most, new PhiloxIdentity(), width);
        if (done < draws.Threads) { PhiloxKernel.FillOneByOne(draws, done, rows, PhiloxKernel.Most, new PhiloxIdentity()); }
    }

    /// <summary>Computes one component of each draw, one by one, for operators without a kernel.</summary>
    public int Each<T, TOperator>(TOperator op, int component, Span<T> target)
        where T : unmanaged
        where TOperator : struct, ICudaOperator<T>
    {
        for (int i = 0; i < target.Length; i++) { target[i] = op.Invoke(this[i], component); }
        return 1;
    }
}
