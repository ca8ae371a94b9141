namespace TorchInit;

static partial class CudaMath
{
    static readonly float s_inverseTurn = BitConverter.UInt32BitsToSingle(0x3E22F983);
    static readonly double s_pi = BitConverter.UInt64BitsToDouble(0x400921FB54442D18);
    static readonly double s_piLow = BitConverter.UInt64BitsToDouble(0x3CA1A62633145C07);

    internal static ReadOnlySpan<ulong> CosPi =>
    [
        0xBDA8FF8320FD8164, 0x3E21EEA7C1EF8528, 0xBE927E4F8E06E6D9, 0x3EFA01A019DDBCE9, 0xBF56C16C16C15D47, 0x3FA5555555555551,
        0xBFE0000000000000, 0x3FF0000000000000,
    ];

    internal static ReadOnlySpan<ulong> SinPi =>
    [
        0x3DE5DB65F9785EBA, 0xBE5AE5F12CB0D246, 0x3EC71DE369ACE392, 0xBF2A01A019DB62A1, 0x3F81111111110818, 0xBFC5555555555554,
        0x0000000000000000,
    ];

    /// <summary>The hardware's angle for v radians, in units of 2⁻²⁵ turns: v/(2π) as a float, rounded towards zero, then
    /// truncated.</summary>
    public static uint Turns(float v)
    {
        double turns = (double)v * s_inverseTurn;            // exact, below 1
        uint k = (uint)(turns * (1 << 25));
        return turns >= 0.5 ? k & ~1u : k;
    }

    /// <summary>sin and cos of v radians like <c>__sinf</c> and <c>__cosf</c>, for v in [0, 2π].</summary>
    public static (float Sin, float Cos) FastSinCos(float v)
    {
        uint turns = Turns(v);
        return (HardwareMath.Sin(turns), HardwareMath.Sin(turns + (1 << 23)));
    }

    /// <summary>tan v like <c>__tanf</c>, for |v| up to π/2: the hardware's sine, times the reciprocal of its cosine.</summary>
    public static float FastTan(float v)
    {
        (float sin, float cos) = FastSinCos(MathF.Abs(v));
        return MathF.CopySign(sin * HardwareMath.Rcp(cos), v);
    }

    /// <summary>sin πx and cos πx.</summary>
    public static (double Sin, double Cos) SinCosPi(double x)
    {
        double n = Math.Round(2 * x, MidpointRounding.ToEven);
        double r = Math.FusedMultiplyAdd(-n, 0.5, x), y = Math.FusedMultiplyAdd(r, s_pi, r * s_piLow), w = y * y;
        double c = Horner(CosPi, w), s = Math.FusedMultiplyAdd(Horner(SinPi, w), y, y);
        long quadrant = (long)n;
        if ((quadrant & 1) != 0) { (s, c) = (c, -s); }
        if ((quadrant & 2) != 0) { (s, c) = (-s, -c); }
        return (x == Math.Truncate(x) ? x * 0.0 : s, c + 0.0);
    }
}
