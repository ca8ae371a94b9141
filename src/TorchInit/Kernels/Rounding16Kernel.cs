using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>Rounds float32 to float16 or bfloat16, to nearest even, with integer arithmetic; the same as
/// <see cref="Elements.FromFloat{T}"/>.</summary>
static class Rounding16Kernel
{
    /// <param name="source">Bits of float32.</param>
    /// <param name="target">As many elements of float16 or bfloat16.</param>
    /// <param name="width">Which twin.</param>
    public static void Round<T>(ReadOnlySpan<uint> source, Span<T> target, VectorWidth width)
        where T : unmanaged
    {
        int done = width switch
        {
            VectorWidth.Bits512 => On<T, Lanes512, Vector512<float>, Vector512<uint>>.Round(source, target),
            VectorWidth.Bits256 => On<T, Lanes256, Vector256<float>, Vector256<uint>>.Round(source, target),
            VectorWidth.Bits128 => On<T, Lanes128, Vector128<float>, Vector128<uint>>.Round(source, target),
            _ => 0,
        };
        for (int i = done; i < target.Length; i++) { target[i] = Elements.FromFloat<T>(BitConverter.UInt32BitsToSingle(source[i])); }
    }

    static void Scalar<T>(ReadOnlySpan<uint> source, Span<T> target, int start, int count)
        where T : unmanaged
    {
        for (int i = start; i < start + count; i++) { target[i] = Elements.FromFloat<T>(BitConverter.UInt32BitsToSingle(source[i])); }
    }

    /// <summary>The vector twins, on lanes of any width.</summary>
    public static class On<T, TLanes, TFloats, TWords>
        where T : unmanaged
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static int Round(ReadOnlySpan<uint> source, Span<T> target)
        {
            ref uint s = ref MemoryMarshal.GetReference(source[..target.Length]);
            ref ushort t = ref Unsafe.As<T, ushort>(ref MemoryMarshal.GetReference(target));
            int i = 0;
            for (; i <= target.Length - TLanes.Count; i += TLanes.Count)
            {
                TWords bits = TLanes.Load(ref s, (nuint)i);
                TWords magnitude = TLanes.And(bits, TLanes.Words(0x7FFFFFFF));
                if (typeof(T) == typeof(BFloat16))
                {
                    // Infinity is kept; NaN is left to the scalar twin.
                    if (TLanes.AnyBit(TLanes.LessThan(TLanes.Words(0x7F800000), magnitude))) { Scalar(source, target, i, TLanes.Count); }
                    else { TLanes.StoreLow16(TLanes.ShiftRight(ToEven(bits, 0x7FFF, 16), 16), ref t, (nuint)i); }
                    continue;
                }
                // 65520 and above round to infinity; left to the scalar twin.
                if (TLanes.AnyBit(TLanes.LessThan(TLanes.Words(0x477FEFFF), magnitude)))
                {
                    Scalar(source, target, i, TLanes.Count);
                    continue;
                }
                TWords normal = TLanes.ShiftRight(TLanes.Subtract(ToEven(magnitude, 0xFFF, 13),
                    TLanes.Words((127 - 15) << 23)), 13);
                // Below 2⁻¹⁴ the result is a multiple of 2⁻²⁴: the sum with ½, whose last bit is 2⁻²⁴, rounds to it.
                TFloats half = TLanes.Floats(0.5f);
                TWords subnormal = TLanes.Subtract(TLanes.BitsOf(TLanes.Add(TLanes.FloatsOf(magnitude), half)), TLanes.BitsOf(half));
                TWords small = TLanes.LessThan(magnitude, TLanes.Words(113 << 23));
                TWords sign = TLanes.ShiftRight(TLanes.Xor(bits, magnitude), 16);
                TLanes.StoreLow16(TLanes.Or(TLanes.Select(small, subnormal, normal), sign), ref t, (nuint)i);
            }
            return i;
        }

        /// <summary>float32 rounded to the type and back; <paramref name="done"/> is false if a number must go to the scalar
        /// twin.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TWords ToType(TWords bits, out bool done)
        {
            TWords magnitude = TLanes.And(bits, TLanes.Words(0x7FFFFFFF));
            if (typeof(T) == typeof(BFloat16))
            {
                done = !TLanes.AnyBit(TLanes.LessThan(TLanes.Words(0x7F800000), magnitude));
                return TLanes.And(ToEven(bits, 0x7FFF, 16), TLanes.Words(0xFFFF0000));
            }
            done = !TLanes.AnyBit(TLanes.LessThan(TLanes.Words(0x477FEFFF), magnitude));
            TWords normal = TLanes.And(ToEven(magnitude, 0xFFF, 13), TLanes.Words(~0x1FFFu));
            TFloats half = TLanes.Floats(0.5f);
            TWords subnormal = TLanes.BitsOf(TLanes.Subtract(TLanes.Add(TLanes.FloatsOf(magnitude), half), half));
            TWords small = TLanes.LessThan(magnitude, TLanes.Words(113 << 23));
            return TLanes.Or(TLanes.Select(small, subnormal, normal), TLanes.Xor(bits, magnitude));
        }

        /// <summary>Adds just below half a unit plus the last bit kept, so that truncating afterwards rounds to even.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TWords ToEven(TWords bits, uint belowHalf, int cut)
            => TLanes.Add(TLanes.Add(bits, TLanes.Words(belowHalf)), TLanes.And(TLanes.ShiftRight(bits, cut), TLanes.Words(1)));
    }
}
