using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>
/// Computes one early word of the stream for many consecutive seeds, and finds the seeds whose word lies in a range. Word i &lt; 227 of a
/// fresh stream needs words i, i + 1 and i + 397 of the seeded state, so a seed costs i + 397 steps of a linear congruence, one lane per
/// seed: 33 ns per seed at 512 bits, 57 at 256, 113 at 128, 785 scalar, at 2.8 GHz.
/// </summary>
static class SeededWordKernel
{
    /// <summary>Words from this index on need words that were already twisted.</summary>
    public const int Words = 227;

    const uint Multiplier = 1812433253;
    const int Middle = 397;

    // Vectors side by side, because each step waits 13 cycles for the one before it.
    const int Vectors = 4;

    /// <summary>Adds, in order, the seeds from <paramref name="first"/> on whose word is in the range.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">The number of seeds, a multiple of 64; first + count is at most 2³².</param>
    /// <param name="range">Its index is below 227.</param>
    /// <param name="found">Receives the seeds.</param>
    /// <param name="width">Which twin.</param>
    public static void Find(uint first, int count, WordRange range, List<uint> found, VectorWidth width)
    {
        switch (width)
        {
            case VectorWidth.Bits512: On<Lanes512, Vector512<float>, Vector512<uint>>.Find(first, count, range, found); break;
            case VectorWidth.Bits256: On<Lanes256, Vector256<float>, Vector256<uint>>.Find(first, count, range, found); break;
            case VectorWidth.Bits128: On<Lanes128, Vector128<float>, Vector128<uint>>.Find(first, count, range, found); break;
            default:
                for (int i = 0; i < count; i++)
                {
                    if (range.Holds(Word(first + (uint)i, (int)range.Index))) { found.Add(first + (uint)i); }
                }
                break;
        }
    }

    /// <summary>The scalar twin: word <paramref name="index"/> of a seed's stream.</summary>
    public static uint Word(uint seed, int index)
    {
        uint state = seed;
        (uint upper, uint lower) = (seed, 0);
        for (int j = 1; j <= index + Middle; j++)
        {
            state = Multiplier * (state ^ (state >> 30)) + (uint)j;
            if (j == index) { upper = state; }
            if (j == index + 1) { lower = state; }
        }
        return TwistScalar.Temper(state ^ TwistScalar.Step(upper, lower));
    }

    /// <summary>The vector twins, on lanes of any width.</summary>
    static class On<TLanes, TFloats, TWords>
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        public static void Find(uint first, int count, WordRange range, List<uint> found)
        {
            uint index = (uint)range.Index;
            Span<uint> states = stackalloc uint[Vectors * TLanes.Count], upper = stackalloc uint[states.Length],
                lower = stackalloc uint[states.Length];
            for (uint at = 0; at < (uint)count; at += (uint)states.Length)
            {
                for (int lane = 0; lane < states.Length; lane++) { states[lane] = first + at + (uint)lane; }
                Step(states, 1, index);
                states.CopyTo(upper);
                Step(states, index + 1, index + 1);
                states.CopyTo(lower);
                Step(states, index + 2, index + Middle);
                for (int lane = 0; lane < states.Length; lane += TLanes.Count)
                {
                    for (uint inside = Inside(upper, lower, states, (nuint)lane, range); inside != 0; inside &= inside - 1)
                    {
                        found.Add(first + at + (uint)(lane + BitOperations.TrailingZeroCount(inside)));
                    }
                }
            }
        }

        /// <summary>Steps <paramref name="from"/> to <paramref name="to"/> of the seeding. As a separate method, the JIT keeps all four
        /// vectors in registers (twice as fast).</summary>
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        static void Step(Span<uint> states, uint from, uint to)
        {
            ref uint s = ref MemoryMarshal.GetReference(states);
            nuint width = (nuint)TLanes.Count;
            TWords a = TLanes.Load(ref s, 0), b = TLanes.Load(ref s, width), c = TLanes.Load(ref s, 2 * width),
                d = TLanes.Load(ref s, 3 * width);
            TWords multiplier = TLanes.Words(Multiplier);
            for (uint step = from; step <= to; step++)
            {
                TWords j = TLanes.Words(step);
                a = TLanes.Add(TLanes.Multiply(TLanes.Xor(a, TLanes.ShiftRight(a, 30)), multiplier), j);
                b = TLanes.Add(TLanes.Multiply(TLanes.Xor(b, TLanes.ShiftRight(b, 30)), multiplier), j);
                c = TLanes.Add(TLanes.Multiply(TLanes.Xor(c, TLanes.ShiftRight(c, 30)), multiplier), j);
                d = TLanes.Add(TLanes.Multiply(TLanes.Xor(d, TLanes.ShiftRight(d, 30)), multiplier), j);
            }
            TLanes.Store(a, ref s, 0);
            TLanes.Store(b, ref s, width);
            TLanes.Store(c, ref s, 2 * width);
            TLanes.Store(d, ref s, 3 * width);
        }

        /// <summary>Which lanes' words are in the range, one bit per lane.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        static uint Inside(Span<uint> upper, Span<uint> lower, Span<uint> ahead, nuint at, WordRange range)
        {
            TWords twisted = TwistKernel.On<TLanes, TFloats, TWords>.Step(TLanes.Load(ref MemoryMarshal.GetReference(upper), at),
                TLanes.Load(ref MemoryMarshal.GetReference(lower), at), TLanes.Load(ref MemoryMarshal.GetReference(ahead), at));
            TWords distance = TLanes.And(TLanes.Subtract(TwistKernel.On<TLanes, TFloats, TWords>.Temper(twisted), TLanes.Words(range.Low)),
                TLanes.Words(range.Mask));
            return ~TLanes.HighestBits(TLanes.LessThan(TLanes.Words(range.Width), distance)) & (uint)((1UL << TLanes.Count) - 1);
        }
    }
}
