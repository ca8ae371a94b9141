namespace TorchInit;

static partial class CudaMath
{
    static ReadOnlySpan<uint> TanFloat => [0x3C190000, 0x3B560000, 0x3CC70000, 0x3D5B0000, 0x3E089438, 0x3EAAAA88];

    static ReadOnlySpan<ulong> TanDouble =>
    [
        0x3EE48DAC2799BCB9, 0xBEF9757C5B27EBB1, 0x3F0980E90FD91E04, 0xBEFAE2B0417D7E1D, 0x3F119F5341BFBA57, 0x3F15E791A00F6919,
        0x3F2FF2E7FADEC73A, 0x3F434BC1B206DA62, 0x3F57DB18EF2F83F9, 0x3F6D6D2E7AE49FBC, 0x3F8226E3A816A776, 0x3F9664F485D25660,
        0x3FABA1BA1BABF31D, 0x3FC11111111105D2, 0x3FD555555555555E,
    ];

    /// <summary>2/π in binary, from its last word on.</summary>
    static ReadOnlySpan<uint> TwoOverPi => [0x3C439041, 0xDB629599, 0xF534DDC0, 0xFC2757D1, 0x4E441529, 0xA2F9836E];

    /// <summary>sin x.</summary>
    public static float Sin(float x)
    {
        (float rest, int quarter) = QuarterTurns(x);
        return SinOfQuarter(rest, quarter);
    }

    /// <summary>cos x.</summary>
    public static float Cos(float x)
    {
        (float rest, int quarter) = QuarterTurns(x);
        return SinOfQuarter(rest, quarter + 1);
    }

    /// <summary>tan x; beyond a quarter turn by the hardware's reciprocal.</summary>
    public static float Tan(float x)
    {
        (float rest, int quarter) = QuarterTurns(x);
        float square = rest * rest;
        float tangent = MathF.FusedMultiplyAdd(Horner(TanFloat, square), square * rest, rest);
        if (MathF.Abs(rest) == BitConverter.UInt32BitsToSingle(0x3A00B43C)) { tangent = rest; }
        return (quarter & 1) == 0 ? tangent : HardwareMath.Rcp(-tangent);
    }

    static float SinOfQuarter(float rest, int quarter)
    {
        bool isSine = (quarter & 1) == 0;
        float factor = isSine ? rest : 1, square = rest * rest;
        float sum = BitConverter.UInt32BitsToSingle(0xB94D4153);
        if (!isSine)
        {
            sum = MathF.FusedMultiplyAdd(BitConverter.UInt32BitsToSingle(0x37CBAC00), square, BitConverter.UInt32BitsToSingle(0xBAB607ED));
        }
        sum = MathF.FusedMultiplyAdd(sum, square, BitConverter.UInt32BitsToSingle(isSine ? 0x3C0885E4u : 0x3D2AAABBu));
        sum = MathF.FusedMultiplyAdd(sum, square, BitConverter.UInt32BitsToSingle(isSine ? 0xBE2AAAA8 : 0xBEFFFFFFu));
        sum = MathF.FusedMultiplyAdd(sum, MathF.FusedMultiplyAdd(square, factor, 0), factor);
        return (quarter & 2) == 0 ? sum : MathF.FusedMultiplyAdd(sum, -1, 0);
    }

    /// <summary>x as quarter turns, the nearest whole number of them, and what is left in radians.</summary>
    static (float Left, int Quarter) QuarterTurns(float x)
    {
        if (float.IsInfinity(x) || float.IsNaN(x)) { return (NaN, 0); }
        if (MathF.Abs(x) >= BitConverter.UInt32BitsToSingle(0x47CE4780)) { return QuarterTurnsOfLarge(x); }
        int quarter = (int)MathF.Round(x * BitConverter.UInt32BitsToSingle(0x3F22F983), MidpointRounding.ToEven);
        float rest = MathF.FusedMultiplyAdd(quarter, BitConverter.UInt32BitsToSingle(0xBFC90FDA), x);
        rest = MathF.FusedMultiplyAdd(quarter, BitConverter.UInt32BitsToSingle(0xB3A22168), rest);
        return (MathF.FusedMultiplyAdd(quarter, BitConverter.UInt32BitsToSingle(0xA7C234C5), rest), quarter);
    }

