using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TorchInit;

/// <summary>
/// The vector twin of <see cref="Libm.SinCos"/>, for angles in [0, 2π]. All lanes compute one sine and one cosine, of the angle or of its
/// remainder, and swap them by quadrant. Where glibc uses π/2 − x, this uses x − π/2 as quadrant 1: the sine and all its roundings change
/// sign only.
/// </summary>
static class SinCosFloat64
{
    const ulong SignBit = 1UL << 63;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(Vector256<double> x, ref double rows, out Vector256<double> sine, out Vector256<double> cosine)
    {
        Vector256<double> direct = Vector256.LessThan(x, Vector256.Create(Libm.SinCosDirect));
        Vector256<double> middle = Vector256.LessThan(x, Vector256.Create(Libm.SinCosReduced));     // or direct

        Vector256<double> shifted = Fma.MultiplyAdd(x, Vector256.Create(Libm.InverseHalfPi), Vector256.Create(Libm.ToInteger));
        Vector256<double> n = shifted - Vector256.Create(Libm.ToInteger);
        Vector256<double> y = Fma.MultiplyAddNegated(n, Vector256.Create(Libm.HalfPi2),
            Fma.MultiplyAddNegated(n, Vector256.Create(Libm.HalfPi1), x));
        Vector256<double> b = Fma.MultiplyAddNegated(n, Vector256.Create(Libm.HalfPi3), y);
        Vector256<double> a = Fma.MultiplyAddNegated(n, Vector256.Create(Libm.HalfPi4), b);
        Vector256<double> low = Fma.MultiplyAddNegated(n, Vector256.Create(Libm.HalfPi3), y - b)
            + Fma.MultiplyAddNegated(n, Vector256.Create(Libm.HalfPi4), b - a);

        Vector256<double> rest = x - Vector256.Create(Libm.HalfPi);
        Vector256<double> sum = rest - Vector256.Create(Libm.HalfPiRest);
        Vector256<double> lowOfSum = rest - sum - Vector256.Create(Libm.HalfPiRest);

        Vector256<double> zero = Vector256<double>.Zero;
        Vector256<double> s = Sine(Vector256.ConditionalSelect(direct, x, Vector256.ConditionalSelect(middle, sum, a)),
            Vector256.ConditionalSelect(direct, zero, Vector256.ConditionalSelect(middle, lowOfSum, low)), ref rows);
        Vector256<double> c = Cosine(Vector256.ConditionalSelect(direct, x, Vector256.ConditionalSelect(middle, rest, a)),
            Vector256.ConditionalSelect(direct, zero, Vector256.ConditionalSelect(middle, Vector256.Create(-Libm.HalfPiRest), low)),
            ref rows);

        Vector256<ulong> quadrant = Vector256.ConditionalSelect(direct, zero,
            Vector256.ConditionalSelect(middle, Vector256.Create(1UL).AsDouble(), shifted)).AsUInt64();
        Vector256<ulong> odd = Vector256<ulong>.Zero - (quadrant & Vector256.Create(1UL));
        sine = Negated(Vector256.ConditionalSelect(odd.AsDouble(), c, s), quadrant << 62);
        cosine = Negated(Vector256.ConditionalSelect(odd.AsDouble(), s, c), (quadrant + Vector256.Create(1UL)) << 62);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Sine(Vector256<double> x, Vector256<double> low, ref double rows)
    {
        Vector256<double> magnitude = (x.AsUInt64() & Vector256.Create(~SignBit)).AsDouble();
        Vector256<double> tableSine = SineByTable(x, magnitude, low, ref rows);
        Vector256<double> small = Vector256.LessThan(magnitude, Vector256.Create(Libm.SinCosTaylor));
        Vector256<double> square = x * x;
        Vector256<double> p = Fma.MultiplyAdd(square, Vector256.Create(Libm.SinTaylor[4]), Vector256.Create(Libm.SinTaylor[3]));
        p = Fma.MultiplyAdd(square, p, Vector256.Create(Libm.SinTaylor[2]));
        p = Fma.MultiplyAdd(square, p, Vector256.Create(Libm.SinTaylor[1]));
        p = Fma.MultiplyAdd(square, p, Vector256.Create(Libm.SinTaylor[0]));
        Vector256<double> taylor = x + Fma.MultiplyAdd(square, Fma.MultiplyAdd(p, x, Vector256.Create(-0.5) * low), low);
        return Vector256.ConditionalSelect(small, taylor, tableSine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> SineByTable(Vector256<double> x, Vector256<double> magnitude, Vector256<double> low, ref double rows)
    {
        Vector256<ulong> sign = x.AsUInt64() & Vector256.Create(SignBit);
        low = Negated(low, sign);
        Vector256<double> u = magnitude + Vector256.Create(Libm.ToRow);
        Vector256<double> r = magnitude - (u - Vector256.Create(Libm.ToRow));
        Row(u, ref rows, out Vector256<double> sine0, out Vector256<double> sineRest, out Vector256<double> cosine0,
            out Vector256<double> cosineRest);
        Vector256<double> r2 = r * r;
        Vector256<double> sine = r
            + Fma.MultiplyAdd(r * r2, Fma.MultiplyAdd(r2, Vector256.Create(Libm.Sin5), Vector256.Create(Libm.Sin3)), low);
        Vector256<double> cosine = Fma.MultiplyAdd(r, low, OneLessCosine(r2));
        Vector256<double> rest = Fma.MultiplyAddNegated(cosine, sine0, Fma.MultiplyAdd(cosineRest, sine, sineRest));
        return ((sine0 + Fma.MultiplyAdd(sine, cosine0, rest)).AsUInt64() | sign).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Cosine(Vector256<double> x, Vector256<double> low, ref double rows)
    {
        Vector256<double> magnitude = (x.AsUInt64() & Vector256.Create(~SignBit)).AsDouble();
        low = Negated(low, x.AsUInt64());
        Vector256<double> u = magnitude + Vector256.Create(Libm.ToRow);
        Vector256<double> r = magnitude - (u - Vector256.Create(Libm.ToRow)) + low;
        Row(u, ref rows, out Vector256<double> sine0, out Vector256<double> sineRest, out Vector256<double> cosine0,
            out Vector256<double> cosineRest);
        Vector256<double> r2 = r * r;
        Vector256<double> sine = Fma.MultiplyAdd(r * r2, Fma.MultiplyAdd(r2, Vector256.Create(Libm.Sin5), Vector256.Create(Libm.Sin3)), r);
        Vector256<double> rest = Fma.MultiplyAddNegated(OneLessCosine(r2), cosine0, Fma.MultiplyAddNegated(sine, sineRest, cosineRest));
        return cosine0 + Fma.MultiplyAddNegated(sine, sine0, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> OneLessCosine(Vector256<double> r2)
        => r2 * Fma.MultiplyAdd(r2, Fma.MultiplyAdd(r2, Vector256.Create(Libm.Cos6), Vector256.Create(Libm.Cos4)),
            Vector256.Create(Libm.Cos2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Row(Vector256<double> u, ref double rows, out Vector256<double> sine0, out Vector256<double> sineRest,
        out Vector256<double> cosine0, out Vector256<double> cosineRest)
        => TableRows.Four(ref rows, u.AsUInt64() & Vector256.Create(0x7FUL), out sine0, out sineRest, out cosine0, out cosineRest);

    /// <summary>Flips the signs where the highest bit of <paramref name="sign"/> is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Negated(Vector256<double> x, Vector256<ulong> sign) => (x.AsUInt64() ^ (sign & Vector256.Create(SignBit)))
        .AsDouble();
}
