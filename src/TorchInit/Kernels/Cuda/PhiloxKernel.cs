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
        ref uint keys2 = ref keys.Round(2), keys4 = ref keys.Round(4), keys6 = ref keys.Round(6), keys8 = ref keys.Round(8);
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
                // Written out: in a loop, every word would move to another register.
                TwoRounds<TLanes, TFloats, TWords>(ref keys2, m0, m1, ref even0, ref even1, ref even2, ref even3);
                TwoRounds<TLanes, TFloats, TWords>(ref keys2, m0, m1, ref odd0, ref odd1, ref odd2, ref odd3);
                TwoRounds<TLanes, TFloats, TWords>(ref keys4, m0, m1, ref even0, ref even1, ref even2, ref even3);
                TwoRounds<TLanes, TFloats, TWords>(ref keys4, m0, m1, ref odd0, ref odd1, ref odd2, ref odd3);
                TwoRounds<TLanes, TFloats, TWords>(ref keys6, m0, m1, ref even0, ref even1, ref even2, ref even3);
                TwoRounds<TLanes, TFloats, TWords>(ref keys6, m0, m1, ref odd0, ref odd1, ref odd2, ref odd3);
                TwoRounds<TLanes, TFloats, TWords>(ref keys8, m0, m1, ref even0, ref even1, ref even2, ref even3);
                TwoRounds<TLanes, TFloats, TWords>(ref keys8, m0, m1, ref odd0, ref odd1, ref odd2, ref odd3);
                TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(TLanes.Interleave(even0, odd0)), ref target, place);
                TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(TLanes.Interleave(even1, odd1)), ref target, place + step);
                TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(TLanes.Interleave(even2, odd2)), ref target, place + 2 * step);
                TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(TLanes.Interleave(even3, odd3)), ref target, place + 3 * step);
                place += 4 * step;
            }
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void TwoRounds<TLanes, TFloats, TWords>(ref uint keys, TWords m0, TWords m1, ref TWords word0, ref TWords word1,
        ref TWords word2, ref TWords word3)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        // The shuffled product is the last operand: all others are there before it.
        TWords a = TLanes.MultiplyEven(word0, m0), b = TLanes.MultiplyEven(word2, m1);
        word0 = TLanes.Xor(TLanes.Xor(word1, TLanes.Load(ref keys, 0)), TLanes.OddLanes(b));
        word2 = TLanes.Xor(TLanes.Xor(word3, TLanes.Load(ref keys, PhiloxKeys.Lanes)), TLanes.OddLanes(a));
        word3 = TLanes.MultiplyEven(word0, m0);
        word1 = TLanes.MultiplyEven(word2, m1);
        word0 = TLanes.Xor(TLanes.Xor(b, TLanes.Load(ref keys, 2 * PhiloxKeys.Lanes)), TLanes.OddLanes(word1));
        word2 = TLanes.Xor(TLanes.Xor(a, TLanes.Load(ref keys, 3 * PhiloxKeys.Lanes)), TLanes.OddLanes(word3));
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
