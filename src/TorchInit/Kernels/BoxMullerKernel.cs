using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>
/// The vector twin of <see cref="BoxMullerPolynomial{TRounding}"/>, from 24-bit integers straight to normals, in blocks of 16: the first 8 are u₁, the
/// others u₂. It computes the same roundings with fewer operations, each step proved over all 2²⁴ integers: the factors 2⁻²⁴ and −2 sit in the constants;
/// exponent and mantissa are parted at √½ by one subtraction of integers; the octant comes from the integer; the first two parts of π/4 merge, as their
/// steps are exact.
/// </summary>
static class BoxMullerKernel
{
    const int Block = Normal.Block;
    const uint SqrtHalf = 0x3F3504F3;

    /// <summary>Turns 24-bit integers into normals, in place.</summary>
    /// <param name="tensor">Bits of integers below 2²⁴ in, float32 out; a multiple of 16.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="width">Which twin; not <see cref="VectorWidth.Scalar"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform<TRounding>(Span<uint> tensor, float mean, float std, VectorWidth width)
        where TRounding : struct, IMultiplyAdd
    {
        ref uint t = ref MemoryMarshal.GetReference(tensor);
        nuint count = (nuint)tensor.Length / Block * Block;
        nuint i = 0;
        if (width == VectorWidth.Bits512)
        {
            for (; i + 2 * Block <= count; i += 2 * Block)
            {
                // Two blocks at once: their first halves are u₁.
                Vector512<uint> a = Vector512.LoadUnsafe(ref t, i);
                Vector512<uint> b = Vector512.LoadUnsafe(ref t, i + Block);
                (Vector512<uint> cosine, Vector512<uint> sine) = Pair<TRounding, Lanes512, Vector512<float>, Vector512<uint>>(
                    Vector512.Create(a.GetLower(), b.GetLower()), Vector512.Create(a.GetUpper(), b.GetUpper()), mean, std);
                Vector512.Create(cosine.GetLower(), sine.GetLower()).StoreUnsafe(ref t, i);
                Vector512.Create(cosine.GetUpper(), sine.GetUpper()).StoreUnsafe(ref t, i + Block);
            }
        }
        if (width >= VectorWidth.Bits256)
        {
            for (; i < count; i += Block)
            {
                (Vector256<uint> cosine, Vector256<uint> sine) = Pair<TRounding, Lanes256, Vector256<float>, Vector256<uint>>(
                    Vector256.LoadUnsafe(ref t, i), Vector256.LoadUnsafe(ref t, i + Block / 2), mean, std);
                cosine.StoreUnsafe(ref t, i);
                sine.StoreUnsafe(ref t, i + Block / 2);
            }
        }
        for (; i < count; i += Block)
        {
            for (nuint half = i; half < i + Block / 2; half += Block / 4)
            {
                (Vector128<uint> cosine, Vector128<uint> sine) = Pair<TRounding, Lanes128, Vector128<float>, Vector128<uint>>(
                    Vector128.LoadUnsafe(ref t, half), Vector128.LoadUnsafe(ref t, half + Block / 2), mean, std);
                cosine.StoreUnsafe(ref t, half);
                sine.StoreUnsafe(ref t, half + Block / 2);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (TWords Cosine, TWords Sine) Pair<TRounding, TLanes, TFloats, TWords>(TWords u1, TWords u2, float mean, float std)
        where TRounding : struct, IMultiplyAdd
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        TFloats radius = TLanes.Sqrt(MinusTwoLog<TRounding, TLanes, TFloats, TWords>(u1));
        (TFloats sine, TFloats cosine) = SinCos<TRounding, TLanes, TFloats, TWords>(u2);
        return (TLanes.BitsOf(TLanes.MultiplyAdd(TLanes.Multiply(radius, cosine), TLanes.Floats(std), TLanes.Floats(mean))),
            TLanes.BitsOf(TLanes.MultiplyAdd(TLanes.Multiply(radius, sine), TLanes.Floats(std), TLanes.Floats(mean))));
    }

    /// <summary>−2 ln(1 − integer · 2⁻²⁴); see <see cref="PolynomialLog{TRounding}"/>, whose coefficients are doubled here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TFloats MinusTwoLog<TRounding, TLanes, TFloats, TWords>(TWords integer)
        where TRounding : struct, IMultiplyAdd
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        TWords bits = TLanes.BitsOf(TLanes.ToFloats(TLanes.Subtract(TLanes.Words(1 << 24), integer)));
        bits = TLanes.Subtract(bits, TLanes.Words(SqrtHalf + (24 << 23)));
        TFloats e = TLanes.ToFloats(TLanes.ShiftRightSigned(bits, 23));
        TFloats x = TLanes.Subtract(TLanes.FloatsOf(TLanes.Add(TLanes.And(bits, TLanes.Words(0x7FFFFF)), TLanes.Words(SqrtHalf))), TLanes.Floats(1));
        TFloats z = TLanes.Multiply(x, x);
        TFloats y = TLanes.Floats(2 * 7.0376836292e-2f);
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, x, TLanes.Floats(2 * -1.1514610310e-1f));
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, x, TLanes.Floats(2 * 1.1676998740e-1f));
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, x, TLanes.Floats(2 * -1.2420140846e-1f));
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, x, TLanes.Floats(2 * 1.4249322787e-1f));
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, x, TLanes.Floats(2 * -1.6668057665e-1f));
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, x, TLanes.Floats(2 * 2.0000714765e-1f));
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, x, TLanes.Floats(2 * -2.4999993993e-1f));
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, x, TLanes.Floats(2 * 3.3333331174e-1f));
        y = TLanes.Multiply(y, x);
        y = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(y, z, TLanes.Multiply(e, TLanes.Floats(2 * -2.12194440e-4f)));
        y = TLanes.Add(TLanes.Add(x, x), TLanes.Subtract(y, z));
        // −(y + e·2·0.693359375), the product exact.
        return TLanes.NegatedMultiplyAdd(e, TLanes.Floats(2 * 0.693359375f), TLanes.FloatsOf(TLanes.Xor(TLanes.BitsOf(y), TLanes.Words(0x80000000))));
    }

    /// <summary>sin θ and cos θ of θ = 2π · integer · 2⁻²⁴; see <see cref="PolynomialSinCos{TRounding}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (TFloats Sine, TFloats Cosine) SinCos<TRounding, TLanes, TFloats, TWords>(TWords integer)
        where TRounding : struct, IMultiplyAdd
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        TFloats theta = TLanes.Multiply(TLanes.ToFloats(integer), TLanes.Floats(6.2831855f * (1f / (1 << 24))));
        TWords quadrant = TLanes.Add(integer, TLanes.Words(1 << 21));        // in bits 22 and up
        TFloats q = TLanes.ToFloats(TLanes.ShiftRight(quadrant, 22));
        TFloats x = TLanes.MultiplyAdd(q, TLanes.Floats(2 * (-0.78515625f - 2.4187564849853515625e-4f)), theta);
        x = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(q, TLanes.Floats(2 * -3.77489497744594108e-8f), x);
        TFloats z = TLanes.Multiply(x, x);

        TFloats c = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(TLanes.Floats(2.443315711809948e-5f), z, TLanes.Floats(-1.388731625493765e-3f));
        c = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(c, z, TLanes.Floats(4.166664568298827e-2f));
        c = TLanes.Multiply(c, z);
        c = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(c, z, TLanes.Multiply(z, TLanes.Floats(-0.5f)));
        c = TLanes.Add(c, TLanes.Floats(1));

        TFloats s = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(TLanes.Floats(-1.9515295891e-4f), z, TLanes.Floats(8.3321608736e-3f));
        s = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(s, z, TLanes.Floats(-1.6666654611e-1f));
        s = TLanes.Multiply(s, z);
        s = Rounded<TRounding, TLanes, TFloats, TWords>.MultiplyAdd(s, x, x);

        // Bit 22 swaps the two, bit 23 is the sign of the sine, bit 23 of the next quadrant that of the cosine.
        TWords swap = TLanes.ShiftRightSigned(TLanes.ShiftLeft(quadrant, 9), 31);
        TWords sign = TLanes.Words(0x80000000);
        TWords sine = TLanes.Xor(TLanes.Select(swap, TLanes.BitsOf(c), TLanes.BitsOf(s)), TLanes.And(TLanes.ShiftLeft(quadrant, 8), sign));
        TWords cosine = TLanes.Xor(TLanes.Select(swap, TLanes.BitsOf(s), TLanes.BitsOf(c)),
            TLanes.And(TLanes.ShiftLeft(TLanes.Add(quadrant, TLanes.Words(1 << 22)), 8), sign));
        return (TLanes.FloatsOf(sine), TLanes.FloatsOf(cosine));
    }
}