    /// <summary>The same by as many bits of 2/π as a large x needs.</summary>
    static (float Left, int Quarter) QuarterTurnsOfLarge(float x)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x), significand = bits << 8 | 0x80000000, carry = 0;
        Span<uint> product = stackalloc uint[7];
        for (int i = 0; i < TwoOverPi.Length; i++)
        {
            ulong term = (ulong)TwoOverPi[i] * significand + carry;
            (product[i], carry) = ((uint)term, (uint)(term >> 32));
        }
        product[6] = carry;
        int exponent = (int)(bits >> 23 & 255) - 128, word = exponent >> 5, shift = exponent & 31;
        uint high = product[6 - word], low = product[5 - word];
        if (shift != 0)
        {
            (high, low) = (high << shift | low >> (32 - shift), low << shift | product[4 - word] >> (32 - shift));
        }
        ulong fraction = ((ulong)high << 32 | low) << 2;
        bool isOver = (long)fraction < 0, isNegative = (bits & 0x80000000) != 0;
        int quarter = (int)(high >> 30) + (isOver ? 1 : 0);
        float rest = (float)((long)(isOver ? ~fraction : fraction) * BitConverter.UInt64BitsToDouble(0x3BF921FB54442D19));
        return (isNegative != isOver ? -rest : rest, isNegative ? -quarter : quarter);
    }

    /// <summary>sin x; from 2³¹ on the C library's.</summary>
    public static double Sin(double x)
    {
        if (Math.Abs(x) >= 1L << 31) { return Math.Sin(x); }
        (double rest, int quarter) = QuarterTurns(x);
        return SinOfQuarter(rest, quarter);
    }

    /// <summary>cos x; from 2³¹ on the C library's.</summary>
    public static double Cos(double x)
    {
        if (Math.Abs(x) >= 1L << 31) { return Math.Cos(x); }
        (double rest, int quarter) = QuarterTurns(x);
        return SinOfQuarter(rest, quarter + 1);
    }

    /// <summary>tan x for |x| below 2³¹.</summary>
    public static double Tan(double x)
    {
        (double rest, int quarter) = QuarterTurns(x);
        double square = rest * rest, slope = square * Horner(TanDouble, square);
        double tangent = Math.FusedMultiplyAdd(slope, rest, rest);
        if ((quarter & 1) == 0) { return tangent; }
        double error = Math.FusedMultiplyAdd(slope, rest, -(tangent - rest)), inverse = -Reciprocal(tangent);
        double left = Math.FusedMultiplyAdd(inverse, error, Math.FusedMultiplyAdd(tangent, inverse, 1));
        return Math.FusedMultiplyAdd(left, inverse, inverse);
    }

    static double SinOfQuarter(double rest, int quarter)
    {
        double square = rest * rest;
        double sum = (quarter & 1) == 0 ? Math.FusedMultiplyAdd(Horner(SinPi, square), rest, rest) : Horner(CosPi, square);
        return (quarter & 2) == 0 ? sum : Math.FusedMultiplyAdd(sum, -1, 0);
    }

    static (double Left, int Quarter) QuarterTurns(double x)
    {
        if (!double.IsFinite(x)) { return (double.NaN, 0); }
        int quarter = (int)Math.Round(x * BitConverter.UInt64BitsToDouble(0x3FE45F306DC9C883), MidpointRounding.ToEven);
        double rest = Math.FusedMultiplyAdd(-quarter, BitConverter.UInt64BitsToDouble(0x3FF921FB54442D18), x);
        rest = Math.FusedMultiplyAdd(-quarter, BitConverter.UInt64BitsToDouble(0x3C91A62633145C00), rest);
        return (Math.FusedMultiplyAdd(-quarter, BitConverter.UInt64BitsToDouble(0x397B839A252049C0), rest), quarter);
    }
}
