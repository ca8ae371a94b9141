namespace TorchInit;

/// <summary>
/// The C library's functions as glibc rounds them, so that weights do not depend on the C library of the machine. The float functions
/// compute in float64 and round once; whether the float64 steps are fused changes no result (checked for all arguments that initialisation
/// uses).
/// </summary>
static partial class Libm
{
    const double Ln2 = 0.6931471805599453; // 3FE62E42FEFA39EF

    /// <summary>1/c and ln c for 16 points c spread over [0.7, 1.4): ln x = ln c + ln(x/c), and x/c is close to 1.</summary>
    static ReadOnlySpan<ulong> LogFTable =>
    [
        0x3FF661EC79F8F3BE, 0xBFD57BF7808CAADE, 0x3FF571ED4AAF883D, 0xBFD2BEF0A7C06DDB,
        0x3FF49539F0F010B0, 0xBFD01EAE7F513A67, 0x3FF3C995B0B80385, 0xBFCB31D8A68224E9,
        0x3FF30D190C8864A5, 0xBFC6574F0AC07758, 0x3FF25E227B0B8EA0, 0xBFC1AA2BC79C8100,
        0x3FF1BB4A4A1A343F, 0xBFBA4E76CE8C0E5E, 0x3FF12358F08AE5BA, 0xBFB1973C5A611CCC,
        0x3FF0953F419900A7, 0xBFA252F438E10C1E, 0x3FF0000000000000, 0x0000000000000000,
        0x3FEE608CFD9A47AC, 0x3FAAA5AA5DF25984, 0x3FECA4B31F026AA0, 0x3FBC5E53AA362EB4,
        0x3FEB2036576AFCE6, 0x3FC526E57720DB08, 0x3FE9C2D163A1AA2D, 0x3FCBC2860D224770,
        0x3FE886E6037841ED, 0x3FD1058BC8A07EE1, 0x3FE767DCF5534862, 0x3FD4043057B6EE09,
    ];

    /// <summary>ln x of a float32: glibc's <c>logf</c> (2.28 and later), to the bit.</summary>
    /// <param name="x">Any float; below 0 gives NaN, ±0 gives −∞.</param>
    /// <remarks>The algorithm of ARM's optimized routines: 16 table points and a polynomial of degree 3, within 0.82 ULP.</remarks>
    public static float LogF(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x);
        if (bits == 0x3F800000) { return 0; }
        if (x == 0) { return float.NegativeInfinity; }
        if (bits - 0x00800000 >= 0x7F000000) // subnormal, negative, infinite or NaN
        {
            if (bits == 0x7F800000) { return x; }
            if (bits > 0x7F800000) { return float.NaN; }
            bits = BitConverter.SingleToUInt32Bits(x * 8388608f) - (23u << 23); // a subnormal, as if its exponent had room
        }

        // x = 2^k · z with z in [0.7, 1.4), so that k = 0 around 1 and no bits cancel there
        uint offset = bits - 0x3F330000;
        int index = (int)(offset >> 19) & 15;
        int k = (int)offset >> 23;
        double z = BitConverter.UInt32BitsToSingle(bits - (offset & 0xFF800000));
        double inverse = BitConverter.UInt64BitsToDouble(LogFTable[2 * index]);
        double logarithm = BitConverter.UInt64BitsToDouble(LogFTable[(2 * index) + 1]);

        double r = (z * inverse) - 1;
        double y0 = logarithm + (k * Ln2);
        double r2 = r * r;
        const double C2 = -0.4999997485802103;   // BFDFFFFEF20A4123
        const double C3 = 0.333456765744066;     // 3FD5575B0BE00B6A
        const double C4 = -0.25089342214237154;  // BFD00EA348B88334
        double y = (C4 * r2) + ((C3 * r) + C2);
        return (float)((y * r2) + (y0 + r));
    }
}
