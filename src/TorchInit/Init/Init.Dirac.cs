namespace TorchInit;

public static partial class Init
{
    /// <summary>
    /// Dirac: a convolution weight that passes its input through: w[g·(out/groups) + d, d, k₀/2, k₁/2, …] = 1 for every group g and d &lt;
    /// min(out/groups, in), zeros elsewhere; draws nothing.
    /// </summary>
    /// <typeparam name="T">float, double, <see cref="Half"/>, <see cref="BFloat16"/> or long.</typeparam>
    /// <param name="tensor">The elements, row-major; all are overwritten.</param>
    /// <param name="shape">(out, in, *kernel): 3, 4 or 5 sizes whose product is the length of <paramref name="tensor"/>.</param>
    /// <param name="groups">A divisor of out.</param>
    /// <exception cref="TorchArgumentException">Another number of sizes, out not divisible by groups (ValueError), groups 0
    /// (ZeroDivisionError), or a kernel without elements (IndexError).</exception>
    /// <remarks>Like <c>torch.nn.init.dirac_</c>.</remarks>
    public static void Dirac<T>(Span<T> tensor, ReadOnlySpan<long> shape, long groups = 1)
        where T : unmanaged
    {
        CheckDirac(shape, groups);
        CheckCount(shape, tensor.Length, nameof(tensor));
        tensor.Clear();
        T one = ConstantValue.Of<T>(1);
        long outOfGroup = shape[0] / groups;
        long kernel = TensorShape.CountOrThrow(shape[2..]);
        long centre = 0;
        foreach (long size in shape[2..]) { centre = centre * size + size / 2; }
        for (long group = 0; group < groups; group++)
        {
            for (long d = 0; d < Math.Min(outOfGroup, shape[1]); d++)
            {
                tensor[(int)(((group * outOfGroup + d) * shape[1] + d) * kernel + centre)] = one;
            }
        }
    }

    internal static void CheckDiracRank(ReadOnlySpan<long> shape)
    {
        if (shape.Length is not (3 or 4 or 5))
        {
            throw TorchArgumentException.ValueError(nameof(shape), shape.ToArray(), "3, 4 or 5 sizes",
                "Only tensors with 3, 4, or 5 dimensions are supported");
        }
    }

    internal static void CheckDirac(ReadOnlySpan<long> shape, long groups)
    {
        CheckDiracRank(shape);
        if (groups == 0)
        {
            throw TorchArgumentException.ZeroDivisionError(nameof(groups), groups, "a divisor of the first size", "integer modulo by zero");
        }
        if (!TensorShape.IsMultiple(shape[0], groups))
        {
            throw TorchArgumentException.ValueError(nameof(groups), groups, $"a divisor of the first size {shape[0]}",
                "dim 0 must be divisible by groups");
        }
        // torch sets each one at the kernel's centre, and a kernel without elements has none.
        if (groups > 0 && Math.Min(shape[0] / groups, shape[1]) > 0 && shape[2..].IndexOf(0) is var at and >= 0)
        {
            throw new TorchArgumentException(nameof(shape), shape.ToArray(), "a kernel of 1 or more", "IndexError",
                $"index 0 is out of bounds for dimension {at + 2} with size 0");
        }
    }
}
