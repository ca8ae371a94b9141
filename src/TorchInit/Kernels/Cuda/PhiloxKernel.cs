using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>The vector twin of <see cref="Philox"/>: draws of threads that follow each other, of one counter.</summary>
static class PhiloxKernel
{
    /// <summary>Draws at once: 8 KB of words, which stay in the first cache.</summary>
    public const int Most = 512;

    /// <summary>Fills four rows of words, one of a draw in each.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="counter">Of all draws.</param>
    /// <param name="thread">The first draw's subsequence; the last one's is below 2³².</param>
    /// <param name="rows">The four rows, each <see cref="Most"/> words; whole vectors are written.</param>
    /// <param name="count">How many draws, up to <see cref="Most"/>.</param>
    /// <param name="width">Which twin.</param>
    public static void Fill(ulong seed, ulong counter, uint thread, Span<uint> rows, int count, VectorWidth width)
    {
        rows = rows[..(4 * Most)];
        switch (width)
        {
            case VectorWidth.Bits512: Fill<Lanes512, Vector512<float>, Vector512<uint>>(seed, counter, thread, rows, count); break;
            case VectorWidth.Bits256: Fill<Lanes256, Vector256<float>, Vector256<uint>>(seed, counter, thread, rows, count); break;
            case VectorWidth.Bits128: Fill<Lanes128, Vector128<float>, Vector128<uint>>(seed, counter, thread, rows, count); break;
            default:
                for (int i = 0; i < count; i++)
                {
                    PhiloxWords words = Philox.Words(seed, counter, thread + (uint)i);
                    (rows[i], rows[Most + i], rows[2 * Most + i], rows[3 * Most + i]) = (words.W0, words.W1, words.W2, words.W3);
                }
                break;
        }
    }

    // Words lie in the even lanes of 64 bits; what is left in the odd ones, products ignore. Draws of even threads in one vector, of odd
    // ones in another. Round 1 knows the counter and round 2 a half of its result, so that each has one product less.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Fill<TLanes, TFloats, TWords>(ulong seed, ulong counter, uint thread, Span<uint> rows, int count)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        ref uint target = ref MemoryMarshal.GetReference(rows);
        (uint k0, uint k1) = ((uint)seed, (uint)(seed >> 32));
        ulong first = (ulong)Philox.Multiplier0 * (uint)counter;
        uint c2 = (uint)(first >> 32) ^ k1;
        ulong second = (ulong)Philox.Multiplier1 * c2;
        TWords key1 = TLanes.Words((uint)(counter >> 32) ^ k0);
        TWords key2 = TLanes.Words((uint)(second >> 32) ^ unchecked(k0 + Philox.Weyl0));
        TWords key2High = TLanes.Words((uint)first ^ unchecked(k1 + Philox.Weyl1));
        TWords secondLow = TLanes.Words((uint)second);
        TWords m0 = TLanes.Words(Philox.Multiplier0), m1 = TLanes.Words(Philox.Multiplier1);
        Span<uint> keys = stackalloc uint[2 * Philox.Rounds];
        for (int round = 0; round < Philox.Rounds; round++)
        {
            keys[2 * round] = unchecked(k0 + (uint)round * Philox.Weyl0);
            keys[2 * round + 1] = unchecked(k1 + (uint)round * Philox.Weyl1);
        }
        ref uint key = ref MemoryMarshal.GetReference(keys);
        TWords threads = TLanes.Add(TLanes.Words(thread), TLanes.Indices);
        for (int i = 0; i < count; i += TLanes.Count)
        {
            TWords b = TLanes.MultiplyEven(threads, m1), d = TLanes.MultiplyEven(TLanes.OddLanes(threads), m1);
            TWords even0 = TLanes.Xor(TLanes.OddLanes(b), key1), odd0 = TLanes.Xor(TLanes.OddLanes(d), key1);
            TWords a = TLanes.MultiplyEven(even0, m0), c = TLanes.MultiplyEven(odd0, m0);
            even0 = TLanes.Xor(b, key2);
            odd0 = TLanes.Xor(d, key2);
            TWords even1 = secondLow, odd1 = secondLow;
            TWords even2 = TLanes.Xor(TLanes.OddLanes(a), key2High), odd2 = TLanes.Xor(TLanes.OddLanes(c), key2High);
            TWords even3 = a, odd3 = c;
            for (int round = 2; round < Philox.Rounds; round++)
            {
                TWords low = TLanes.Words(Unsafe.Add(ref key, 2 * round)), high = TLanes.Words(Unsafe.Add(ref key, 2 * round + 1));
                (a, b) = (TLanes.MultiplyEven(even0, m0), TLanes.MultiplyEven(even2, m1));
                (c, d) = (TLanes.MultiplyEven(odd0, m0), TLanes.MultiplyEven(odd2, m1));
                even0 = TLanes.Xor(TLanes.Xor(TLanes.OddLanes(b), even1), low);
                even2 = TLanes.Xor(TLanes.Xor(TLanes.OddLanes(a), even3), high);
                odd0 = TLanes.Xor(TLanes.Xor(TLanes.OddLanes(d), odd1), low);
                odd2 = TLanes.Xor(TLanes.Xor(TLanes.OddLanes(c), odd3), high);
                (even1, even3, odd1, odd3) = (b, a, d, c);
            }
            TLanes.Store(TLanes.Interleave(even0, odd0), ref target, (nuint)i);
            TLanes.Store(TLanes.Interleave(even1, odd1), ref target, (nuint)(Most + i));
            TLanes.Store(TLanes.Interleave(even2, odd2), ref target, (nuint)(2 * Most + i));
            TLanes.Store(TLanes.Interleave(even3, odd3), ref target, (nuint)(3 * Most + i));
            threads = TLanes.Add(threads, TLanes.Words((uint)TLanes.Count));
        }
    }
}
