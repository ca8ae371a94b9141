namespace TorchInit;

/// <summary>Draws of threads that follow each other: word k of all of them in row k.</summary>
readonly ref struct PhiloxRows(Span<uint> rows)
{
    readonly Span<uint> _rows = rows;

    public PhiloxWords this[int draw] => new(Row(0)[draw], Row(1)[draw], Row(2)[draw], Row(3)[draw]);

    public ReadOnlySpan<uint> Row(int word) => _rows.Slice(word * PhiloxKernel.Most, PhiloxKernel.Most);

    /// <summary>One component of each draw, one by one: for what has no kernel.</summary>
    public int Each<T, TOperator>(TOperator op, int component, Span<T> target)
        where T : unmanaged
        where TOperator : struct, ICudaOperator<T>
    {
        for (int i = 0; i < target.Length; i++) { target[i] = op.Invoke(this[i], component); }
        return 1;
    }
}
