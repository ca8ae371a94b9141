using System.Numerics;

namespace TorchInit;

static partial class Lapack<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // ilaenv's answers for geqrf and orgqr: columns per block, and how many columns are left to the unblocked code at the end.
    const int BlockSize = 32;
    const int Crossover = 128;

    /// <summary>A = Q R: R on and above the diagonal of <paramref name="a"/>, the reflectors whose product is Q below it.</summary>
    /// <param name="a">m × n, m ≥ n.</param>
    /// <param name="tau">n elements; the τ of the reflectors.</param>
    /// <param name="variant">How one reflector is applied.</param>
    public static void Geqrf(ColumnMajor<T> a, Span<T> tau, LapackVariant variant)
    {
        int m = a.Rows, n = a.Columns, i = 0;
        T[] work = new T[n * BlockSize];
        ColumnMajor<T> triangle = new(new T[BlockSize * BlockSize], BlockSize, BlockSize, BlockSize);
        for (; i < n - Crossover; i += BlockSize) // no blocks with at most 128 columns
        {
            ColumnMajor<T> panel = a.Window(i, i, m - i, BlockSize);
            Geqr2(panel, tau[i..], work, variant);
            Larft(panel, tau[i..], triangle, variant);
            int rest = n - i - BlockSize;
            Larfb(transpose: true, panel, triangle, a.From(i, i + BlockSize), new(work, rest, BlockSize, n));
        }

        Geqr2(a.From(i, i), tau[i..], work, variant);
    }

    /// <summary><see cref="Geqrf"/> one reflector at a time.</summary>
    static void Geqr2(ColumnMajor<T> a, Span<T> tau, Span<T> work, LapackVariant variant)
    {
        for (int i = 0; i < a.Columns; i++)
        {
            tau[i] = Larfg(ref a[i, i], a.Column(i, from: i + 1));
            if (i == a.Columns - 1) { break; }
            T diagonal = a[i, i];
            a[i, i] = T.One;
            Larf(a.Column(i, from: i), tau[i], a.From(i, i + 1), work, variant);
            a[i, i] = diagonal;
        }
    }
}
