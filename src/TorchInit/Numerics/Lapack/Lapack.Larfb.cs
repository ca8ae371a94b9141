using System.Numerics;

namespace TorchInit;

static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>C := (I − V T Vᵀ) C, or with Tᵀ: applies a block of reflectors at once.</summary>
    /// <param name="transpose">Whether T is transposed, which reverses the order of the reflectors.</param>
    /// <param name="v">The reflectors, one per column; V₁ is the unit lower triangle at the top, V₂ the rest.</param>
    /// <param name="t">The triangle of <see cref="Larft"/>.</param>
    /// <param name="c">As many rows as v; C₁ are the first k, C₂ the rest.</param>
    /// <param name="w">Scratch: as many rows as c has columns, as many columns as v.</param>
    static void Larfb(bool transpose, ColumnMajor<T> v, ColumnMajor<T> t, ColumnMajor<T> c, ColumnMajor<T> w)
    {
        int k = v.Columns;
        for (int j = 0; j < k; j++) // W := C₁ᵀ
        {
            Span<T> column = w.Column(j);
            for (int i = 0; i < column.Length; i++) { column[i] = c[j, i]; }
        }

        for (int j = 0; j < k; j++) // W := W V₁
        {
            for (int l = j + 1; l < k; l++) { Add(v[l, j], w, l, j); }
        }

        for (int j = 0; j < k && v.Rows > k; j++) // W += C₂ᵀ V₂
        {
            Span<T> column = w.Column(j);
            ReadOnlySpan<T> reflector = v.Column(j, from: k);
            for (int i = 0; i < column.Length; i++) { column[i] = Dot(c.Column(i, from: k), reflector) + column[i]; }
        }

        if (transpose) { TimesUpper(w, t); } else { TimesUpperTransposed(w, t); }

        for (int i = 0; i < c.Columns && v.Rows > k; i++) // C₂ −= V₂ Wᵀ
        {
            for (int l = 0; l < k; l++) { Axpy(-w[i, l], v.Column(l, from: k), c.Column(i, from: k)); }
        }

        for (int l = k - 1; l >= 0; l--) // W := W V₁ᵀ
        {
            for (int j = l + 1; j < k; j++) { Add(v[j, l], w, l, j); }
        }

        for (int j = 0; j < k; j++) // C₁ −= Wᵀ
        {
            ReadOnlySpan<T> column = w.Column(j);
            for (int i = 0; i < column.Length; i++) { c[j, i] -= column[i]; }
        }
    }

    /// <summary>W := W T.</summary>
    static void TimesUpper(ColumnMajor<T> w, ColumnMajor<T> t)
    {
        for (int j = w.Columns - 1; j >= 0; j--)
        {
            Scal(t[j, j], w.Column(j));
            for (int l = 0; l < j; l++) { Add(t[l, j], w, l, j); }
        }
    }

    /// <summary>W := W Tᵀ.</summary>
    static void TimesUpperTransposed(ColumnMajor<T> w, ColumnMajor<T> t)
    {
        for (int l = 0; l < w.Columns; l++)
        {
            for (int j = 0; j < l; j++) { Add(t[j, l], w, l, j); }
            Scal(t[l, l], w.Column(l));
        }
    }

    /// <summary>Column <paramref name="to"/> of W += factor · column <paramref name="from"/>; skipped if the factor is zero, as in
    /// <c>trmm</c>.</summary>
    static void Add(T factor, ColumnMajor<T> w, int from, int to)
    {
        if (!T.IsZero(factor)) { Axpy(factor, w.Column(from), w.Column(to)); }
    }
}
