using System.Numerics;

namespace TorchInit;

static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The first n columns of Q, from the output of <see cref="Geqrf"/>.</summary>
    /// <param name="a">m × n, m ≥ n: the reflectors below the diagonal; overwritten by Q.</param>
    /// <param name="tau">The τ of the reflectors.</param>
    /// <param name="variant">The same as for <see cref="Geqrf"/>.</param>
    public static void Orgqr(ColumnMajor<T> a, ReadOnlySpan<T> tau, LapackVariant variant)
    {
        int m = a.Rows, n = a.Columns;
        T[] work = new T[n * BlockSize];
        ColumnMajor<T> triangle = new(new T[BlockSize * BlockSize], BlockSize, BlockSize, BlockSize);
        int last = 0, blocked = 0; // where the last block starts, and how many columns the blocks hold
        if (n > Crossover)
        {
            last = (n - Crossover - 1) / BlockSize * BlockSize;
            blocked = last + BlockSize;
            for (int j = blocked; j < n; j++) { a.Column(j)[..blocked].Clear(); }
        }

        Org2r(a.From(blocked, blocked), tau[blocked..], work, variant);
        for (int i = last; i >= 0 && blocked > 0; i -= BlockSize)
        {
            ColumnMajor<T> panel = a.Window(i, i, m - i, BlockSize);
            Larft(panel, tau[i..], triangle, variant);
            int rest = n - i - BlockSize;
            Larfb(transpose: false, panel, triangle, a.From(i, i + BlockSize), new(work, rest, BlockSize, n));
            Org2r(panel, tau[i..], work, variant);
            for (int j = i; j < i + BlockSize; j++) { a.Column(j)[..i].Clear(); }
        }
    }

    /// <summary><see cref="Orgqr"/> one reflector at a time, last first.</summary>
    static void Org2r(ColumnMajor<T> a, ReadOnlySpan<T> tau, Span<T> work, LapackVariant variant)
    {
        for (int i = a.Columns - 1; i >= 0; i--)
        {
            if (i < a.Columns - 1)
            {
                a[i, i] = T.One;
                Larf(a.Column(i, from: i), tau[i], a.From(i, i + 1), work, variant);
            }

            Scal(-tau[i], a.Column(i, from: i + 1));
            a[i, i] = T.One - tau[i];
            a.Column(i)[..i].Clear();
        }
    }
}
