namespace TorchInit;

/// <summary>What one of torch's kernels computes from a draw.</summary>
/// <typeparam name="T">The element type.</typeparam>
interface ICudaOperator<T>
    where T : unmanaged
{
    /// <summary>Elements per draw.</summary>
    static abstract int PerDraw { get; }

    /// <summary>One element: the specification.</summary>
    T Invoke(PhiloxWords words, int component);

    /// <summary>All elements of many draws, if a kernel can write them directly to their places.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="keys">The keys of their seed.</param>
    /// <param name="target">The elements, starting with the first thread's first.</param>
    /// <param name="threads">The distance between elements of the same thread.</param>
    /// <param name="width">Which twin of the kernel.</param>
    /// <returns>The number of threads done: 0 if there is no such kernel.</returns>
    int FillWhole(PhiloxDraws draws, PhiloxKeys keys, Span<T> target, int threads, VectorWidth width) => 0;

    /// <summary>One component of many draws; and the next component, if it is wanted and a by-product.</summary>
    /// <param name="rows">The draws.</param>
    /// <param name="component">The component's index.</param>
    /// <param name="target">One element per draw.</param>
    /// <param name="next">For the next component; empty if it is not wanted.</param>
    /// <param name="width">Which twin of the kernels.</param>
    /// <returns>The number of components computed: 1 or 2.</returns>
    int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width);
}
