namespace TorchInit;

/// <summary>
/// ln x for x in (0, 1], Cephes' logf as in torch's AVX2 block: x = m·2ᵉ with m in [√½, √2), a polynomial of degree 8 in m − 1, and e·ln 2
/// in two parts. Verified for all 2²⁴ arguments of a block.
/// </summary>
/// <typeparam name="TRounding">Whether products are fused with the following sums.</typeparam>
static class PolynomialLog<TRounding>
    where TRounding : struct, IMultiplyAdd
{
    const float SqrtHalf = 0.70710677f;
    const float Ln2Low = -2.12194440e-4f;
    const float Ln2High = 0.693359375f;

    public static float Of(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        float e = (int)(bits >> 23) - 126;
        float m = BitConverter.UInt32BitsToSingle((bits & 0x807FFFFF) | 0x3F000000);    // [½, 1)
        if (m < SqrtHalf)
        {
            e -= 1;
            x = m - 1 + m;
        }
        else
        {
            x = m - 1;
        }
        float z = x * x;
        float y = 7.0376836292e-2f;
        y = TRounding.MultiplyAdd(y, x, -1.1514610310e-1f);
        y = TRounding.MultiplyAdd(y, x, 1.1676998740e-1f);
        y = TRounding.MultiplyAdd(y, x, -1.2420140846e-1f);
        y = TRounding.MultiplyAdd(y, x, 1.4249322787e-1f);
        y = TRounding.MultiplyAdd(y, x, -1.6668057665e-1f);
        y = TRounding.MultiplyAdd(y, x, 2.0000714765e-1f);
        y = TRounding.MultiplyAdd(y, x, -2.4999993993e-1f);
        y = TRounding.MultiplyAdd(y, x, 3.3333331174e-1f);
        y *= x;
        y = TRounding.MultiplyAdd(y, z, e * Ln2Low);    // GCC fuses y·z and rounds e·Ln2Low; the other way round 149 of 2²⁰ samples differ
        y -= 0.5f * z;                                  // exact product, so it does not matter whether it is fused
        return x + y + e * Ln2High;                     // exact product again
    }
}
