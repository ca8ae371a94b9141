namespace TorchInit;

public static partial class Init
{
    /// <summary>Sparse: N(0, std²), then ⌈sparsity · rows⌉ elements of every column become 0, at the first indices of a random
    /// permutation.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/> or <see cref="BFloat16"/>.</typeparam>
    /// <param name="tensor">The elements, row-major; all are overwritten.</param>
    /// <param name="shape">2 sizes whose product is the length of <paramref name="tensor"/>.</param>
    /// <param name="generator">Advanced as by <see cref="Normal{T}"/>, then by rows − 1 draws per column.</param>
    /// <param name="sparsity">Fraction of zeros in each column; a negative count works like a Python slice: it keeps the last ones.</param>
    /// <param name="std">Standard deviation of the other elements, 0 or more.</param>
    /// <exception cref="TorchArgumentException"><paramref name="shape"/> does not have 2 sizes (ValueError), or std is negative
    /// (RuntimeError).</exception>
    /// <remarks>Same bits as <c>torch.nn.init.sparse_</c> on the default generator, from which torch always draws the permutations. Source:
    /// Martens 2010.</remarks>
    public static void Sparse<T>(Span<T> tensor, ReadOnlySpan<long> shape, Generator generator, double sparsity, double std = 0.01)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        SparseFill.CheckShape(shape);
        CheckCount(shape, tensor.Length, nameof(tensor));
        int zeros = SparseFill.ZerosInColumn(shape[0], sparsity);
        Normal(tensor, generator, 0, std);
        try { SparseFill.PunchZeros(tensor, shape[0], shape[1], zeros, generator); }
        catch (ArgumentException error) when (error.ParamName is null)        // its profile does not say on which device
        {
            throw new ArgumentException(error.Message, nameof(generator), error);
        }
    }
}
