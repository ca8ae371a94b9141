using System.Numerics;

namespace TorchInit;

static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The triangle of <see cref="Larft"/> computed by halves, as since LAPACK 3.12.1: T₁₂ = −T₁₁ V₁ᵀ V₂ T₂₂.</summary>
    /// <param name="v">The reflectors, one per column, below the diagonal; the 1 is implied.</param>
    /// <param name="tau">Their τ.</param>
    /// <param name="t">k × k; its upper triangle is written.</param>
    static void LarftRecursive(ColumnMajor<T> v, ReadOnlySpan<T> tau, ColumnMajor<T> t)
    {
        int n = v.Rows, k = v.Columns, half = k / 2, rest = k - half;
        if (k == 1)
        {
            t[0, 0] = tau[0];
            return;
        }

        ColumnMajor<T> v22 = v.From(half, half), t22 = t.Window(half, half, rest, rest), t12 = t.Window(0, half, half, rest);
        LarftRecursive(v.Window(0, 0, n, half), tau, t);
        LarftRecursive(v22, tau[half..], t22);

        for (int j = 0; j < rest; j++) // T₁₂ := V₂₁ᵀ, V₂₁ is the rows of V₁ beside V₂₂'s triangle
        {
            for (int i = 0; i < half; i++) { t12[i, j] = v[half + j, i]; }
        }

        for (int j = 0; j < rest; j++) // T₁₂ := T₁₂ V₂₂
        {
            for (int l = j + 1; l < rest; l++) { Add(v22[l, j], t12, l, j); }
        }

        for (int j = 0; j < rest && n > k; j++) // T₁₂ += V₃₁ᵀ V₃₂, the rows below
        {
            for (int i = 0; i < half; i++) { t12[i, j] = Dot(v.Column(i, from: k), v.Column(half + j, from: k)) + t12[i, j]; }
        }

        for (int j = 0; j < rest; j++) // T₁₂ := −T₁₁ T₁₂
        {
            Span<T> column = t12.Column(j);
            for (int l = 0; l < half; l++)
            {
                if (T.IsZero(column[l])) { continue; }
                T factor = -column[l];
                Axpy(factor, t.Column(l)[..l], column);
                column[l] = factor * t[l, l];
            }
        }

        TimesUpper(t12, t22);
    }
}
