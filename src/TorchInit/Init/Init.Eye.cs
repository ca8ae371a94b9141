namespace TorchInit;

public static partial class Init
{
    /// <summary>Identity: ones on the diagonal, zeros elsewhere; draws nothing.</summary>
    /// <typeparam name="T">float, double, <see cref="Half"/>, <see cref="BFloat16"/> or long.</typeparam>
    /// <param name="tensor">The elements, row-major; all are overwritten.</param>
    /// <param name="shape">2 sizes whose product is the length of <paramref name="tensor"/>.</param>
    /// <exception cref="TorchArgumentException"><paramref name="shape"/> does not have 2 sizes (ValueError).</exception>
    /// <remarks>Like <c>torch.nn.init.eye_</c>.</remarks>
    public static void Eye<T>(Span<T> tensor, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        CheckEye(shape);
        CheckCount(shape, tensor.Length, nameof(tensor));
        tensor.Clear();
        T one = ConstantValue.Of<T>(1);
        for (long i = 0; i < Math.Min(shape[0], shape[1]); i++) { tensor[(int)(i * shape[1] + i)] = one; }
    }

    internal static void CheckEye(ReadOnlySpan<long> shape)
    {
        if (shape.Length != 2)
        {
            throw TorchArgumentException.ValueError(nameof(shape), shape.ToArray(), "2 sizes",
                "Only tensors with 2 dimensions are supported");
        }
    }
}
