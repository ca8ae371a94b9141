namespace TorchInit;

public static partial class Init
{
    /// <summary>Orthogonal: gain · Q, where Q·R = a matrix of standard normals and the diagonal of R is positive; rows or columns are
    /// orthonormal, whichever are fewer.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tensor">The elements, row-major; all are overwritten.</param>
    /// <param name="shape">2 or more sizes whose product is the length of <paramref name="tensor"/>; treated as the matrix (first, product
    /// of the others).</param>
    /// <param name="generator">Advanced as by <see cref="Normal{T}"/> for as many elements.</param>
    /// <param name="gain">Factor on Q.</param>
    /// <exception cref="TorchArgumentException">Fewer than 2 sizes (ValueError), or a 16-bit type, after its normals are drawn
    /// (RuntimeError).</exception>
    /// <remarks>
    /// Same bits as <c>torch.nn.init.orthogonal_</c> with reference LAPACK; the QR of MKL and OpenBLAS differs in the last bits
    /// (docs/compatibility.md). Source: Saxe et al. 2013, arXiv:1312.6120.
    /// </remarks>
    public static void Orthogonal<T>(Span<T> tensor, ReadOnlySpan<long> shape, Generator generator, double gain = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(generator);
        CheckCount(shape, tensor.Length, nameof(tensor));
        OrthogonalFill.Fill(tensor, shape, gain, generator);
    }
}
