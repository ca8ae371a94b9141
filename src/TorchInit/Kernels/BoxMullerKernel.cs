using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>
/// The vector twin of <see cref="BoxMullerPolynomial{TRounding}"/>, from 24-bit integers directly to normals, in blocks of 16: the first 8
/// are u₁, the others u₂. It gives the same roundings with fewer operations, each step verified for all 2²⁴ integers: the constants include
/// the factors 2⁻²⁴ and −2; one integer subtraction splits exponent and mantissa at √½; the octant comes from the integer; the first two
/// parts of π/4 are merged, as their steps are exact.
/// </summary>
static class BoxMullerKernel
{
    const uint SqrtHalf = 0x3F3504F3;
    const uint Sign = 0x80000000;

    /// <summary>Turns 24-bit integers into normals, in place.</summary>
    /// <param name="tensor">Bits of integers below 2²⁴ in, float32 out; a multiple of 16.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="width">Which twin; not <see cref="VectorWidth.Scalar"/>.</param>
    public static void Transform<TRounding>(Span<uint> tensor, float mean, float std, VectorWidth width)
        where TRounding : struct, IMultiplyAdd
    {
        if (width == VectorWidth.Bits512)
        {
            // Two vectors side by side: 0.44 ns per element; one at a time: 0.49.
            int whole = tensor.Length & ~63;
            On<TRounding, TwiceLanes<Lanes512, Vector512<float>, Vector512<uint>>, Two<Vector512<float>>, Two<Vector512<uint>>>
                .Transform(tensor[..whole], mean, std);
            tensor = tensor[whole..];
        }
        if (width >= VectorWidth.Bits256) { On<TRounding, Lanes256, Vector256<float>, Vector256<uint>>.Transform(tensor, mean, std); }
        else { On<TRounding, Lanes128, Vector128<float>, Vector128<uint>>.Transform(tensor, mean, std); }
    }

    /// <summary>The twin on lanes of any width.</summary>
    static class On<TRounding, TLanes, TFloats, TWords>
        where TRounding : struct, IMultiplyAdd
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        // One method, because the JIT's inlining budget depends on the size of the calling method: if it is split, calls remain in the
        // loop.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Transform(Span<uint> tensor, float mean, float std)
        {
            ref uint blocks = ref MemoryMarshal.GetReference(tensor);
            nuint count = (nuint)tensor.Length / (nuint)(2 * TLanes.Count);
            for (nuint i = 0; i < count; i++)
            {
                TLanes.LoadPairs(ref blocks, i, out TWords u1, out TWords u2);

                // −2 ln(1 − u₁), as PolynomialLog with doubled coefficients.
                TWords bits = TLanes.Subtract(TLanes.BitsOf(TLanes.ToFloats(TLanes.Subtract(TLanes.Words(1 << 24), u1))),
                    TLanes.Words(SqrtHalf + (24 << 23)));
                TFloats e = TLanes.ToFloats(TLanes.ShiftRightSigned(bits, 23));
                TFloats x = TLanes.Subtract(TLanes.FloatsOf(TLanes.Add(TLanes.And(bits, TLanes.Words(0x7FFFFF)), TLanes.Words(SqrtHalf))),
                    TLanes.Floats(1));
                TFloats z = TLanes.Multiply(x, x);
                TFloats y = TLanes.Floats(2 * 7.0376836292e-2f);
                y = MultiplyAdd(y, x, 2 * -1.1514610310e-1f);
                y = MultiplyAdd(y, x, 2 * 1.1676998740e-1f);
                y = MultiplyAdd(y, x, 2 * -1.2420140846e-1f);
                y = MultiplyAdd(y, x, 2 * 1.4249322787e-1f);
                y = MultiplyAdd(y, x, 2 * -1.6668057665e-1f);
                y = MultiplyAdd(y, x, 2 * 2.0000714765e-1f);
                y = MultiplyAdd(y, x, 2 * -2.4999993993e-1f);
                y = MultiplyAdd(y, x, 2 * 3.3333331174e-1f);
                y = TLanes.Multiply(y, x);
                y = MultiplyAdd(y, z, TLanes.Multiply(e, TLanes.Floats(2 * -2.12194440e-4f)));
                y = TLanes.Add(TLanes.Add(x, x), TLanes.Subtract(y, z));
                // an exact product, so it does not matter whether it is fused
                TFloats radius = TLanes.Sqrt(TLanes.NegatedMultiplySubtract(e, TLanes.Floats(2 * 0.693359375f), y));

                // sin and cos of 2π·u₂, as PolynomialSinCos; the quadrant in bits 22 and up.
                TWords quadrant = TLanes.Add(u2, TLanes.Words(1 << 21));
                TFloats q = TLanes.ToFloats(TLanes.ShiftRight(quadrant, 22));
                TFloats w = TLanes.Multiply(TLanes.ToFloats(u2), TLanes.Floats(6.2831855f * (1f / (1 << 24))));
                w = TLanes.MultiplyAdd(q, TLanes.Floats(2 * (-0.78515625f - 2.4187564849853515625e-4f)), w);
                w = MultiplyAdd(q, TLanes.Floats(2 * -3.77489497744594108e-8f), w);
                z = TLanes.Multiply(w, w);
                TFloats c = MultiplyAdd(TLanes.Floats(2.443315711809948e-5f), z, -1.388731625493765e-3f);
                c = MultiplyAdd(c, z, 4.166664568298827e-2f);
                c = TLanes.Multiply(c, z);
                c = TLanes.Add(MultiplySubtract(c, z, TLanes.Halve(z)), TLanes.Floats(1));
                TFloats s = MultiplyAdd(TLanes.Floats(-1.9515295891e-4f), z, 8.3321608736e-3f);
                s = MultiplyAdd(s, z, -1.6666654611e-1f);
                s = TLanes.Multiply(s, z);
                s = MultiplyAdd(s, w, w);

                // Bit 22 swaps the two, bit 23 is the sign of the sine, bit 23 of the next quadrant that of the cosine.
                TWords swap = TLanes.ShiftLeft(quadrant, 9);
                TWords sine = TLanes.Xor(TLanes.SelectBySign(swap, TLanes.BitsOf(c), TLanes.BitsOf(s)),
                    TLanes.And(TLanes.ShiftLeft(quadrant, 8), TLanes.Words(Sign)));
                TWords nextQuadrant = TLanes.Add(quadrant, TLanes.Words(1 << 22));
                TWords cosine = TLanes.Xor(TLanes.SelectBySign(swap, TLanes.BitsOf(s), TLanes.BitsOf(c)),
                    TLanes.And(TLanes.ShiftLeft(nextQuadrant, 8), TLanes.Words(Sign)));

                TFloats n1 = TLanes.MultiplyAdd(TLanes.Multiply(radius, TLanes.FloatsOf(cosine)), TLanes.Floats(std), TLanes.Floats(mean));
                TFloats n2 = TLanes.MultiplyAdd(TLanes.Multiply(radius, TLanes.FloatsOf(sine)), TLanes.Floats(std), TLanes.Floats(mean));
                TLanes.StorePairs(TLanes.BitsOf(n1), TLanes.BitsOf(n2), ref blocks, i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TFloats MultiplyAdd(TFloats a, TFloats b, float c)
            => Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(a, b, TLanes.Floats(c));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TFloats MultiplyAdd(TFloats a, TFloats b, TFloats c)
            => Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(a, b, c);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TFloats MultiplySubtract(TFloats a, TFloats b, TFloats c)
            => Rounded<TRounding, TLanes, TFloats, TWords>.MultiplySubtract(a, b, c);
    }
}
