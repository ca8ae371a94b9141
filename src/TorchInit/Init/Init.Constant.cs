namespace TorchInit;

public static partial class Init
{
    /// <summary>Constant: sets every element to <paramref name="value"/>; draws nothing.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/>, <see cref="BFloat16"/> or long, which truncates.</typeparam>
    /// <param name="tensor">All elements are overwritten.</param>
    /// <param name="value">Rounded once to <typeparamref name="T"/>; for 16-bit types via float32.</param>
    /// <exception cref="TorchArgumentException"><paramref name="value"/> is finite and does not fit <typeparamref name="T"/>
    /// (RuntimeError).</exception>
    /// <remarks>Like <c>torch.nn.init.constant_</c>.</remarks>
    public static void Constant<T>(Span<T> tensor, double value)
        where T : unmanaged
        => tensor.Fill(ConstantValue.Of<T>(value));

    /// <summary>Ones; draws nothing.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/>, <see cref="BFloat16"/> or long.</typeparam>
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
