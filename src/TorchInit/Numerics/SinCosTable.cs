using System.Numerics;

namespace TorchInit;

/// <summary>
/// sin and cos of k/128, each as a double plus the double nearest to the remainder: four per row, sine first. They are computed, since
/// glibc's table nearly equals the computed values; where its remainders are off in the last bits, they are corrected to match, as they
/// affect its results.
/// </summary>
static class SinCosTable
{
    public const int RowLength = 4;

    const int Rows = 110;           // 0.8555, where glibc switches to the other function, is row 109.5
    const int FractionBits = 240;

    /// <summary>Row, index in the row, and by how many ULPs glibc's number is larger than the nearest one.</summary>
    static ReadOnlySpan<short> Corrections =>
    [
        2, 1, 1, 10, 1, 1, 23, 1, 39, 26, 3, 1, 27, 1, 1, 33, 1, 1, 34, 1, 1, 36, 1, 1, 40, 1, -2,
        44, 3, 1, 70, 3, 1, 75, 1, 1, 75, 3, -2, 79, 3, 1, 85, 1, 1, 90, 1, -2, 94, 1, 1, 107, 1, 1,
    ];

    /// <summary>110 rows.</summary>
    public static double[] Values { get; } = Make();

    static double[] Make()
    {
        double[] values = new double[Rows * RowLength];
        for (int row = 0; row < Rows; row++)
        {
            Split(Series(row, first: 1), values.AsSpan(RowLength * row));
            Split(Series(row, first: 0), values.AsSpan(RowLength * row + 2));
        }
        for (int at = 0; at < Corrections.Length; at += 3)
        {
            ref double value = ref values[RowLength * Corrections[at] + Corrections[at + 1]];
            value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) + Corrections[at + 2]);
        }
        return values;
    }

    /// <summary>The Taylor series from power 0 (cosine) or 1 (sine), as an integer in units of 2⁻²⁴⁰.</summary>
    static BigInteger Series(int row, int first)
    {
        BigInteger term = first == 0 ? BigInteger.One << FractionBits : ((BigInteger)row << FractionBits) / 128;
        BigInteger sum = term;
        for (int power = first + 2; !term.IsZero; power += 2)
        {
            term = -term * row * row / (128 * 128 * power * (power - 1));
            sum += term;
        }
        return sum;
    }

    static void Split(BigInteger value, Span<double> parts)
    {
        parts[0] = Nearest(value);
        parts[1] = Nearest(value - Exactly(parts[0]));
    }

    static double Nearest(BigInteger value)
    {
        BigInteger magnitude = BigInteger.Abs(value);
        int surplus = (int)Math.Max(0, magnitude.GetBitLength() - 53);
        long digits = (long)((magnitude + (surplus > 0 ? BigInteger.One << (surplus - 1) : 0)) >> surplus);
        return Math.ScaleB(value.Sign * (double)digits, surplus - FractionBits);
    }

    static BigInteger Exactly(double value) => (BigInteger)Math.ScaleB(value, 100) << (FractionBits - 100);
}
