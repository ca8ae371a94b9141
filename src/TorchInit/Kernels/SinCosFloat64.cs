using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>
/// The vector twin of <see cref="Libm.SinCos"/>, for angles of [0, 2π]. All lanes take one sine and one cosine, of the angle or of what is left of it, and
/// exchange them by quadrant. Where glibc turns to π/2 − x, x − π/2 is taken as quadrant 1: the sine changes its sign with all its roundings.
/// </summary>
static class SinCosFloat64
{
    const ulong SignBit = 1UL << 63;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(Vector256<double> x, ref double rows, out Vector256<double> sine, out Vector256<double> cosine)
    {
        Vector256<ulong> direct = DoubleLanes256.LessThan(x, DoubleLanes256.Doubles(Libm.SinCosDirect));
        Vector256<ulong> middle = DoubleLanes256.LessThan(x, DoubleLanes256.Doubles(Libm.SinCosReduced));     // or direct

        Vector256<double> shifted = DoubleLanes256.MultiplyAdd(x, DoubleLanes256.Doubles(Libm.InverseHalfPi), DoubleLanes256.Doubles(Libm.ToInteger));
        Vector256<double> n = DoubleLanes256.Subtract(shifted, DoubleLanes256.Doubles(Libm.ToInteger));
        Vector256<double> y = DoubleLanes256.NegatedMultiplyAdd(n, DoubleLanes256.Doubles(Libm.HalfPi2), DoubleLanes256.NegatedMultiplyAdd(n, DoubleLanes256.Doubles(Libm.HalfPi1), x));
        Vector256<double> b = DoubleLanes256.NegatedMultiplyAdd(n, DoubleLanes256.Doubles(Libm.HalfPi3), y);
        Vector256<double> a = DoubleLanes256.NegatedMultiplyAdd(n, DoubleLanes256.Doubles(Libm.HalfPi4), b);
        Vector256<double> low = DoubleLanes256.Add(
            DoubleLanes256.NegatedMultiplyAdd(n, DoubleLanes256.Doubles(Libm.HalfPi3), DoubleLanes256.Subtract(y, b)),
            DoubleLanes256.NegatedMultiplyAdd(n, DoubleLanes256.Doubles(Libm.HalfPi4), DoubleLanes256.Subtract(b, a)));

        Vector256<double> rest = DoubleLanes256.Subtract(x, DoubleLanes256.Doubles(Libm.HalfPi));
        Vector256<double> sum = DoubleLanes256.Subtract(rest, DoubleLanes256.Doubles(Libm.HalfPiRest));
        Vector256<double> lowOfSum = DoubleLanes256.Subtract(DoubleLanes256.Subtract(rest, sum), DoubleLanes256.Doubles(Libm.HalfPiRest));

        Vector256<double> zero = DoubleLanes256.Doubles(0);
        Vector256<double> s = Sine(DoubleLanes256.Select(direct, x, DoubleLanes256.Select(middle, sum, a)), DoubleLanes256.Select(direct, zero, DoubleLanes256.Select(middle, lowOfSum, low)), ref rows);
        Vector256<double> c = Cosine(DoubleLanes256.Select(direct, x, DoubleLanes256.Select(middle, rest, a)), DoubleLanes256.Select(direct, zero, DoubleLanes256.Select(middle, DoubleLanes256.Doubles(-Libm.HalfPiRest), low)), ref rows);

        Vector256<ulong> quadrant = DoubleLanes256.BitsOf(DoubleLanes256.Select(direct, zero, DoubleLanes256.Select(middle, DoubleLanes256.DoublesOf(DoubleLanes256.Longs(1)), shifted)));
        Vector256<ulong> odd = DoubleLanes256.Subtract(DoubleLanes256.Longs(0), DoubleLanes256.And(quadrant, DoubleLanes256.Longs(1)));
        sine = Negated(DoubleLanes256.Select(odd, c, s), DoubleLanes256.ShiftLeft(quadrant, 62));
        cosine = Negated(DoubleLanes256.Select(odd, s, c), DoubleLanes256.ShiftLeft(DoubleLanes256.Add(quadrant, DoubleLanes256.Longs(1)), 62));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Sine(Vector256<double> x, Vector256<double> low, ref double rows)
    {
        Vector256<double> magnitude = DoubleLanes256.DoublesOf(DoubleLanes256.And(DoubleLanes256.BitsOf(x), DoubleLanes256.Longs(~SignBit)));
        Vector256<double> tableSine = SineByTable(x, magnitude, low, ref rows);
        Vector256<ulong> small = DoubleLanes256.LessThan(magnitude, DoubleLanes256.Doubles(Libm.SinCosTaylor));
        Vector256<double> square = DoubleLanes256.Multiply(x, x);
        Vector256<double> p = DoubleLanes256.MultiplyAdd(square, DoubleLanes256.Doubles(Libm.SinTaylor[4]), DoubleLanes256.Doubles(Libm.SinTaylor[3]));
        p = DoubleLanes256.MultiplyAdd(square, p, DoubleLanes256.Doubles(Libm.SinTaylor[2]));
        p = DoubleLanes256.MultiplyAdd(square, p, DoubleLanes256.Doubles(Libm.SinTaylor[1]));
        p = DoubleLanes256.MultiplyAdd(square, p, DoubleLanes256.Doubles(Libm.SinTaylor[0]));
        Vector256<double> taylor = DoubleLanes256.Add(x, DoubleLanes256.MultiplyAdd(square, DoubleLanes256.MultiplyAdd(p, x, DoubleLanes256.Multiply(DoubleLanes256.Doubles(-0.5), low)), low));
        return DoubleLanes256.Select(small, taylor, tableSine);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> SineByTable(Vector256<double> x, Vector256<double> magnitude, Vector256<double> low, ref double rows)
    {
        Vector256<ulong> sign = DoubleLanes256.And(DoubleLanes256.BitsOf(x), DoubleLanes256.Longs(SignBit));
        low = Negated(low, sign);
        Vector256<double> u = DoubleLanes256.Add(magnitude, DoubleLanes256.Doubles(Libm.ToRow));
        Vector256<double> r = DoubleLanes256.Subtract(magnitude, DoubleLanes256.Subtract(u, DoubleLanes256.Doubles(Libm.ToRow)));
        Row(u, ref rows, out Vector256<double> sine0, out Vector256<double> sineRest, out Vector256<double> cosine0, out Vector256<double> cosineRest);
        Vector256<double> r2 = DoubleLanes256.Multiply(r, r);
        Vector256<double> sine = DoubleLanes256.Add(r, DoubleLanes256.MultiplyAdd(DoubleLanes256.Multiply(r, r2), DoubleLanes256.MultiplyAdd(r2, DoubleLanes256.Doubles(Libm.Sin5), DoubleLanes256.Doubles(Libm.Sin3)), low));
        Vector256<double> cosine = DoubleLanes256.MultiplyAdd(r, low, OneLessCosine(r2));
        Vector256<double> rest = DoubleLanes256.NegatedMultiplyAdd(cosine, sine0, DoubleLanes256.MultiplyAdd(cosineRest, sine, sineRest));
        return DoubleLanes256.DoublesOf(DoubleLanes256.Or(DoubleLanes256.BitsOf(DoubleLanes256.Add(sine0, DoubleLanes256.MultiplyAdd(sine, cosine0, rest))), sign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Cosine(Vector256<double> x, Vector256<double> low, ref double rows)
    {
        Vector256<double> magnitude = DoubleLanes256.DoublesOf(DoubleLanes256.And(DoubleLanes256.BitsOf(x), DoubleLanes256.Longs(~SignBit)));
        low = Negated(low, DoubleLanes256.BitsOf(x));
        Vector256<double> u = DoubleLanes256.Add(magnitude, DoubleLanes256.Doubles(Libm.ToRow));
        Vector256<double> r = DoubleLanes256.Add(DoubleLanes256.Subtract(magnitude, DoubleLanes256.Subtract(u, DoubleLanes256.Doubles(Libm.ToRow))), low);
        Row(u, ref rows, out Vector256<double> sine0, out Vector256<double> sineRest, out Vector256<double> cosine0, out Vector256<double> cosineRest);
        Vector256<double> r2 = DoubleLanes256.Multiply(r, r);
        Vector256<double> sine = DoubleLanes256.MultiplyAdd(DoubleLanes256.Multiply(r, r2), DoubleLanes256.MultiplyAdd(r2, DoubleLanes256.Doubles(Libm.Sin5), DoubleLanes256.Doubles(Libm.Sin3)), r);
        Vector256<double> rest = DoubleLanes256.NegatedMultiplyAdd(OneLessCosine(r2), cosine0, DoubleLanes256.NegatedMultiplyAdd(sine, sineRest, cosineRest));
        return DoubleLanes256.Add(cosine0, DoubleLanes256.NegatedMultiplyAdd(sine, sine0, rest));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> OneLessCosine(Vector256<double> r2)
        => DoubleLanes256.Multiply(r2, DoubleLanes256.MultiplyAdd(r2, DoubleLanes256.MultiplyAdd(r2, DoubleLanes256.Doubles(Libm.Cos6), DoubleLanes256.Doubles(Libm.Cos4)), DoubleLanes256.Doubles(Libm.Cos2)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Row(Vector256<double> u, ref double rows, out Vector256<double> sine0, out Vector256<double> sineRest, out Vector256<double> cosine0, out Vector256<double> cosineRest)
        => DoubleLanes256.Rows4(ref rows, DoubleLanes256.And(DoubleLanes256.BitsOf(u), DoubleLanes256.Longs(0x7F)), out sine0, out sineRest, out cosine0, out cosineRest);

    /// <summary>Other signs where the highest bit of <paramref name="sign"/> is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Negated(Vector256<double> x, Vector256<ulong> sign) => DoubleLanes256.DoublesOf(DoubleLanes256.Xor(DoubleLanes256.BitsOf(x), DoubleLanes256.And(sign, DoubleLanes256.Longs(SignBit))));
}
