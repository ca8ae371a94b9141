using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>What the kernels for GPU draws need beyond <see cref="ILanes{TFloats, TWords}"/>.</summary>
/// <typeparam name="TFloats">Lanes of float32.</typeparam>
/// <typeparam name="TWords">As many lanes of 32-bit words.</typeparam>
interface ICudaLanes<TFloats, TWords> : ILanes<TFloats, TWords>
    where TFloats : struct
    where TWords : struct
{
    /// <summary>0, 1, 2, … in the lanes.</summary>
    static abstract TWords Indices { get; }

    /// <summary>A value that is repeated in memory, as an operand without a broadcast.</summary>
    static abstract TFloats Repeated(ref readonly Vector512<float> value);

    /// <summary>The 64-bit products of the even lanes, each stored in two lanes.</summary>
    static abstract TWords MultiplyEven(TWords a, TWords b);

    /// <summary>Moves each odd lane to the even lane before it; the odd lanes are undefined.</summary>
    static abstract TWords OddLanes(TWords a);

    /// <summary>The even lanes of both; those of <paramref name="odd"/> go to the odd lanes.</summary>
    static abstract TWords Interleave(TWords even, TWords odd);

    /// <summary>Converts the words as unsigned integers, rounded once.</summary>
    static abstract TFloats FromUnsigned(TWords words);

    /// <summary>Truncates floats in [0, 2³¹) to integers.</summary>
    static abstract TWords Truncate(TFloats floats);

    /// <summary>The product of numbers of 0 or more, rounded towards zero.</summary>
    static abstract TFloats MultiplyTowardsZero(TFloats a, TFloats b);

    /// <summary>The upper 24 bits of a 25-bit number whose highest bit is 1, as a float.</summary>
    static abstract TFloats Cut(TWords number);

    /// <summary>high + low · 2⁻¹², truncated to 24 bits; high is below 2²⁶, and only the last 12 bits of low count.</summary>
    static abstract TFloats Cut(TWords high, TWords low);

    /// <summary>The sum of the products of both 16-bit halves, as signed numbers.</summary>
    static abstract TWords MultiplyHalves(TWords a, TWords b);

    /// <summary>In each half, the sum of the products of both bytes: those of a unsigned, those of b below 128.</summary>
    static abstract TWords MultiplyBytes(TWords a, TWords b);

    /// <summary>The factors of <see cref="HardwareMath.Square"/>, two times four bytes; see <see cref="SquareBytes"/>.</summary>
    static abstract void SquareFactors(TWords place, out TWords parts1, out TWords parts2, out TWords bits1, out TWords bits2);

    /// <summary>The row of <see cref="ParabolaTable"/>, from the bits 17 to 21, as <see cref="Lookup"/> wants it.</summary>
    static abstract TWords Row(TWords place);

    /// <summary>Looks up rows of <see cref="ParabolaTable"/> and their mirror images.</summary>
    /// <param name="table">The table's first word.</param>
    /// <param name="row">The first of as many rows as there are lanes. They are in memory, because narrow vectors have no permute that is
    /// long enough, and the ports that move lanes to registers are those of the shuffles.</param>
    /// <param name="near0">The rows' C0.</param>
    /// <param name="near1">Their C1.</param>
    /// <param name="near2">Their C2, in both halves.</param>
    /// <param name="far0">The mirror images' C0.</param>
    /// <param name="far1">Their C1.</param>
    /// <param name="far2">Their C2, in both halves.</param>
    static abstract void Lookup(ref uint table, ref uint row, out TWords near0, out TWords near1, out TWords near2, out TWords far0,
        out TWords far1, out TWords far2);
}
