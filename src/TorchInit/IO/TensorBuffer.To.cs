namespace TorchInit;

public sealed partial class TensorBuffer
{
    /// <summary>The elements in another type: floats are rounded to nearest even (double to 16 bits via float32, in two roundings) and
    /// overflow to ±∞; floats become integers by truncation, integers keep their low bits; bool is whether an element is not 0.</summary>
    /// <param name="dtype">Any element type.</param>
    /// <returns>A new tensor of the same shape; this one if it has that type already.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dtype"/> is not a member of <see cref="DType"/>.</exception>
    /// <remarks>
    /// As <c>torch.Tensor.to(dtype)</c> on an x86-64 CPU with AVX2, every element to the bit, measured in 1.13.1 for all pairs. That
    /// includes numbers that the integer type cannot hold, and NaN, for which C++ defines no result: int64 gets −2⁶³, uint8 the low bits
    /// of the int64, the others the low bits of −2³¹. In float16 a NaN becomes 0x7E00 with its sign. In bfloat16 it becomes 0x7FC0 where
    /// torch converts one by one, and 0xFFFF in its vectors: all of a float32 tensor, and of a float64 tensor all but the last n mod 16
    /// (of each thread, above 32,768 elements). Source: c10/util/TypeCast.h, c10/util/Half.h, ATen/native/cpu/CopyKernel.cpp.
    /// </remarks>
    public TensorBuffer To(DType dtype)
    {
        _ = dtype.ByteSize();               // refuses what is no DType
        return dtype == DType ? this : DType.Run(new Source(this, dtype));
    }

    sealed record Source(TensorBuffer From, DType To) : IElementWork<TensorBuffer>
    {
        public TensorBuffer Run<TFrom>()
            where TFrom : unmanaged
            => To.Run(new Target<TFrom>(From, To));
    }

    sealed record Target<TFrom>(TensorBuffer From, DType To) : IElementWork<TensorBuffer>
        where TFrom : unmanaged
    {
        public TensorBuffer Run<TTo>()
            where TTo : unmanaged
        {
            TensorBuffer converted = Uninitialised(To, [.. From.Shape]);
            TorchCast.All<TFrom, TTo>(From.AsSpan<TFrom>(), converted.AsSpan<TTo>());
            return converted;
        }
    }
}
