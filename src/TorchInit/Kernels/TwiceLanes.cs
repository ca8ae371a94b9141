using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Two vectors that go through a kernel side by side: while one waits, the other's instructions run.</summary>
/// <param name="First">The first vector.</param>
/// <param name="Second">The one after it.</param>
readonly record struct Two<T>(T First, T Second)
    where T : struct;

/// <summary>Twice the lanes of another width: every operation on two vectors, one after the other.</summary>
readonly struct TwiceLanes<TLanes, TFloats, TWords> : ILanes<Two<TFloats>, Two<TWords>>
    where TLanes : struct, ILanes<TFloats, TWords>
    where TFloats : struct
    where TWords : struct
{
    public static int Count => 2 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> Load(ref uint source, nuint index)
        => new(TLanes.Load(ref source, index), TLanes.Load(ref source, index + (nuint)TLanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Two<TWords> words, ref uint target, nuint index)
    {
        TLanes.Store(words.First, ref target, index);
        TLanes.Store(words.Second, ref target, index + (nuint)TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLow16(Two<TWords> words, ref ushort target, nuint index)
    {
        TLanes.StoreLow16(words.First, ref target, index);
        TLanes.StoreLow16(words.Second, ref target, index + (nuint)TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadPairs(ref uint blocks, nuint vector, out Two<TWords> firsts, out Two<TWords> seconds)
    {
        TLanes.LoadPairs(ref blocks, 2 * vector, out TWords first, out TWords second);
        TLanes.LoadPairs(ref blocks, 2 * vector + 1, out TWords third, out TWords fourth);
        firsts = new(first, third);
        seconds = new(second, fourth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(Two<TWords> firsts, Two<TWords> seconds, ref uint blocks, nuint vector)
    {
        TLanes.StorePairs(firsts.First, seconds.First, ref blocks, 2 * vector);
        TLanes.StorePairs(firsts.Second, seconds.Second, ref blocks, 2 * vector + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> Words(uint value) => new(TLanes.Words(value), TLanes.Words(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> Floats(float value) => new(TLanes.Floats(value), TLanes.Floats(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> BitsOf(Two<TFloats> floats) => new(TLanes.BitsOf(floats.First), TLanes.BitsOf(floats.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> FloatsOf(Two<TWords> bits) => new(TLanes.FloatsOf(bits.First), TLanes.FloatsOf(bits.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> ToFloats(Two<TWords> integers) => new(TLanes.ToFloats(integers.First), TLanes.ToFloats(integers.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> And(Two<TWords> a, Two<TWords> b) => new(TLanes.And(a.First, b.First), TLanes.And(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> Or(Two<TWords> a, Two<TWords> b) => new(TLanes.Or(a.First, b.First), TLanes.Or(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> Xor(Two<TWords> a, Two<TWords> b) => new(TLanes.Xor(a.First, b.First), TLanes.Xor(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> Add(Two<TWords> a, Two<TWords> b) => new(TLanes.Add(a.First, b.First), TLanes.Add(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> Subtract(Two<TWords> a, Two<TWords> b)
        => new(TLanes.Subtract(a.First, b.First), TLanes.Subtract(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> Multiply(Two<TWords> a, Two<TWords> b)
        => new(TLanes.Multiply(a.First, b.First), TLanes.Multiply(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> ShiftLeft(Two<TWords> a, int bits) => new(TLanes.ShiftLeft(a.First, bits), TLanes.ShiftLeft(a.Second, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> ShiftRight(Two<TWords> a, int bits)
        => new(TLanes.ShiftRight(a.First, bits), TLanes.ShiftRight(a.Second, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> ShiftRightSigned(Two<TWords> a, int bits)
        => new(TLanes.ShiftRightSigned(a.First, bits), TLanes.ShiftRightSigned(a.Second, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> Select(Two<TWords> mask, Two<TWords> yes, Two<TWords> no)
        => new(TLanes.Select(mask.First, yes.First, no.First), TLanes.Select(mask.Second, yes.Second, no.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> SelectBySign(Two<TWords> sign, Two<TWords> yes, Two<TWords> no)
        => new(TLanes.SelectBySign(sign.First, yes.First, no.First), TLanes.SelectBySign(sign.Second, yes.Second, no.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> LessThan(Two<TWords> a, Two<TWords> b)
        => new(TLanes.LessThan(a.First, b.First), TLanes.LessThan(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> AreEqual(Two<TFloats> a, Two<TFloats> b)
        => new(TLanes.AreEqual(a.First, b.First), TLanes.AreEqual(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TWords> LessThan(Two<TFloats> a, Two<TFloats> b)
        => new(TLanes.LessThan(a.First, b.First), TLanes.LessThan(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HighestBits(Two<TWords> words)
        => TLanes.HighestBits(words.First) | (TLanes.HighestBits(words.Second) << TLanes.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBit(Two<TWords> words) => TLanes.AnyBit(words.First) || TLanes.AnyBit(words.Second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> Add(Two<TFloats> a, Two<TFloats> b) => new(TLanes.Add(a.First, b.First), TLanes.Add(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> Subtract(Two<TFloats> a, Two<TFloats> b)
        => new(TLanes.Subtract(a.First, b.First), TLanes.Subtract(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> Multiply(Two<TFloats> a, Two<TFloats> b)
        => new(TLanes.Multiply(a.First, b.First), TLanes.Multiply(a.Second, b.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> MultiplyAdd(Two<TFloats> a, Two<TFloats> b, Two<TFloats> c)
        => new(TLanes.MultiplyAdd(a.First, b.First, c.First), TLanes.MultiplyAdd(a.Second, b.Second, c.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> Halve(Two<TFloats> a) => new(TLanes.Halve(a.First), TLanes.Halve(a.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> MultiplySubtract(Two<TFloats> a, Two<TFloats> b, Two<TFloats> c)
        => new(TLanes.MultiplySubtract(a.First, b.First, c.First), TLanes.MultiplySubtract(a.Second, b.Second, c.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> NegatedMultiplySubtract(Two<TFloats> a, Two<TFloats> b, Two<TFloats> c)
        => new(TLanes.NegatedMultiplySubtract(a.First, b.First, c.First), TLanes.NegatedMultiplySubtract(a.Second, b.Second, c.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two<TFloats> Sqrt(Two<TFloats> a) => new(TLanes.Sqrt(a.First), TLanes.Sqrt(a.Second));
}
