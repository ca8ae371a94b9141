using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>The vector twin of <see cref="Philox"/>: draws of consecutive threads, for some counters.</summary>
static class PhiloxKernel
{
    /// <summary>Threads at a time: few, so that memory absorbs their stores while the next ones are computed.</summary>
    public const int Most = 64;

    /// <summary>Counters at a time: they share what depends only on the thread in the first two rounds.</summary>
    public const int MostCounters = 4;

    /// <summary>Fills rows: word k of the draws of counter j starts at (4·j + k) · <paramref name="row"/>.</summary>
    /// <param name="draws">The draws; up to <see cref="MostCounters"/> counters.</param>
    /// <param name="keys">The keys of their seed.</param>
    /// <param name="rows">The target.</param>
    /// <param name="row">The distance between rows.</param>
    /// <param name="op">Maps each word.</param>
    /// <param name="width">Which twin.</param>
    /// <returns>The number of threads done: whole vectors of them; with the scalar twin, all.</returns>
    public static int Fill<TOperator>(PhiloxDraws draws, PhiloxKeys keys, Span<uint> rows, int row, in TOperator op, VectorWidth width)
        where TOperator : struct, IPhiloxOperator
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(draws.Count, MostCounters);
        if (draws.Threads == 0) { return 0; }
        rows = rows[..((4 * draws.Count - 1) * row + draws.Threads)];
        switch (width)
        {
            case VectorWidth.Bits512:
                return Fill<Lanes512, Vector512<float>, Vector512<uint>, TOperator>(draws, keys, rows, row, in op);
            case VectorWidth.Bits256:
                return Fill<Lanes256, Vector256<float>, Vector256<uint>, TOperator>(draws, keys, rows, row, in op);
            case VectorWidth.Bits128:
                return Fill<Lanes128, Vector128<float>, Vector128<uint>, TOperator>(draws, keys, rows, row, in op);
            default:
                FillOneByOne(draws, 0, rows, row, op);
                return draws.Threads;
        }
    }

    /// <summary>The scalar twin, starting at a thread.</summary>
    public static void FillOneByOne<TOperator>(PhiloxDraws draws, int first, Span<uint> rows, int row, TOperator op)
        where TOperator : struct, IPhiloxOperator
    {
        for (int j = 0; j < draws.Count; j++)
        {
            for (int i = first; i < draws.Threads; i++)
            {
                PhiloxWords words = Philox.Words(draws.Seed, draws.Counter + (uint)j, draws.Thread + (uint)i);
                for (int k = 0; k < 4; k++) { rows[(4 * j + k) * row + i] = op.Invoke(words[k]); }
            }
        }
    }

    // Words lie in the even 32-bit lanes; multiplications ignore the odd ones. Draws of even threads are in one vector, those of odd
    // threads in another. Round 1 knows the counter, and round 2 half of round 1's result, so each needs one multiplication less, and the
    // other one depends on the thread alone.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Fill<TLanes, TFloats, TWords, TOperator>(PhiloxDraws draws, PhiloxKeys keys, Span<uint> rows, int row, in TOperator op)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
        where TOperator : struct, IPhiloxOperator
    {
        ref uint target = ref MemoryMarshal.GetReference(rows);
        Span<uint> constants = stackalloc uint[3 * MostCounters];
        Constants(draws, constants);
        ref uint key = ref keys.Round(2);
        TWords key1 = TLanes.Words((uint)(draws.Counter >> 32) ^ (uint)draws.Seed);
        TWords m0 = TLanes.Words(Philox.Multiplier0), m1 = TLanes.Words(Philox.Multiplier1);
        nuint step = (nuint)row;
        // The first vector is followed by one at the next cache-line boundary: stores across a boundary cost more than computing a vector
        // twice.
        int lead = CacheLine.WordsBefore(ref target) % TLanes.Count, next = lead == 0 ? TLanes.Count : lead, i = 0;
        for (; i <= draws.Threads - TLanes.Count; i = next, next += TLanes.Count)
        {
            TWords threads = TLanes.Add(TLanes.Words(draws.Thread + (uint)i), TLanes.Indices);
            TWords evenB = TLanes.MultiplyEven(threads, m1), oddB = TLanes.MultiplyEven(TLanes.OddLanes(threads), m1);
            TWords evenA = TLanes.MultiplyEven(TLanes.Xor(TLanes.OddLanes(evenB), key1), m0);
            TWords oddA = TLanes.MultiplyEven(TLanes.Xor(TLanes.OddLanes(oddB), key1), m0);
            TWords evenHigh = TLanes.OddLanes(evenA), oddHigh = TLanes.OddLanes(oddA);
            nuint place = (nuint)i;
            ref uint own = ref MemoryMarshal.GetReference(constants);
            for (int j = draws.Count; j > 0; j--)
            {
                TWords low = TLanes.Words(own), high = TLanes.Words(Unsafe.Add(ref own, 1));
                TWords even0 = TLanes.Xor(evenB, low), odd0 = TLanes.Xor(oddB, low);
                TWords even1 = TLanes.Words(Unsafe.Add(ref own, 2)), odd1 = even1;
                TWords even2 = TLanes.Xor(evenHigh, high), odd2 = TLanes.Xor(oddHigh, high);
                TWords even3 = evenA, odd3 = oddA;
                own = ref Unsafe.Add(ref own, 3);
                // The shuffled product is the last operand: all others are there before it.
                for (nuint round = 0; round < 2 * PhiloxKeys.Lanes * (Philox.Rounds - 2); round += 4 * PhiloxKeys.Lanes)
                {
                    ref uint k = ref Unsafe.Add(ref key, round);
                    (low, high) = (TLanes.Load(ref k, 0), TLanes.Load(ref k, PhiloxKeys.Lanes));
                    TWords a = TLanes.MultiplyEven(even0, m0), b = TLanes.MultiplyEven(even2, m1);
                    TWords c = TLanes.MultiplyEven(odd0, m0), d = TLanes.MultiplyEven(odd2, m1);
                    even0 = TLanes.Xor(TLanes.Xor(even1, low), TLanes.OddLanes(b));
                    even2 = TLanes.Xor(TLanes.Xor(even3, high), TLanes.OddLanes(a));
                    odd0 = TLanes.Xor(TLanes.Xor(odd1, low), TLanes.OddLanes(d));
                    odd2 = TLanes.Xor(TLanes.Xor(odd3, high), TLanes.OddLanes(c));
                    (low, high) = (TLanes.Load(ref k, 2 * PhiloxKeys.Lanes), TLanes.Load(ref k, 3 * PhiloxKeys.Lanes));
                    even3 = TLanes.MultiplyEven(even0, m0);
                    even1 = TLanes.MultiplyEven(even2, m1);
                    odd3 = TLanes.MultiplyEven(odd0, m0);
                    odd1 = TLanes.MultiplyEven(odd2, m1);
                    even0 = TLanes.Xor(TLanes.Xor(b, low), TLanes.OddLanes(even1));
                    even2 = TLanes.Xor(TLanes.Xor(a, high), TLanes.OddLanes(even3));
                    odd0 = TLanes.Xor(TLanes.Xor(d, low), TLanes.OddLanes(odd1));
                    odd2 = TLanes.Xor(TLanes.Xor(c, high), TLanes.OddLanes(odd3));
                }
                TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(TLanes.Interleave(even0, odd0)), ref target, place);
                TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(TLanes.Interleave(even1, odd1)), ref target, place + step);
                TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(TLanes.Interleave(even2, odd2)), ref target, place + 2 * step);
                TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(TLanes.Interleave(even3, odd3)), ref target, place + 3 * step);
                place += 4 * step;
            }
        }
        return i;
    }

    /// <summary>For each counter the words that round 2 gives without the thread.</summary>
    static void Constants(PhiloxDraws draws, Span<uint> constants)
    {
        (uint k0, uint k1) = ((uint)draws.Seed, (uint)(draws.Seed >> 32));
        for (int j = 0; j < draws.Count; j++)
        {
            ulong first = (ulong)Philox.Multiplier0 * (uint)(draws.Counter + (uint)j);
            ulong second = (ulong)Philox.Multiplier1 * ((uint)(first >> 32) ^ k1);
            Span<uint> own = constants[(3 * j)..];
            own[0] = (uint)(second >> 32) ^ unchecked(k0 + Philox.Weyl0);
            own[1] = (uint)first ^ unchecked(k1 + Philox.Weyl1);
            own[2] = (uint)second;
        }
    }
}
