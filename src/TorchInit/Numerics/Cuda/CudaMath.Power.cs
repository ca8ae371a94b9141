namespace TorchInit;

/// <summary>Powers: a logarithm in two numbers, multiplied, then an exponential.</summary>
static partial class CudaMath
{
    static readonly double s_twelfth = BitConverter.UInt64BitsToDouble(0x3FB5555555555555);
    static readonly double s_twelfthLow = BitConverter.UInt64BitsToDouble(0xBC46A4CB00B9E7B0);

    static ReadOnlySpan<uint> PowerLogFloat => [0x3A2C32E4, 0x3B52E7DB, 0x3C93BB73, 0x3DF6384F];

    static ReadOnlySpan<uint> PowerExpFloat => [0x391FCB8E, 0x3AAF85ED, 0x3C1D9856, 0x3D6357BB, 0x3E75FDEC, 0x3F317218, 0x3F800000];

    static ReadOnlySpan<ulong> PowerLogDouble =>
    [
        0x3EB0F5FF7D2CAFE2, 0x3ED0F5D241AD3B5A, 0x3EF3B20A75488A3F, 0x3F1745CDE4FAECD5, 0x3F3C71C7258A578B, 0x3F6249249242B910,
        0x3F89999999999DFB,
    ];

    /// <summary>x to the power y.</summary>
    public static float Pow(float x, float y)
    {
        if (!float.IsFinite(x) || !float.IsFinite(y) || x == 0 || y == 0 || x == 1)
        {
            float special = MathF.Pow(x, y);
            return float.IsNaN(special) ? NaN : special;
        }
        (float high, float low) = Log2InTwo(MathF.Abs(x));
        float product = high * y, rest = MathF.FusedMultiplyAdd(high, y, -product), whole = MathF.Round(product, MidpointRounding.ToEven);
        rest = MathF.FusedMultiplyAdd(low, y, rest) + (product - whole);
        float power = MathF.Abs(product) > 152 ? product < 0 ? 0 : float.PositiveInfinity : ScaledTwice(Horner(PowerExpFloat, rest), whole);
        return x > 0 || float.IsEvenInteger(y) ? power : float.IsOddInteger(y) ? -power : NaN;
    }

    /// <summary>x · 2^whole in two steps, so that only the last one rounds.</summary>
    static float ScaledTwice(float x, float whole)
    {
        uint first = whole > 0 ? 0 : 0x83000000;
        float scaled = x * BitConverter.UInt32BitsToSingle(first + 0x7F000000);
        return scaled * BitConverter.UInt32BitsToSingle(((uint)(int)whole << 23) - first);
    }

    /// <summary>log₂ x as a sum of two floats.</summary>
    static (float High, float Low) Log2InTwo(float x)
    {
        float exponent = 0;
        if (x < BitConverter.UInt32BitsToSingle(0x00800000)) { (x, exponent) = (x * (1 << 24), -24); }
        uint bits = BitConverter.SingleToUInt32Bits(x), whole = (bits - 0x3F3504F3) & 0xFF800000;
        float m = BitConverter.UInt32BitsToSingle(bits - whole);
        exponent = MathF.FusedMultiplyAdd((int)whole, 1f / (1 << 23), exponent);
        float f = m - 1, r = HardwareMath.Rcp(m + 1), s = (f + f) * r, square = s * s;
        float left = r * MathF.FusedMultiplyAdd(-s, f, f - s + (f - s));
        float sum = Horner(PowerLogFloat, square) * square;
        float high = MathF.FusedMultiplyAdd(s, s_log2E, exponent);
        float low = MathF.FusedMultiplyAdd(s, s_log2E, exponent - high);
        low = MathF.FusedMultiplyAdd(left, s_log2E, low);
        low = MathF.FusedMultiplyAdd(s, BitConverter.UInt32BitsToSingle(0x32A55E34), low);
        low = MathF.FusedMultiplyAdd(sum * 3, left, low);
        low = MathF.FusedMultiplyAdd(sum, s, low);
        float result = high + low;
        return (result, low - (result - high));
    }

    /// <summary>x to the power y.</summary>
    public static double Pow(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y) || x == 0 || y == 0 || x == 1) { return Math.Pow(x, y); }
        (double high, double low) = LogInTwo(Math.Abs(x));
        double product = high * y, rest = Math.FusedMultiplyAdd(low, y, Math.FusedMultiplyAdd(high, y, -product));
        double sum = product + rest, power = Exp(sum);
        rest += product - sum;
        if (double.IsFinite(power)) { power = Math.FusedMultiplyAdd(power, rest, power); }
        return x > 0 || double.IsEvenInteger(y) ? power : double.IsOddInteger(y) ? -power : double.NaN;
    }

    /// <summary>ln x as a sum of two doubles.</summary>
    static (double High, double Low) LogInTwo(double x)
    {
        int exponent = -1023;
        if (!double.IsNormal(x)) { (x, exponent) = (x * (1L << 54), -1077); }
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        uint high = (uint)(bits >> 32), significand = high & 0x800FFFFF | 0x3FF00000;
        exponent += (int)(high >> 20);
        if (significand >= 1073127583) { (significand, exponent) = (significand - (1 << 20), exponent + 1); }
        double m = BitConverter.UInt64BitsToDouble((ulong)significand << 32 | (uint)bits);
        double r = Reciprocal(m + 1), f = m - 1, s = Math.FusedMultiplyAdd(f, r, f * r), w = s * s;
        double slope = Horner(PowerLogDouble, w), left = r * Math.FusedMultiplyAdd(-s, f, f - s + (f - s));
        double c = Math.FusedMultiplyAdd(w, slope, s_twelfth);
        double cLow = Math.FusedMultiplyAdd(w, slope, s_twelfth - c) + 0.0 + s_twelfthLow;
        (c, cLow) = TwoSum(c, cLow);
        double square = s * s, squareLow = Math.FusedMultiplyAdd(s, left + left, Math.FusedMultiplyAdd(s, s, -square));
        double cube = square * s;
        double cubeLow = Math.FusedMultiplyAdd(square, left, Math.FusedMultiplyAdd(square, s, -cube));
        cubeLow = Math.FusedMultiplyAdd(squareLow, s, cubeLow);
        double t = c * cube, tLow = Math.FusedMultiplyAdd(c, cubeLow, Math.FusedMultiplyAdd(c, cube, -t));
        (t, tLow) = TwoSum(t, Math.FusedMultiplyAdd(cLow, cube, tLow));
        (double sum, double sumLow) = TwoSum(s, t);
        (sum, sumLow) = TwoSum(sum, left + (tLow + sumLow));
        double result = Math.FusedMultiplyAdd(exponent, s_ln2High, sum);
        double low = sumLow - (Math.FusedMultiplyAdd(-(double)exponent, s_ln2High, result) - sum);
        return TwoSum(result, Math.FusedMultiplyAdd(exponent, s_ln2Low, low));
    }

    /// <summary>The rounded sum of a larger and a smaller number, and what rounding lost.</summary>
    static (double Sum, double Lost) TwoSum(double large, double small)
    {
        double sum = large + small;
        return (sum, small + (large - sum));
    }
}
