using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>Each operation is rounded to the 16-bit type: product, scaled product, sum.</summary>
readonly struct RoundedEach;

/// <summary>x ↦ x·std + mean in a 16-bit type, x a float32.</summary>
/// <typeparam name="TRounding"><see cref="RoundedEach"/>; or <see cref="Fused"/> or <see cref="Unfused"/>, where only the sum is rounded to
/// the type.</typeparam>
static class ScaleRounding16Kernel<TRounding>
    where TRounding : struct
{
    /// <param name="source">Bits of float32.</param>
    /// <param name="target">As many elements of float16 or bfloat16.</param>
    /// <param name="mean">A value of the type.</param>
    /// <param name="std">A value of the type.</param>
    /// <param name="width">Which twin.</param>
    public static void Round<T>(Span<uint> source, Span<T> target, float mean, float std, VectorWidth width)
        where T : unmanaged
    {
        int done = width switch
        {
            VectorWidth.Bits512 => Scale<T, Lanes512, Vector512<float>, Vector512<uint>>(source, mean, std),
            VectorWidth.Bits256 => Scale<T, Lanes256, Vector256<float>, Vector256<uint>>(source, mean, std),
            VectorWidth.Bits128 => Scale<T, Lanes128, Vector128<float>, Vector128<uint>>(source, mean, std),
            _ => 0,
        };
        for (int i = done; i < source.Length; i++) { source[i] = Scalar<T>(source[i], mean, std); }
        Rounding16Kernel.Round(source, target, width);
    }

    static uint Scalar<T>(uint bits, float mean, float std)
        where T : unmanaged
    {
        float x = BitConverter.UInt32BitsToSingle(bits);
        if (typeof(TRounding) == typeof(Fused)) { x = MathF.FusedMultiplyAdd(x, std, mean); }
        else if (typeof(TRounding) == typeof(Unfused)) { x = x * std + mean; }
        else { x = Elements.Round<T>(Elements.Round<T>(x) * std) + mean; }
        return BitConverter.SingleToUInt32Bits(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Scale<T, TLanes, TFloats, TWords>(Span<uint> tensor, float mean, float std)
        where T : unmanaged
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        ref uint t = ref MemoryMarshal.GetReference(tensor);
        int i = 0;
        for (; i <= tensor.Length - TLanes.Count; i += TLanes.Count)
        {
            TWords bits = TLanes.Load(ref t, (nuint)i);
            TFloats x = TLanes.FloatsOf(bits);
            if (typeof(TRounding) == typeof(Fused)) { x = TLanes.MultiplyAdd(x, TLanes.Floats(std), TLanes.Floats(mean)); }
            else if (typeof(TRounding) == typeof(Unfused)) { x = TLanes.Add(TLanes.Multiply(x, TLanes.Floats(std)), TLanes.Floats(mean)); }
            else
            {
                TWords product = Rounding16Kernel.On<T, TLanes, TFloats, TWords>.ToType(bits, out bool one);
                TFloats unrounded = TLanes.Multiply(TLanes.FloatsOf(product), TLanes.Floats(std));
                TWords scaled = Rounding16Kernel.On<T, TLanes, TFloats, TWords>.ToType(TLanes.BitsOf(unrounded), out bool two);
                if (!(one && two))
                {
                    for (int j = i; j < i + TLanes.Count; j++) { tensor[j] = Scalar<T>(tensor[j], mean, std); }
                    continue;
                }
                x = TLanes.Add(TLanes.FloatsOf(scaled), TLanes.Floats(mean));
            }
            TLanes.Store(TLanes.BitsOf(x), ref t, (nuint)i);
        }
        return i;
    }
}
