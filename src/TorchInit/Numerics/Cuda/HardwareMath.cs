using System.Numerics;

namespace TorchInit;

/// <summary>
/// The functions that an NVIDIA GPU computes from tables, in integers: the argument's high bits select a row, its next 17 bits are the
/// variable of a parabola, and the result is truncated, not rounded. Measured on Hopper; float32 normals of Turing, Ampere and Ada agree as
/// far as seen.
/// </summary>
static class HardwareMath
{
    const int OffsetBits = 17;
    const uint OffsetMask = (1u << OffsetBits) - 1;
    const uint Fraction = 0x7FFFFF;

    /// <summary>d²·2⁻¹⁹ as computed by a squarer that omits every partial product below column 19; 0 to 32759.</summary>
    public static uint Square(uint d)
    {
        uint high = d >> 10, low = d & 1023;
        uint sum = 2 * high * high;
        for (int k = 0; k < 7; k++) { sum += (high >> k & 1) * (low >> (8 - k)); }
        return sum;
    }

    /// <summary>sin of k / 2²⁵ turns.</summary>
    public static float Sin(uint k)
    {
        uint quarter = k & Fraction;
        if ((k >> 23 & 1) != 0) { quarter = Fraction - quarter; }
        long value = Interpolate(HardwareTables.Sin, quarter >> OffsetBits, quarter & OffsetMask);
        uint bits = value >= 1L << HardwareTables.SinUnit ? 0x3F800000 : Cut(value, HardwareTables.SinUnit);
        return BitConverter.UInt32BitsToSingle(bits | (k >> 24 & 1) << 31);
    }

    /// <summary>log₂ x; −∞ for zeros and subnormals.</summary>
    public static float Lg2(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x), fraction = bits & Fraction;
        if ((bits & 0x7FFFFFFF) < 0x800000) { return float.NegativeInfinity; }
        if (!(x > 0)) { return float.NaN; }
        if (float.IsPositiveInfinity(x)) { return x; }
        long exponent = (int)(bits >> 23) - 127;
        if (exponent == 0 && fraction == 0) { return 0; }
        const int unit = HardwareTables.Lg2Unit - 2;
        long value = (exponent << unit) + (Interpolate(HardwareTables.Lg2, fraction >> OffsetBits, fraction & OffsetMask) >> 2);
        return BitConverter.UInt32BitsToSingle(value < 0 ? 0x80000000 | Cut(~value, unit) : Cut(value, unit));
    }

    /// <summary>2ˣ from the first 23 bits after the point; subnormal arguments count as 0, subnormal results are 0.</summary>
    public static float Ex2(float x)
    {
        if (float.IsNaN(x)) { return CudaMath.NaN; }
        if (MathF.Abs(x) >= 256) { return x > 0 ? float.PositiveInfinity : 0; }
        uint fixedPoint = (uint)(Math.Abs((double)x) * (1 << 23)), fraction = fixedPoint & Fraction;
        int exponent = (int)(fixedPoint >> 23);
        if (x < 0) { (exponent, fraction) = fraction == 0 ? (-exponent, 0) : (-exponent - 1, Fraction - fraction); }
        if (exponent is >= 128 or < -126) { return exponent < 0 ? 0 : float.PositiveInfinity; }
        long value = fraction == 0 ? 0 : Interpolate(HardwareTables.Ex2, fraction >> OffsetBits, fraction & OffsetMask);
        return BitConverter.UInt32BitsToSingle((uint)(exponent + 127) << 23 | (uint)(value >> (HardwareTables.Ex2Unit - 23)) & Fraction);
    }

    /// <summary>1/√x for a normal x above 0.</summary>
    public static float Rsq(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x), fraction = bits & Fraction;
        int exponent = (int)(bits >> 23) - 127, odd = exponent & 1, half = (exponent - odd) / 2;
        if (odd == 0 && fraction == 0) { return BitConverter.UInt32BitsToSingle((uint)(127 - half) << 23); }
        long value = Interpolate(HardwareTables.Rsq, (uint)odd * 64 + (fraction >> OffsetBits), fraction & OffsetMask);
        return BitConverter.UInt32BitsToSingle(Cut(value, HardwareTables.RsqUnit) - ((uint)half << 23));
    }

    /// <summary>1/√x for a normal x above 0: uses only x's high word, and the result's low word is 0.</summary>
    public static double Rsq64H(double x)
    {
        uint high = (uint)(BitConverter.DoubleToUInt64Bits(x) >> 32), fraction = high & 0xFFFFF;
        int exponent = (int)(high >> 20) - 1023, odd = exponent & 1, half = (exponent - odd) / 2;
        if (odd == 0 && fraction == 0) { return BitConverter.UInt64BitsToDouble((ulong)(1023 - half) << 52); }
        long value = Interpolate(HardwareTables.Rsq, (uint)odd * 64 + (fraction >> 14), (fraction & 0x3FFF) << 3);
        uint result = 0x3FE00000 | ((uint)(value >> 19) & 0xFFFFF);
        return BitConverter.UInt64BitsToDouble((ulong)(result - ((uint)half << 20)) << 32);
    }

    /// <summary>1/x from the same table as <see cref="Rcp64H"/>; subnormal arguments and results count as 0.</summary>
    public static float Rcp(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x), fraction = bits & Fraction, sign = bits & 0x80000000;
        int exponent = (int)(bits >> 23 & 255);
        if (exponent == 255 && fraction != 0) { return CudaMath.NaN; }
        if (exponent == 0) { return BitConverter.UInt32BitsToSingle(sign | 0x7F800000); }
        long value = Interpolate(HardwareTables.Rcp64H, fraction >> 16, (fraction & 0xFFFF) << 1);
        bool isPower = value >= 1L << HardwareTables.Rcp64HUnit;
        int result = isPower ? 254 - exponent : 253 - exponent;
        return BitConverter.UInt32BitsToSingle(result <= 0 ? sign : sign | (uint)result << 23
            | (isPower ? 0 : (uint)(value >> (HardwareTables.Rcp64HUnit - 24)) & Fraction));
    }

    /// <summary>1/x for a normal x above 0: uses only x's high word, and the result's low word is 0.</summary>
    public static double Rcp64H(double x)
    {
        uint high = (uint)(BitConverter.DoubleToUInt64Bits(x) >> 32), fraction = high & 0xFFFFF;
        int exponent = (int)(high >> 20) - 1023;
        long value = Interpolate(HardwareTables.Rcp64H, fraction >> 13, (fraction & 0x1FFF) << 4);
        uint result = value >= 1L << HardwareTables.Rcp64HUnit ? 0x3FF00000 : 0x3FE00000 | ((uint)(value >> 19) & 0xFFFFF);
        return BitConverter.UInt64BitsToDouble((ulong)(result - ((uint)exponent << 20)) << 32);
    }

    static long Interpolate(ReadOnlySpan<long> rows, uint row, uint offset)
    {
        ReadOnlySpan<long> c = rows.Slice(3 * (int)row, 3);
        return c[0] + c[1] * offset + c[2] * Square(offset);
    }

    /// <summary>value · 2^−unit as the bits of a float, truncated to 24 bits.</summary>
    static uint Cut(long value, int unit)
    {
        if (value == 0) { return 0; }
        int top = BitOperations.Log2((ulong)value);
        uint significand = top >= 23 ? (uint)(value >> (top - 23)) : (uint)(value << (23 - top));
        return (uint)(top - unit + 127) << 23 | significand & Fraction;
    }
}
