namespace TorchInit;

static partial class CudaMath
{
    static ReadOnlySpan<uint> ErfInvFloatInner =>
    [
        0xAF8A6370, 0x3221F645, 0xB4016FDA, 0x3468F846, 0x370742AA, 0xB804DB4D, 0xBA4AFEA1, 0x3BB5C027, 0x3E24AE0F, 0x3F62DFC4,
    ];

    static ReadOnlySpan<uint> ErfInvFloatOuter =>
    [
        0xBF1704A1, 0xBF29BAA5, 0x3FCC6ADC, 0xBF2CDAED, 0xBDC30537, 0x3F55D9B9,
    ];

    static ReadOnlySpan<ulong> LogOfComplement =>
    [
        0x3FB5C5C218C775C9, 0x3FA55CF59CDC5D89, 0x3FAEFD18CF6EBB9C, 0x3FB10682EDCB8D1B, 0x3FB3B1DD3AC7FC96, 0x3FB745CB459B54A6,
        0x3FBC71C741A0669F, 0x3FC249249209112E, 0x3FC99999999A06C1, 0x3FD5555555555535,
    ];

    static ReadOnlySpan<ulong> ErfInvInner =>
    [
        0xBBB135D2E746E627, 0xBC08DDF93324D327, 0x3C37B83EEF0B7C9F, 0x3C69BA72CD589B91, 0xBCA33689090A6B96, 0x3C782E11898132E0,
        0x3CFDE4ACFD9E26BA, 0xBD26D33EED66C487, 0xBD36F2167040D8E2, 0x3D872A22C2D77E20, 0xBDAC8859C4E5C0AF, 0xBDCDC583D118A561,
        0x3E120F47CCF46B3C, 0xBE31A9E38DC84D60, 0xBE5F36CD6D3D46A9, 0x3E9C6B4F5D03B787, 0xBEB6E8A5434AE8A2, 0xBEED1D1F7B8736F6,
        0x3F2879C2A212F024, 0xBF4845769484FCA8, 0xBF78B6C33114F909, 0x3FCEBD80D9B13E28, 0x3FFA755E7C99AE86,
    ];

    static ReadOnlySpan<ulong> ErfInvMiddle =>
    [
        0x3E23040F87DBD932, 0x3E785CBE52878635, 0xBE92777453DD3955, 0x3E5395ABCD554C6C, 0x3EB936388A3790AD, 0xBED0D5DB812B5083,
        0x3EC8860CD5D652F6, 0x3EEA29A0CACDFB23, 0xBF08CEF1F80281F2, 0x3F11E684D0B9188A, 0x3EF932CD54C8A222, 0xBF37448A89EF8AA3,
        0x3F4F3CC55AD40C25, 0xBF5BA924132F38B1, 0x3F6468EECA533CF8, 0xBF6EBADABB891BBD, 0x3F75FFCFE5B76AFC, 0x3FF0158A6D641D39,
        0x4008ABCC380D5A48,
    ];

    static ReadOnlySpan<ulong> ErfInvOuter =>
    [
        0xBDBDCEC3A7785389, 0xBDF18FEEC0E38727, 0x3E19E6BF2DDA45E3, 0xBE30468FB24E2F5F, 0x3E405AC6A8FBA182, 0xBE50102E495FB9C0,
        0x3E5F4C20E1334AF8, 0xBE722D220FDF9C3E, 0x3E8EBC8BB824CB54, 0xBEB0A8D40EA372CC, 0x3ED2FBD29D093D2B, 0xBEF4A3497E1E0FAC,
        0x3F13EBF4EB00938F, 0xBF2C2F36A8FC5D53, 0xBF222EA5DF04047C, 0x3FF02A30D1FBA0DC, 0x4013664DDD1AD7FB,
    ];

    /// <summary>erf⁻¹(x); ±∞ for ±1.</summary>
    public static float ErfInv(float x)
    {
        float log = HardwareMath.Lg2(MathF.FusedMultiplyAdd(x, -x, 1)), w = -log;
        if (log >= -8.2f) { return x * Horner(ErfInvFloatInner, w); }
        if (float.IsNaN(log) || float.IsNegativeInfinity(log)) { return MathF.CopySign(w, x); }
        float q = HardwareMath.Rsq(w);
        return MathF.CopySign(q * w * Horner(ErfInvFloatOuter, q), x);
    }

    /// <summary>erf⁻¹(x); ±∞ for ±1.</summary>
    public static double ErfInv(double x)
    {
        if (!(Math.Abs(x) < 1)) { return Math.Abs(x) == 1 ? Math.CopySign(double.PositiveInfinity, x) : double.NaN; }
        double log = LogOf(Math.FusedMultiplyAdd(x, -x, 1));
        if ((uint)(BitConverter.DoubleToUInt64Bits(log) >> 32) < 0xC0190000) { return x * Horner(ErfInvInner, -3.125 - log); }
        double s = Math.Sqrt(-log);
        return x * (s < 4 ? Horner(ErfInvMiddle, s - 3.25) : Horner(ErfInvOuter, s - 5));
    }

    /// <summary>ln t with t = 1 − x², with an even exponent split off.</summary>
    static double LogOf(double t)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(t);
        uint high = (uint)(bits >> 32);
        int e = (int)(high >> 20 & 2046) - 1022;
        double m = BitConverter.UInt64BitsToDouble((ulong)(high & 0x801FFFFF | 0x3FE00000) << 32 | (uint)bits);
        double f = m - 1, r = Reciprocal(m + 1);
        double z = f * r, y = Math.FusedMultiplyAdd(-2, z, f);
        y = Math.FusedMultiplyAdd(-z, f, y);
        z = Math.FusedMultiplyAdd(y, r, z);
        double w = z * z, p = w * Horner(LogOfComplement, w);
        p = Math.FusedMultiplyAdd(p, z, z);
        return Math.FusedMultiplyAdd(e, s_ln2High, p + p);
    }
}
