using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary><see cref="IMultiplyAdd"/> for lanes: a · b + c with the product rounded or not.</summary>
static class Rounded<TRounding, TLanes, TFloats, TWords>
    where TRounding : struct, IMultiplyAdd
    where TLanes : struct, ILanes<TFloats, TWords>
    where TFloats : struct
    where TWords : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats MultiplyAdd(TFloats a, TFloats b, TFloats c)
        => typeof(TRounding) == typeof(Fused) ? TLanes.MultiplyAdd(a, b, c) : TLanes.Add(TLanes.Multiply(a, b), c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats MultiplySubtract(TFloats a, TFloats b, TFloats c)
        => typeof(TRounding) == typeof(Fused) ? TLanes.MultiplySubtract(a, b, c) : TLanes.Subtract(TLanes.Multiply(a, b), c);
}
