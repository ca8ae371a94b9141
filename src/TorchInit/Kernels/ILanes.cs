namespace TorchInit;

/// <summary>
/// The operations of a vector width that the 32-bit kernels are written in, so that each has one vector twin and not three. Every member is
/// one or two instructions; the JIT sees through the calls.
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

    /// <summary>Reads a vector's worth of pairs out of blocks of 16 words, whose first 8 pair with the others.</summary>
    static abstract void LoadPairs(ref uint blocks, nuint vector, out TWords firsts, out TWords seconds);

    /// <summary>Writes them where <see cref="LoadPairs"/> read.</summary>
    static abstract void StorePairs(TWords firsts, TWords seconds, ref uint blocks, nuint vector);

    static abstract TWords Words(uint value);

    static abstract TFloats Floats(float value);

    static abstract TWords BitsOf(TFloats floats);

    static abstract TFloats FloatsOf(TWords bits);

    /// <summary>The lanes as signed integers, converted; exact up to 24 bits.</summary>
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

    /// <summary>Shifts copies of the sign in.</summary>
    static abstract TWords ShiftRightSigned(TWords a, int bits);

    /// <summary>Bits of <paramref name="yes"/> where the mask has ones, else of <paramref name="no"/>.</summary>
    static abstract TWords Select(TWords mask, TWords yes, TWords no);

    /// <summary>Lanes of <paramref name="yes"/> where the highest bit of <paramref name="sign"/> is 1, else of
    /// <paramref name="no"/>.</summary>
    static abstract TWords SelectBySign(TWords sign, TWords yes, TWords no);

    /// <summary>All ones in the lanes where a is the smaller as an unsigned number.</summary>
    static abstract TWords LessThan(TWords a, TWords b);

    /// <summary>All ones in the lanes where the numbers are equal: −0 is 0, and a NaN equals nothing.</summary>
    static abstract TWords AreEqual(TFloats a, TFloats b);

    /// <summary>All ones in the lanes where a is the smaller; a NaN is not smaller than anything, nor anything than it.</summary>
    static abstract TWords LessThan(TFloats a, TFloats b);

    /// <summary>Each lane's highest bit, that of lane 0 the lowest.</summary>
    static abstract uint HighestBits(TWords words);

    static abstract bool AnyBit(TWords words);

    static abstract TFloats Add(TFloats a, TFloats b);

    static abstract TFloats Subtract(TFloats a, TFloats b);

    static abstract TFloats Multiply(TFloats a, TFloats b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TFloats MultiplyAdd(TFloats a, TFloats b, TFloats c);

    /// <summary>a / 2, for a of 0 or a normal number with a normal half.</summary>
    static abstract TFloats Halve(TFloats a);

    /// <summary>a · b − c, rounded once.</summary>
    static abstract TFloats MultiplySubtract(TFloats a, TFloats b, TFloats c);

    /// <summary>−(a · b) − c, rounded once.</summary>
    static abstract TFloats NegatedMultiplySubtract(TFloats a, TFloats b, TFloats c);

    static abstract TFloats Sqrt(TFloats a);
}
