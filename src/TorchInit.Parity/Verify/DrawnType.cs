namespace TorchInit.Parity;

/// <summary>How words become a uniform in [0, 1), for one element type.</summary>
/// <param name="Bits">Low bits of the word that determine the value.</param>
/// <param name="Words">Words per element; the first of two is the high one.</param>
/// <param name="Rounding">Half a unit in the last place of 1, as stored.</param>
/// <param name="Is16Bit">Whether it is stored in 16 bits.</param>
readonly record struct DrawnType(int Bits, int Words, double Rounding, bool Is16Bit)
{
    /// <summary>53 bits, of which the high word has 21.</summary>
    public static DrawnType Double { get; } = new(21, 2, 1.1e-16, false);

    /// <summary>How far a normal may be from its formula, relative: float32 and float64 have four roundings and two functions of the
    /// platform, 16 bits only the last rounding.</summary>
    public double NormalSlack => Rounding * (Is16Bit ? 2 : 8);

    /// <summary>Half the distance of neighbours next to 0, where float16 has a fixed step.</summary>
    public double Least => Is16Bit ? Math.ScaleB(1, -25) : 0;

    /// <summary>Whether the draws themselves have few bits: then a 16-bit normal comes from few radii and angles, and many pairs give
    /// it.</summary>
    public bool FewBits => Bits < 21;

    public static DrawnType Of(DType dtype, TorchProfile profile) => dtype switch
    {
        DType.Float64 => Double,
        DType.Float16 => new(profile.UniformBits(dtype), 1, 4.9e-4, true),
        DType.BFloat16 => new(profile.UniformBits(dtype), 1, 3.9e-3, true),
        _ => new(24, 1, 6e-8, false),
    };

    /// <summary>The words whose uniform lies between two numbers, one step of the draw wider on both sides; outside [0, 1) it wraps
    /// around.</summary>
    public WordRange Range(long draw, double from, double to)
    {
        double scale = Math.ScaleB(1, Bits);
        uint mask = (1u << Bits) - 1;
        double low = Math.Floor(from * scale) - 1;
        double width = Math.Ceiling(to * scale) + 1 - low;
        return new(draw * Words, mask, (uint)(long)low & mask, width >= mask ? mask : (uint)Math.Max(0, width));
    }
}
