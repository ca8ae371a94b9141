namespace TorchInit;

/// <summary>
/// sin x and cos x for x in [0, 2π], Cephes' sincosf as in torch's AVX2 block: x is reduced to [−π/4, π/4] by subtracting multiples of π/4
/// in three parts; the octant decides which polynomial is the sine, and the signs. Verified for all 2²⁴ angles of a block.
/// </summary>
/// <typeparam name="TRounding">Whether products are fused with the following sums.</typeparam>
static class PolynomialSinCos<TRounding>
    where TRounding : struct, IMultiplyAdd
{
    const float FourOverPi = 1.27323954473516f;
    const float PiOver4High = -0.78515625f;
    const float PiOver4Middle = -2.4187564849853515625e-4f;
    const float PiOver4Low = -3.77489497744594108e-8f;

    public static (float Sine, float Cosine) Of(float x)
    {
        int octant = ((int)(x * FourOverPi) + 1) & ~1;
        float y = octant;
        x = TRounding.MultiplyAdd(y, PiOver4High, x);
        x = TRounding.MultiplyAdd(y, PiOver4Middle, x);
        x = TRounding.MultiplyAdd(y, PiOver4Low, x);
        float z = x * x;

        float c = TRounding.MultiplyAdd(2.443315711809948e-5f, z, -1.388731625493765e-3f);
        c = TRounding.MultiplyAdd(c, z, 4.166664568298827e-2f);
        c *= z;
        c = TRounding.MultiplyAdd(c, z, -(z * 0.5f));
        c += 1;

        float s = TRounding.MultiplyAdd(-1.9515295891e-4f, z, 8.3321608736e-3f);
        s = TRounding.MultiplyAdd(s, z, -1.6666654611e-1f);
        s *= z;
        s = TRounding.MultiplyAdd(s, x, x);

        bool sineIsS = (octant & 2) == 0;
        // torch adds the masked-out zero, which turns −0 into +0.
        float sine = (sineIsS ? s : c) + 0f;
        float cosine = (sineIsS ? c : s) + 0f;
        bool negateSine = (octant & 4) != 0;
        bool negateCosine = (~(octant - 2) & 4) != 0;
        return (negateSine ? -sine : sine, negateCosine ? -cosine : cosine);
    }
}
