using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Replacements for vectors without rounding modes and byte shifts, in more steps.</summary>
static class NarrowCuda<TLanes, TFloats, TWords>
    where TLanes : struct, ICudaLanes<TFloats, TWords>
    where TFloats : struct
    where TWords : struct
{
    /// <summary>The product, decremented by one ULP if it was rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats MultiplyTowardsZero(TFloats a, TFloats b)
    {
        TFloats product = TLanes.Multiply(a, b);
        TWords roundedUp = TLanes.LessThan(TLanes.MultiplySubtract(a, b, product), TLanes.Floats(0));
        return TLanes.FloatsOf(TLanes.Add(TLanes.BitsOf(product), roundedUp));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Cut(TWords number) => TLanes.ToFloats(TLanes.And(number, TLanes.Words(~1u)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Cut(TWords high, TWords low)
    {
        TFloats top = TLanes.ToFloats(TLanes.And(high, TLanes.Words(~1u)));
        TFloats rest = TLanes.Multiply(TLanes.ToFloats(TLanes.Or(TLanes.ShiftLeft(TLanes.And(high, TLanes.Words(1)), 12),
            TLanes.And(low, TLanes.Words(0xFFF)))), TLanes.Floats(1f / 4096));
        TFloats whole = TLanes.Add(top, rest);
        TWords roundedUp = TLanes.LessThan(rest, TLanes.Subtract(whole, top));
        return TLanes.FloatsOf(TLanes.Add(TLanes.BitsOf(whole), roundedUp));
    }

    /// <param name="place">d, and anything above its 17 bits.</param>
    /// <param name="parts1">As <see cref="SquareBytes.Parts1"/>.</param>
    /// <param name="parts2">As <see cref="SquareBytes.Parts2"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Parts(TWords place, out TWords parts1, out TWords parts2)
    {
        parts1 = TLanes.Or(
            TLanes.Or(TLanes.And(TLanes.ShiftRight(place, 2), TLanes.Words(0xFF)),
                TLanes.And(TLanes.ShiftLeft(place, 5), TLanes.Words(0x7F00))),
            TLanes.Or(TLanes.And(TLanes.ShiftLeft(place, 12), TLanes.Words(0x3F0000)),
                TLanes.And(TLanes.ShiftLeft(place, 19), TLanes.Words(0x1F000000))));
        parts2 = TLanes.Or(
            TLanes.Or(TLanes.And(TLanes.ShiftRight(place, 8), TLanes.Words(0x3)), TLanes.And(TLanes.ShiftLeft(place, 1),
                TLanes.Words(0x700))),
            TLanes.Or(TLanes.And(TLanes.ShiftLeft(place, 10), TLanes.Words(0xF0000)),
                TLanes.And(TLanes.ShiftLeft(place, 15), TLanes.Words(0xFE000000))));
    }
}
