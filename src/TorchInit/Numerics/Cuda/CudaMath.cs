namespace TorchInit;

/// <summary>CUDA's own functions as its compiler builds them into torch: the log, sine and cosine behind normals. Constants are bit
/// patterns, highest power first.</summary>
static partial class CudaMath
{
    static readonly float s_log2E = BitConverter.UInt32BitsToSingle(0x3FB8AA3B);
    static readonly double s_log2EDouble = BitConverter.UInt64BitsToDouble(0x3FF71547652B82FE);
    static readonly double s_shift = BitConverter.UInt64BitsToDouble(0x4338000000000000);
    static readonly float s_ln2 = BitConverter.UInt32BitsToSingle(0x3F317218);
    static readonly double s_ln2High = BitConverter.UInt64BitsToDouble(0x3FE62E42FEFA39EF);
    static readonly double s_ln2Low = BitConverter.UInt64BitsToDouble(0x3C7ABC9E3B39803F);

    static ReadOnlySpan<uint> LogFloat =>
    [
        0xBE055027, 0x3E1039F6, 0xBDF8CDCC, 0x3E0F2955, 0xBE2AD8B9, 0x3E4CED0B, 0xBE7FFF22, 0x3EAAAA78, 0xBF000000,
    ];
    internal static ReadOnlySpan<ulong> LogDouble =>
    [
        0x3EB1380B3AE80F1E, 0x3ED0EE258B7A8B04, 0x3EF3B2669F02676F, 0x3F1745CBA9AB0956, 0x3F3C71C72D1B5154, 0x3F624924923BE72D,
        0x3F8999999999A3C4, 0x3FB5555555555554,
    ];

    /// <summary>What a GPU's float32 operations give in place of a number.</summary>
    public static float NaN { get; } = BitConverter.UInt32BitsToSingle(0x7FFFFFFF);

    /// <summary>ln x for a finite x above 0.</summary>
    public static float Log(float x)
    {
        float exponents = 0;
        if (x < BitConverter.UInt32BitsToSingle(0x00800000)) { (x, exponents) = (x * 8388608f, -23); }
        uint bits = BitConverter.SingleToUInt32Bits(x), exponent = (bits - 0x3F2AAAAB) & 0xFF800000;
        float m = BitConverter.UInt32BitsToSingle(bits - exponent) - 1;
        exponents = MathF.FusedMultiplyAdd((int)exponent, 1f / (1 << 23), exponents);
        float r = Horner(LogFloat, m);
        r = MathF.FusedMultiplyAdd(m * r, m, m);
        return MathF.FusedMultiplyAdd(exponents, s_ln2, r);
    }

    /// <summary>ln x for any x.</summary>
    public static float LogOfAny(float x) => x > 0 && float.IsFinite(x) ? Log(x) : MathF.Log(x);

    /// <summary>ln x for any x.</summary>
    public static double LogOfAny(double x) => x > 0 && double.IsFinite(x) ? Log(x) : Math.Log(x);

    /// <summary>ln x like <c>__logf</c>: the hardware's log₂, times ln 2.</summary>
    public static float FastLog(float x) => HardwareMath.Lg2(x) * s_ln2;

    /// <summary>ln x for a finite x above 0.</summary>
    public static double Log(double x)
    {
        int e = -1023;
        if ((int)(BitConverter.DoubleToInt64Bits(x) >> 32) <= 0xFFFFF) { (x, e) = (x * (1L << 54), -1077); }
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        uint high = (uint)(bits >> 32), normalized = (high & 0x800FFFFF) | 0x3FF00000;
        e += (int)(high >> 20);
        if (normalized >= 0x3FF6A09F)
        {
            normalized -= 1 << 20;
            e++;
        }
        double m = BitConverter.UInt64BitsToDouble((ulong)normalized << 32 | (uint)bits);
        double f = m - 1, r = Reciprocal(m + 1);
        double z = f * r;
        z = Math.FusedMultiplyAdd(f, r, z);
        double w = z * z, p = Horner(LogDouble, w);
        double g = f - z;
        g = r * Math.FusedMultiplyAdd(-z, f, g + g);
        double t = Math.FusedMultiplyAdd(w * p, z, g);
        double s = Math.FusedMultiplyAdd(e, s_ln2High, z), v = Math.FusedMultiplyAdd(-e, s_ln2High, s);
        t -= v - z;
        return s + Math.FusedMultiplyAdd(e, s_ln2Low, t);
    }

    /// <summary>1/d from the hardware's high word and one third-order step.</summary>
    static double Reciprocal(double d)
    {
        double r = HardwareMath.Rcp64H(d), q = Math.FusedMultiplyAdd(-d, r, 1);
        return Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(q, q, q), r, r);
    }

    static float Horner(ReadOnlySpan<uint> coefficients, float x)
    {
        float sum = BitConverter.UInt32BitsToSingle(coefficients[0]);
        foreach (uint c in coefficients[1..]) { sum = MathF.FusedMultiplyAdd(sum, x, BitConverter.UInt32BitsToSingle(c)); }
        return sum;
    }

    static double Horner(ReadOnlySpan<ulong> coefficients, double x)
    {
        double sum = BitConverter.UInt64BitsToDouble(coefficients[0]);
        foreach (ulong c in coefficients[1..]) { sum = Math.FusedMultiplyAdd(sum, x, BitConverter.UInt64BitsToDouble(c)); }
        return sum;
    }
}
