namespace TorchInit;

static partial class CudaMath
{
    static ReadOnlySpan<uint> ExpM1Float => [0x3AB5EBE6, 0x3C095663, 0x3D2AABE3, 0x3E2AA9F6, 0x3EFFFFFE];

    static ReadOnlySpan<uint> TanhFloat => [0x3C80F082, 0xBD563CAE, 0x3E085941, 0xBEAAA9ED, 0x00000000];

    static ReadOnlySpan<ulong> ExpDouble =>
    [
        0x3E5ADE1569CE2BDF, 0x3E928AF3FCA213EA, 0x3EC71DEE62401315, 0x3EFA01997C89EB71, 0x3F2A01A014761F65, 0x3F56C16C1852B7AF,
        0x3F81111111122322, 0x3FA55555555502A1, 0x3FC5555555555511, 0x3FE000000000000B, 0x3FF0000000000000, 0x3FF0000000000000,
    ];

    static ReadOnlySpan<ulong> ExpM1Double =>
    [
        0x3E21F4076ACD15B6, 0x3E5AF86D8EBD13CD, 0x3E927E5092BA033D, 0x3EC71DDE6C5F9DA1, 0x3EFA01A018D034E6, 0x3F2A01A01B3B6940,
        0x3F56C16C16C1B5DD, 0x3F8111111110F74D, 0x3FA555555555554D, 0x3FC5555555555557, 0x3FE0000000000000,
    ];

    static ReadOnlySpan<ulong> TanhDouble =>
    [
        0xBEF0BC46E2F5E964, 0x3F14359F420AFC3D, 0xBF2DF9F0728C5D84, 0x3F4337D1CEC4F033, 0xBF57D6E9674335B3, 0x3F6D6D000D7AAD3D,
        0xBF8226E1F3CF1EF5, 0x3F9664F47EC0C8CF, 0xBFABA1BA1B80AB40, 0x3FC111111110FA4A, 0xBFD5555555555550, 0x0000000000000000,
    ];

    static ReadOnlySpan<ulong> TanhExp =>
    [
        0x3E5AE904A4741B81, 0x3E928A27F89B6999, 0x3EC71DE715FF7E07, 0x3EFA019A6B0AC45A, 0x3F2A01A017EED94F, 0x3F56C16C17F2A71B,
        0x3F811111111173C4, 0x3FA555555555211A, 0x3FC5555555555540, 0x3FE0000000000005,
    ];

    /// <summary>eˣ.</summary>
    public static float Exp(float x)
    {
        (float power, float scale) = PowerOfE(x);
        return power * scale;
    }

    /// <summary>eˣ like <c>__expf</c>: the hardware's power of 2, of half the argument where the result is subnormal.</summary>
    public static float FastExp(float x)
    {
        float power = x * s_log2E;
        if (power >= -126) { return HardwareMath.Ex2(power); }
        float root = HardwareMath.Ex2(power * 0.5f);
        return root * root;
    }

    /// <summary>1 / (1 + e⁻ˣ), the sum in one operation with the exponential's scale.</summary>
    public static float Sigmoid(float x)
    {
        (float power, float scale) = PowerOfE(-x);
        return 1 / MathF.FusedMultiplyAdd(power, scale, 1);
    }

    /// <summary>eˣ as the hardware's power of 2 and a whole one.</summary>
    static (float Power, float Scale) PowerOfE(float x)
    {
        float share = MathF.FusedMultiplyAdd(x, BitConverter.UInt32BitsToSingle(0x3BBB989D), 0.5f);
        int whole = (int)Math.Floor(252 * (double)(share > 0 ? MathF.Min(share, 1) : 0)) - 126;
        float rest = MathF.FusedMultiplyAdd(x, s_log2E, -whole);
        rest = MathF.FusedMultiplyAdd(x, BitConverter.UInt32BitsToSingle(0x32A57060), rest);
        return (HardwareMath.Ex2(rest), BitConverter.UInt32BitsToSingle((uint)(whole + 127) << 23));
    }

    /// <summary>eˣ − 1.</summary>
    public static float ExpM1(float x)
    {
        if (x == 0) { return x + x; }
        float whole = MathF.Abs(x) < BitConverter.UInt32BitsToSingle(0x3ED1EB85) ? 0 : MathF.Round(x * s_log2E, MidpointRounding.ToEven);
        float rest = MathF.FusedMultiplyAdd(-whole, BitConverter.UInt32BitsToSingle(0x3F317200), x);
        rest = MathF.FusedMultiplyAdd(-whole, BitConverter.UInt32BitsToSingle(0x35BFBE8E), rest);
        bool isLast = whole == 128;
        if (isLast) { whole--; }
        if (whole > 128) { return float.PositiveInfinity; }
        if (whole < -25) { return -1; }
        float power = HardwareMath.Ex2(whole);
        float sum = MathF.FusedMultiplyAdd(rest * Horner(ExpM1Float, rest), rest, rest);
        sum = MathF.FusedMultiplyAdd(sum, power, power - 1);
        return isLast ? sum + sum : sum;
    }

