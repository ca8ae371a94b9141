namespace TorchInit;

/// <summary>
/// Box–Muller with the C library's float functions: torch's portable block, and Arm's. The angle is a product in double, rounded once; the
/// float product of the AVX2 code gives other bits.
/// </summary>
/// <typeparam name="TTail">Rounding of the last step, r·c·std + mean: fused on Arm, and everywhere since 2.13.</typeparam>
readonly struct BoxMullerLibm<TTail> : IBoxMuller
    where TTail : struct, IMultiplyAdd
{
    public static (float Cosine, float Sine) Transform(float u1, float u2, float mean, float std)
    {
        float radius = MathF.Sqrt(-2f * Libm.LogF(u1));
        float theta = (float)(2.0 * Math.PI * u2);
        return (TTail.MultiplyAdd(radius * Libm.CosF(theta), std, mean), TTail.MultiplyAdd(radius * Libm.SinF(theta), std, mean));
    }
}
