using System.Numerics;

namespace TorchInit;

static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Squares of numbers in [Small, Big] neither overflow nor lose bits; other numbers are scaled by a power of two first.
    static readonly T s_small = T.ScaleB(T.One, IsSingle ? -63 : -511);
    static readonly T s_big = T.ScaleB(T.One, IsSingle ? 52 : 486);
    static readonly T s_scaleUp = T.ScaleB(T.One, IsSingle ? 75 : 537);
    static readonly T s_scaleDown = T.ScaleB(T.One, IsSingle ? -76 : -538);

    /// <summary>√(Σ xᵢ²) without overflow: Blue's three sums, as in <c>nrm2.f90</c> since LAPACK 3.10.</summary>
    /// <remarks>For numbers of ordinary size this is the plain sum of squares; earlier versions scaled by the largest number, which gives
    /// other bits.</remarks>
    static T Nrm2(ReadOnlySpan<T> x)
    {
        T small = T.Zero, medium = T.Zero, big = T.Zero;
        bool noneBig = true;
        foreach (T element in x)
        {
            T magnitude = T.Abs(element);
            if (magnitude > s_big)
            {
                T scaled = magnitude * s_scaleDown;
                big += scaled * scaled;
                noneBig = false;
            }
            else if (magnitude < s_small)
            {
                if (noneBig)
                {
                    T scaled = magnitude * s_scaleUp;
                    small += scaled * scaled;
                }
            }
            else
            {
                medium += magnitude * magnitude;
            }
        }

        if (big > T.Zero)
        {
            if (medium > T.Zero) { big += medium * s_scaleDown * s_scaleDown; }
            return T.One / s_scaleDown * T.Sqrt(big);
        }

        if (!(small > T.Zero)) { return T.Sqrt(medium); }
        if (!(medium > T.Zero)) { return T.One / s_scaleUp * T.Sqrt(small); }
        T a = T.Sqrt(medium), b = T.Sqrt(small) / s_scaleUp;
        (T low, T high) = b > a ? (a, b) : (b, a);
        T ratio = low / high;
        return T.Sqrt(high * high * (T.One + (ratio * ratio)));
    }

    /// <summary>√(x² + y²) without overflow.</summary>
    static T Lapy2(T x, T y)
    {
        x = T.Abs(x);
        y = T.Abs(y);
        (T low, T high) = x > y ? (y, x) : (x, y);
        if (T.IsZero(low)) { return high; }
        T ratio = low / high;
        return high * T.Sqrt(T.One + (ratio * ratio));
    }
}