    /// <summary>tanh x.</summary>
    public static float Tanh(float x)
    {
        float size = MathF.Abs(x);
        if (!(size >= BitConverter.UInt32BitsToSingle(0x3F19999A)))
        {
            float square = x * x;
            return MathF.FusedMultiplyAdd(Horner(TanhFloat, square), x, x);
        }
        float power = HardwareMath.Ex2(size * BitConverter.UInt32BitsToSingle(0x4038AA3B));
        float result = MathF.FusedMultiplyAdd(HardwareMath.Rcp(power + 1), -2, 1);
        return MathF.CopySign(size >= BitConverter.UInt32BitsToSingle(0x41102CB4) ? 1 : result, x);
    }

    /// <summary>eˣ.</summary>
    public static double Exp(double x)
    {
        double shifted = Math.FusedMultiplyAdd(x, s_log2EDouble, s_shift), whole = shifted - s_shift;
        double rest = Reduced(whole, x), sum = Horner(ExpDouble, rest);
        int power = (int)BitConverter.DoubleToInt64Bits(shifted);
        float size = MathF.Abs(BitConverter.Int32BitsToSingle((int)(BitConverter.DoubleToInt64Bits(x) >> 32)));
        if (size < BitConverter.UInt32BitsToSingle(0x4086232B)) { return Scaled(sum, power); }
        if (!(size < BitConverter.UInt32BitsToSingle(0x40874800))) { return x < 0 ? 0 : x + double.PositiveInfinity; }
        int half = (power + (int)((uint)power >> 31)) >> 1;
        return Scaled(sum, half) * Scaled(1, power - half);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Exp(-x));

    /// <summary>eˣ − 1.</summary>
    public static double ExpM1(double x)
    {
        int high = (int)(BitConverter.DoubleToInt64Bits(x) >> 32);
        float size = BitConverter.Int32BitsToSingle(high);
        if (!(size < BitConverter.UInt32BitsToSingle(0x40862E43) && size > BitConverter.UInt32BitsToSingle(0xC04A8000)))
        {
            return double.IsNaN(x) ? x + x : high < 0 ? -1 : double.PositiveInfinity;
        }
        if (high << 1 == 0) { return x; }
        bool isSmall = (uint)(high << 1) < 2142496327;
        double shifted = Math.FusedMultiplyAdd(x, s_log2EDouble, s_shift), rest = isSmall ? x : Reduced(shifted - s_shift, x);
        int power = isSmall ? 0 : (int)BitConverter.DoubleToInt64Bits(shifted);
        double sum = Math.FusedMultiplyAdd(rest * Horner(ExpM1Double, rest), rest, rest);
        bool isLast = power == 1024;
        double scale = Scaled(1, isLast ? power - 1 : power);
        sum = Math.FusedMultiplyAdd(sum, scale, scale - 1);
        return isLast ? sum + sum : sum;
    }

    /// <summary>tanh x.</summary>
    public static double Tanh(double x)
    {
        double size = Math.Abs(x);
        if (!(size >= BitConverter.UInt64BitsToDouble(0x3FE4F92224DD2F1A)))
        {
            return Math.FusedMultiplyAdd(Horner(TanhDouble, x * x), x, x);
        }
        if ((uint)(BitConverter.DoubleToUInt64Bits(size) >> 32) > 1077088193) { return Math.CopySign(1, x); }
        double twice = size + size;
        float whole = MathF.Round((float)twice * s_log2E, MidpointRounding.ToEven);
        double rest = Math.FusedMultiplyAdd(-(double)whole, s_ln2High, twice);
        double sum = Math.FusedMultiplyAdd(rest * Horner(TanhExp, rest), rest, rest), power = HardwareMath.Ex2(whole);
        double result = Reciprocal(2 - Math.FusedMultiplyAdd(-sum, power, 1 - power));
        return Math.CopySign(Math.FusedMultiplyAdd(2, -result, 1), x);
    }

    /// <summary>x − whole · ln 2.</summary>
    static double Reduced(double whole, double x)
        => Math.FusedMultiplyAdd(whole, -s_ln2Low, Math.FusedMultiplyAdd(whole, -s_ln2High, x));

    /// <summary>x · 2^power by its exponent bits.</summary>
    static double Scaled(double x, int power) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + ((long)power << 52));
}
