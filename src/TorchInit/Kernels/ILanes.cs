namespace TorchInit;

/// <summary>
/// The operations of a vector width from which the 32-bit kernels are built, so that each kernel has one vector twin instead of three.
/// Every member is one or two instructions, and the JIT inlines it.
/// </summary>
/// <typeparam name="TFloats">Lanes of float32.</typeparam>
/// <typeparam name="TWords">As many lanes of 32-bit words.</typeparam>
interface ILanes<TFloats, TWords>
    where TFloats : struct
    where TWords : struct
{
    /// <summary>Lanes in a vector.</summary>
    static abstract int Count { get; }

    static abstract TWords Load(ref uint source, nuint index);

    static abstract void Store(TWords words, ref uint target, nuint index);

    /// <summary>Stores the low 16 bits of each lane, side by side.</summary>
    static abstract void StoreLow16(TWords words, ref ushort target, nuint index);

    /// <summary>Loads one vector of pairs from blocks of 16 words, in which the first 8 pair with the others.</summary>
    static abstract void LoadPairs(ref uint blocks, nuint vector, out TWords firsts, out TWords seconds);

    /// <summary>Stores pairs where <see cref="LoadPairs"/> reads them.</summary>
    static abstract void StorePairs(TWords firsts, TWords seconds, ref uint blocks, nuint vector);

    static abstract TWords Words(uint value);

    static abstract TFloats Floats(float value);

    static abstract TWords BitsOf(TFloats floats);

    static abstract TFloats FloatsOf(TWords bits);

    /// <summary>Converts the lanes from signed integers; exact up to 24 bits.</summary>
    static abstract TFloats ToFloats(TWords integers);

    static abstract TWords And(TWords a, TWords b);

    static abstract TWords Or(TWords a, TWords b);

    static abstract TWords Xor(TWords a, TWords b);

    static abstract TWords Add(TWords a, TWords b);

    static abstract TWords Subtract(TWords a, TWords b);

    /// <summary>The low 32 bits of the product.</summary>
    static abstract TWords Multiply(TWords a, TWords b);

    static abstract TWords ShiftLeft(TWords a, int bits);

    static abstract TWords ShiftRight(TWords a, int bits);

    /// <summary>An arithmetic shift: copies the sign bit in.</summary>
    static abstract TWords ShiftRightSigned(TWords a, int bits);

    /// <summary>The bits of <paramref name="yes"/> where the mask has ones, else of <paramref name="no"/>.</summary>
    static abstract TWords Select(TWords mask, TWords yes, TWords no);

    /// <summary>The lanes of <paramref name="yes"/> where the highest bit of <paramref name="sign"/> is 1, else of
    /// <paramref name="no"/>.</summary>
    static abstract TWords SelectBySign(TWords sign, TWords yes, TWords no);

    /// <summary>All ones in the lanes where a &lt; b as unsigned integers.</summary>
    static abstract TWords LessThan(TWords a, TWords b);

    /// <summary>All ones in the lanes where the numbers are equal: −0 equals 0, NaN equals nothing.</summary>
    static abstract TWords AreEqual(TFloats a, TFloats b);

    /// <summary>All ones in the lanes where a &lt; b; never with a NaN.</summary>
    static abstract TWords LessThan(TFloats a, TFloats b);

    /// <summary>The highest bit of each lane; lane 0 gives the lowest bit of the result.</summary>
    static abstract uint HighestBits(TWords words);

    static abstract bool AnyBit(TWords words);

    static abstract TFloats Add(TFloats a, TFloats b);

    static abstract TFloats Subtract(TFloats a, TFloats b);

    static abstract TFloats Multiply(TFloats a, TFloats b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TFloats MultiplyAdd(TFloats a, TFloats b, TFloats c);

    /// <summary>a / 2, if a is 0, or normal with a normal half.</summary>
    static abstract TFloats Halve(TFloats a);

    /// <summary>a · b − c, rounded once.</summary>
    static abstract TFloats MultiplySubtract(TFloats a, TFloats b, TFloats c);

    /// <summary>−(a · b) − c, rounded once.</summary>
    static abstract TFloats NegatedMultiplySubtract(TFloats a, TFloats b, TFloats c);

    static abstract TFloats Sqrt(TFloats a);
}
