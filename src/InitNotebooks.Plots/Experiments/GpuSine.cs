using TorchInit;

namespace InitNotebooks;

/// <summary>The sine that a GPU's function units compute: 64 parabolas over a quarter turn, in integers, truncated to 24 bits.</summary>
public static class GpuSine
{
    /// <summary>The number of steps in a turn.</summary>
    public const int Turn = 1 << 25;

    /// <summary>The parabolas: a value is C0 + C1·d + C2·d²·2⁻¹⁹ in units of 2⁻³⁷, d from 0 to 2¹⁷ − 1.</summary>
    public static IReadOnlyList<(long C0, long C1, long C2)> Parabolas { get; }
        = [.. Enumerable.Range(0, HardwareTables.Sin.Length / 3).Select(row
            => (HardwareTables.Sin[3 * row], HardwareTables.Sin[3 * row + 1], HardwareTables.Sin[3 * row + 2]))];

    /// <summary>The sine of an angle in steps.</summary>
    /// <param name="steps">0 to <see cref="Turn"/> − 1.</param>
    public static float Of(int steps) => HardwareMath.Sin((uint)steps);

    /// <summary>How far it is from the exact sine, in units of 2⁻²⁴.</summary>
    /// <param name="steps">0 to <see cref="Turn"/> − 1.</param>
    public static double Error(int steps) => (Of(steps) - Math.Sin(2 * Math.PI * steps / Turn)) * (1 << 24);
}
