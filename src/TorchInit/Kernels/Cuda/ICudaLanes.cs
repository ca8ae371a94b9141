namespace TorchInit;

/// <summary>What the kernels of a GPU's draws need beyond <see cref="ILanes{TFloats, TWords}"/>.</summary>
/// <typeparam name="TFloats">Lanes of float32.</typeparam>
/// <typeparam name="TWords">As many lanes of 32-bit words.</typeparam>
interface ICudaLanes<TFloats, TWords> : ILanes<TFloats, TWords>
    where TFloats : struct
    where TWords : struct
{
    /// <summary>0, 1, 2, … in the lanes.</summary>
    static abstract TWords Indices { get; }

    /// <summary>The 64-bit products of the lanes with even numbers, each in two lanes.</summary>
    static abstract TWords MultiplyEven(TWords a, TWords b);

    /// <summary>The lanes with odd numbers, in the places of those before them; anything in their own.</summary>
    static abstract TWords OddLanes(TWords a);

    /// <summary>The even lanes of both, those of <paramref name="odd"/> in the odd places.</summary>
    static abstract TWords Interleave(TWords even, TWords odd);

    /// <summary>The words as unsigned numbers, rounded once.</summary>
    static abstract TFloats FromUnsigned(TWords words);

    /// <summary>Floats of 0 to 2³¹ without their fractions.</summary>
    static abstract TWords Truncate(TFloats floats);

    /// <summary>The product of numbers of 0 or more, its digits beyond a float's cut off.</summary>
    static abstract TFloats MultiplyTowardsZero(TFloats a, TFloats b);

    /// <summary>The upper 24 bits of a number of 25 bits, the highest of them 1, as a float.</summary>
    static abstract TFloats Cut(TWords number);

    /// <summary>high + low · 2⁻¹², cut to 24 bits; high is below 2²⁶, and of low its last 12 bits count.</summary>
    static abstract TFloats Cut(TWords high, TWords low);

    /// <summary>The sum of the products of both halves, as signed numbers of 16 bits.</summary>
    static abstract TWords MultiplyHalves(TWords a, TWords b);

    /// <summary>In each half the sum of the products of both bytes: of a unsigned, of b below 128.</summary>
    static abstract TWords MultiplyBytes(TWords a, TWords b);

    /// <summary>The factors of <see cref="HardwareMath.Square"/>, two times four in bytes; see <see cref="SquareBytes"/>.</summary>
    static abstract void SquareFactors(TWords place, out TWords parts1, out TWords parts2, out TWords bits1, out TWords bits2);

    /// <summary>Entries of a table of 32 rows, as <see cref="ParabolaTable"/> lays it out.</summary>
    /// <param name="table">Its first word.</param>
    /// <param name="row">The row in the last 5 bits of every lane; the others are ignored.</param>
    /// <param name="c0">The rows' C0.</param>
    /// <param name="c1">Their C1.</param>
    /// <param name="c2">Their C2, in both halves.</param>
    static abstract void Lookup(ref uint table, TWords row, out TWords c0, out TWords c1, out TWords c2);
}
