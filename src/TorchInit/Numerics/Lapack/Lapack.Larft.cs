using System.Numerics;

namespace TorchInit;

static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The upper triangle T of a block of reflectors, H₁ H₂ … Hₖ = I − V T Vᵀ: column by column.</summary>
    /// <param name="v">The reflectors, one per column, below the diagonal; the 1 is implied.</param>
    /// <param name="tau">Their τ.</param>
    /// <param name="t">k × k; its upper triangle is written.</param>
    /// <param name="variant">Since LAPACK 3.12.1 this uses <see cref="LarftRecursive"/>.</param>
    static void Larft(ColumnMajor<T> v, ReadOnlySpan<T> tau, ColumnMajor<T> t, LapackVariant variant)
    {
        if (variant == LapackVariant.Reference312)
        {
            LarftRecursive(v, tau, t);
            return;
        }

        int longest = v.Rows;
        for (int i = 0; i < v.Columns; i++)
        {
            longest = Math.Max(longest, i + 1);
            if (T.IsZero(tau[i]))
            {
                t.Column(i)[..(i + 1)].Clear();
                continue;
            }

            Span<T> below = v.Column(i, from: i + 1);
            int length = LengthWithoutZeros(below);
            Span<T> column = t.Column(i)[..i];
            int common = Math.Min(length, longest - (i + 1));
            for (int j = 0; j < i; j++)
            {
                T first = -tau[i] * v[i, j];
                column[j] = first + (-tau[i] * Dot(below[..common], v.Column(j, from: i + 1)));
            }

            for (int j = 0; j < i; j++) // column := T · column, with the finished part of T
            {
                if (T.IsZero(column[j])) { continue; }
                Axpy(column[j], t.Column(j)[..j], column);
                column[j] *= t[j, j];
            }

            t[i, i] = tau[i];
            int end = i + 1 + length;
            longest = i > 0 ? Math.Max(longest, end) : end;
        }
    }
}
