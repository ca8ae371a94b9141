namespace TorchInit;

/// <summary>What a kernel of torch's makes of a draw.</summary>
/// <typeparam name="T">The element type.</typeparam>
interface ICudaOperator<T>
    where T : unmanaged
{
    /// <summary>Elements of one draw.</summary>
    static abstract int PerDraw { get; }

    /// <summary>One of them: the specification.</summary>
    T Invoke(PhiloxWords words, int component);

    /// <summary>All of them of many draws, where they can go from the words to their places at once.</summary>
    /// <param name="draws">Which draws.</param>
    /// <param name="target">From the first thread's first element on.</param>
    /// <param name="threads">From an element to the next of the same thread.</param>
    /// <param name="width">Which twin of the kernel.</param>
    /// <returns>How many threads were done: none where there is no such kernel.</returns>
    int FillWhole(PhiloxDraws draws, Span<T> target, int threads, VectorWidth width) => 0;

    /// <summary>That one of many draws; and the next one, where it is wanted and comes with it.</summary>
    /// <param name="rows">The draws.</param>
    /// <param name="component">Which.</param>
    /// <param name="target">One element a draw.</param>
    /// <param name="next">For the next component; empty where it is not wanted.</param>
    /// <param name="width">Which twin of the kernels.</param>
    /// <returns>How many components were made: 1 or 2.</returns>
    int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width);
}
