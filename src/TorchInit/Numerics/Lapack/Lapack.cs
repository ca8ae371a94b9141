using System.Numerics;

namespace TorchInit;

/// <summary>
/// The routines of reference LAPACK and BLAS behind a QR decomposition, with their names and their order of operations: each product and
/// each sum is rounded, and a dot product runs from the first element to the last. That order decides the bits, so nothing here may be
/// regrouped. The numbers are finite; indices count from 0.
/// </summary>
static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // a property, not a field: fields of the other parts are initialised from it, in an order that C# does not define
    static bool IsSingle => typeof(T) == typeof(float);

    /// <summary>y += α x.</summary>
    static void Axpy(T alpha, ReadOnlySpan<T> x, Span<T> y)
    {
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++) { y[i] += alpha * x[i]; }
    }

    /// <summary>Σ xᵢ yᵢ, in order, from 0.</summary>
    static T Dot(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        y = y[..x.Length];
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++) { sum += x[i] * y[i]; }
        return sum;
    }

    /// <summary>x *= α.</summary>
    static void Scal(T alpha, Span<T> x)
    {
        for (int i = 0; i < x.Length; i++) { x[i] = alpha * x[i]; }
    }

    /// <summary>The length of x without trailing zeros.</summary>
    static int LengthWithoutZeros(ReadOnlySpan<T> x)
    {
        int length = x.Length;
        while (length > 0 && T.IsZero(x[length - 1])) { length--; }
        return length;
    }
}
