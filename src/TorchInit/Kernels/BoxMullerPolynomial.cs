namespace TorchInit;

/// <summary>
/// Box–Muller with the Cephes polynomials of torch's AVX2 block (avx_mathfun.h), scalar. MultiplyAdd marks where GCC fuses the source's
/// separate multiply and add; MSVC does not, and rounds each product. The last step is an explicit fma in the source.
/// </summary>
/// <typeparam name="TRounding">Fused for Linux, unfused for Windows.</typeparam>
readonly struct BoxMullerPolynomial<TRounding> : IBoxMuller
    where TRounding : struct, IMultiplyAdd
{
    const float TwoPi = 6.2831855f;     // float32(2π); its product with u₂ is a float

    public static (float Cosine, float Sine) Transform(float u1, float u2, float mean, float std)
    {
        float radius = MathF.Sqrt(-2f * PolynomialLog<TRounding>.Of(u1));
        (float sine, float cosine) = PolynomialSinCos<TRounding>.Of(TwoPi * u2);
        return (MathF.FusedMultiplyAdd(radius * cosine, std, mean), MathF.FusedMultiplyAdd(radius * sine, std, mean));
    }
}
