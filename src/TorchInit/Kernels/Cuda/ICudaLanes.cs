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

    /// <summary>Products of numbers below 2¹⁵.</summary>
    static abstract TWords MultiplySmall(TWords a, TWords b);

    /// <summary>The lowest byte of each lane, four times.</summary>
    static abstract TWords RepeatLowByte(TWords a);

    /// <summary>Ones in the bytes that are equal.</summary>
    static abstract TWords AreEqualBytes(TWords a, TWords b);

    /// <summary>The sum of the four bytes of each lane.</summary>
    static abstract TWords SumBytes(TWords a);

    /// <summary>Entries of a table of 64 rows of two words, as <see cref="PairTable"/> lays it out.</summary>
    /// <param name="table">Its first word.</param>
    /// <param name="row">0 to 63 in every lane.</param>
    /// <param name="first">The rows' first words.</param>
    /// <param name="second">The rows' second words.</param>
    static abstract void Lookup(ref uint table, TWords row, out TWords first, out TWords second);
}
