namespace TorchInit;

/// <summary>Draws of threads that follow each other: word k of all of them in row k.</summary>
/// <param name="rows">Of some counters.</param>
/// <param name="counter">Which of them.</param>
readonly ref struct PhiloxRows(ReadOnlySpan<uint> rows, int counter)
{
    readonly ReadOnlySpan<uint> _rows = rows.Slice(4 * PhiloxKernel.Most * counter, 4 * PhiloxKernel.Most);

    public PhiloxWords this[int draw] => new(Row(0)[draw], Row(1)[draw], Row(2)[draw], Row(3)[draw]);

    public ReadOnlySpan<uint> Row(int word) => _rows.Slice(word * PhiloxKernel.Most, PhiloxKernel.Most);

    /// <summary>Makes the draws, of <see cref="PhiloxKernel.Most"/> threads at most.</summary>
    public static void Draw(PhiloxDraws draws, Span<uint> rows, VectorWidth width)
    {
        int done = PhiloxKernel.Fill(draws, rows, PhiloxKernel.Most, new PhiloxIdentity(), width);
        if (done < draws.Threads) { PhiloxKernel.FillOneByOne(draws, done, rows, PhiloxKernel.Most, new PhiloxIdentity()); }
    }

    /// <summary>One component of each draw, one by one: for what has no kernel.</summary>
    public int Each<T, TOperator>(TOperator op, int component, Span<T> target)
        where T : unmanaged
        where TOperator : struct, ICudaOperator<T>
    {
        for (int i = 0; i < target.Length; i++) { target[i] = op.Invoke(this[i], component); }
        return 1;
    }
}
