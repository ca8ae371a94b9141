using System.Numerics;

namespace TorchInit;

static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>C := H C for the reflector H = I − τ v vᵀ.</summary>
    /// <param name="v">The reflector; v₀ is 1.</param>
    /// <param name="tau">τ.</param>
    /// <param name="c">As many rows as v has elements.</param>
    /// <param name="work">At least as many elements as c has columns.</param>
    /// <param name="variant">Whether v₀ takes part in the products or is applied separately.</param>
    static void Larf(ReadOnlySpan<T> v, T tau, ColumnMajor<T> c, Span<T> work, LapackVariant variant)
    {
        if (T.IsZero(tau)) { return; }
        v = v[..LengthWithoutZeros(v)];
        int columns = c.Columns; // without trailing columns that are zero in v's rows
        while (columns > 0 && c.Column(columns - 1)[..v.Length].IndexOfAnyExcept(T.Zero) < 0) { columns--; }

        if (variant == LapackVariant.Reference312)
        {
            Larf1f(v, tau, c, work[..columns]);
            return;
        }

        for (int j = 0; j < columns; j++) { work[j] = Dot(v, c.Column(j)); }
        for (int j = 0; j < columns; j++) { Ger(tau, work[j], v, c.Column(j)); }
    }

    /// <summary>The same with v₀ = 1 applied separately, as in LAPACK since 3.12.1: the first row's term comes last in each
    /// product.</summary>
    static void Larf1f(ReadOnlySpan<T> v, T tau, ColumnMajor<T> c, Span<T> work)
    {
        if (v.Length == 1)
        {
            for (int j = 0; j < work.Length; j++) { c[0, j] = (T.One - tau) * c[0, j]; }
            return;
        }

        v = v[1..];
        for (int j = 0; j < work.Length; j++) { work[j] = Dot(v, c.Column(j, from: 1)) + c[0, j]; }
        for (int j = 0; j < work.Length; j++)
        {
            c[0, j] += -tau * work[j];
            Ger(tau, work[j], v, c.Column(j, from: 1));
        }
    }

    /// <summary>column −= τ · dot · v like BLAS <c>ger</c>, which skips a column if the dot product is zero.</summary>
    static void Ger(T tau, T dot, ReadOnlySpan<T> v, Span<T> column)
    {
        if (!T.IsZero(dot)) { Axpy(-tau * dot, v, column); }
    }
}
