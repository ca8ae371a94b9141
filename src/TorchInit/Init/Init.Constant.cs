namespace TorchInit;

public static partial class Init
{
    /// <summary>Constant: sets every element to <paramref name="value"/>; draws nothing.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="value">Rounded once to a floating type, for 16-bit types via float32; truncated to an integer; for bool, whether it is
    /// not 0 (NaN is not).</param>
    /// <exception cref="TorchArgumentException"><paramref name="value"/> is finite and beyond the floating type <typeparamref name="T"/>,
    /// or NaN, infinite or beyond the integer type <typeparamref name="T"/> (RuntimeError; the text is that of
    /// <see cref="TorchProfile.Default"/>).</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is the type of no <see cref="DType"/>.</exception>
    /// <remarks>Like <c>torch.nn.init.constant_</c>. NaN keeps its sign: .NET's <see cref="double.NaN"/> has the sign bit, Python's
    /// <c>float('nan')</c> has not; <c>-double.NaN</c> is Python's.</remarks>
    public static void Constant<T>(Span<T> tensor, double value)
        where T : unmanaged
        => tensor.Fill(ConstantValue.Of<T>(value));

    /// <summary>Ones; draws nothing.</summary>
    /// <typeparam name="T">The .NET type of any <see cref="DType"/>.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <remarks>Like <c>torch.nn.init.ones_</c>.</remarks>
    public static void Ones<T>(Span<T> tensor)
        where T : unmanaged
        => Constant(tensor, 1);

    /// <summary>Zeros; draws nothing.</summary>
    /// <typeparam name="T">Any element type.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <remarks>Like <c>torch.nn.init.zeros_</c>.</remarks>
    public static void Zeros<T>(Span<T> tensor)
        where T : unmanaged
        => tensor.Clear();
}
