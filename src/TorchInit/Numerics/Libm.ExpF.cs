namespace TorchInit;

static partial class Libm
{
    /// <summary>The bits of 2^(i/32), correctly rounded, minus i · 2⁴⁷: adding k · 2⁴⁷ then gives the bits of 2^(k/32).</summary>
    static ReadOnlySpan<ulong> ExpFTable =>
    [
        0x3FF0000000000000, 0x3FEFD9B0D3158574, 0x3FEFB5586CF9890F, 0x3FEF9301D0125B51,
        0x3FEF72B83C7D517B, 0x3FEF54873168B9AA, 0x3FEF387A6E756238, 0x3FEF1E9DF51FDEE1,
        0x3FEF06FE0A31B715, 0x3FEEF1A7373AA9CB, 0x3FEEDEA64C123422, 0x3FEECE086061892D,
        0x3FEEBFDAD5362A27, 0x3FEEB42B569D4F82, 0x3FEEAB07DD485429, 0x3FEEA47EB03A5585,
        0x3FEEA09E667F3BCD, 0x3FEE9F75E8EC5F74, 0x3FEEA11473EB0187, 0x3FEEA589994CCE13,
        0x3FEEACE5422AA0DB, 0x3FEEB737B0CDC5E5, 0x3FEEC49182A3F090, 0x3FEED503B23E255D,
        0x3FEEE89F995AD3AD, 0x3FEEFF76F2FB5E47, 0x3FEF199BDD85529C, 0x3FEF3720DCEF9069,
        0x3FEF5818DCFBA487, 0x3FEF7C97337B9B5F, 0x3FEFA4AFA2A490DA, 0x3FEFD0765B6E4540,
    ];

    /// <summary>eˣ of a float32: glibc's <c>expf</c> (2.27 and later), to the bit.</summary>
    /// <param name="x">Any float; above 88.72 the result is +∞, below −103.97 it is 0.</param>
    /// <remarks>The algorithm of ARM's optimized routines: 2^(k/32) from a table times a polynomial of degree 3, within 0.502
    /// ULP.</remarks>
    public static float ExpF(float x)
    {
        if (float.IsNaN(x)) { return x; }
        if (x > 88.72283172607422f) { return float.PositiveInfinity; } // 42B17217: the largest x whose power is finite
        if (x < -103.97207641601562f) { return 0; }                    // C2CFF1B4: below it, even the smallest subnormal is too large

        const double InverseLn2 = 46.16624130844683;   // 40471547652B82FE: 32 / ln 2
        const double Shift = 6755399441055744;         // 1.5 · 2⁵²: adding it rounds to an integer
        double z = InverseLn2 * x;
        double shifted = z + Shift;
        ulong k = BitConverter.DoubleToUInt64Bits(shifted);
        double r = z - (shifted - Shift);              // x = (k + r) · ln 2 / 32, r in [−0.5, 0.5]

        double scale = BitConverter.UInt64BitsToDouble(ExpFTable[(int)(k & 31)] + (k << 47));
        const double C1 = 0.021660849396613134;        // 3F962E42FF0C52D6
        const double C2 = 0.00023459809789509004;      // 3F2EBFCE50FAC4F3
        const double C3 = 1.6938359250920212e-06;      // 3EBC6AF84B912394
        double high = (C3 * r) + C2;
        double low = (C1 * r) + 1;
        return (float)(((high * (r * r)) + low) * scale);
    }
}
