using System.Collections.Concurrent;
using System.Numerics;

namespace TorchInit;

/// <summary>
/// Skips whole blocks of mt19937 in O(log n): the words obey a linear recurrence over GF(2) with a characteristic polynomial P of degree
/// 19937, so the block n words further on is x<sup>n</sup> mod P, read as "which of the next 19937 blocks to add". Reference: Haramoto,
/// Matsumoto, L'Ecuyer 2008, A Fast Jump Ahead Algorithm for Linear Recurrences in a Polynomial Space.
/// </summary>
/// <remarks>Only P is embedded. From its 135 terms x<sup>n</sup> takes one squaring per bit of n, 14 µs each. Stored polynomials would save
/// that for powers of two only; any other distance needs one of them per set bit, and applying one takes 130 µs.</remarks>
static class JumpAhead
{
    /// <summary>64-bit words of a polynomial of degree below P's.</summary>
    public const int Words = 312;

    const int Degree = 19937;
    const int MostKept = 64;

    // The terms of P below x¹⁹⁹³⁷, found from 2 · 19937 output bits by the Berlekamp–Massey algorithm. The gap of 623 below the leading
    // term lets the reduction work on whole vectors.
    static readonly int[] s_terms =
    [
        19314, 19087, 18860, 18691, 18633, 18406, 18237, 18179, 18068, 17952, 17841, 17783, 17725, 17498, 17445, 17329, 17271, 17160, 17044,
        16933, 16875, 16822, 16817, 16595, 16590, 16537, 16421, 16368, 16363, 16252, 16141, 16136, 16025, 15967, 15909, 15682, 15629, 15576,
        15513, 15455, 15349, 15344, 15228, 15117, 15059, 15006, 15001, 14953, 14779, 14774, 14721, 14605, 14552, 14547, 14436, 14325, 14320,
        14209, 14151, 14093, 13866, 13813, 13760, 13697, 13639, 13533, 13528, 13412, 13301, 13243, 13190, 13185, 13137, 12963, 12958, 12905,
        12789, 12736, 12731, 12673, 12620, 12509, 12504, 12393, 12335, 12277, 11997, 11944, 11881, 11838, 11717, 11712, 11611, 11485, 11384,
        11374, 11321, 11215, 11157, 11147, 11089, 10920, 10761, 10693, 10128, 9969, 9901, 9505, 8206, 7979, 7752, 7583, 7525, 7477, 7129,
        6569, 6337, 5661, 4753, 4362, 4135, 3908, 3681, 3454, 3227, 3000, 2773, 2493, 1870, 1643, 1585, 1416, 1189, 0,
    ];

    // The same distances recur: one per thread and tensor size.
    static readonly ConcurrentDictionary<long, ulong[]> s_powers = new();

    /// <summary>The terms minus P's degree, ordered so that neighbours lie far apart: in falling order each read waits for the store before
    /// it (4 times slower).</summary>
    static readonly int[] s_shifts = [.. Enumerable.Range(0, s_terms.Length).Select(i => s_terms[i * 55 % s_terms.Length] - Degree)];

    /// <summary>Replaces a twisted block by the one <paramref name="blocks"/> twists later.</summary>
    /// <param name="state">624 words and the padding. Not a freshly seeded block: its word 0 is outside the recurrence.</param>
    /// <param name="blocks">1 or more.</param>
    /// <param name="width">Which twin of the kernels.</param>
    public static void Run(Span<uint> state, long blocks, VectorWidth width)
    {
        if (!s_powers.TryGetValue(blocks, out ulong[]? power))
        {
            power = PowerOfX((Int128)blocks * Mt19937.Size, width);
            if (s_powers.Count >= MostKept) { s_powers.Clear(); }
            s_powers[blocks] = power;
        }
        Apply(power, state, width);
    }

    /// <summary>xⁿ mod P, bit k of word w the coefficient of x<sup>64w + k</sup>.</summary>
    public static ulong[] PowerOfX(Int128 n, VectorWidth width)
    {
        ulong[] power = new ulong[Words];
        ulong[] square = new ulong[2 * Words + JumpKernel.Padding];
        int bits = 128 - (int)Int128.LeadingZeroCount(n);
        // The leading bits come for nothing, as long as the exponent is below the degree.
        int taken = Math.Min(bits, 14);
        int exponent = (int)(n >> (bits - taken));
        power[exponent / 64] = 1UL << exponent;
        for (int bit = bits - taken - 1; bit >= 0; bit--)
        {
            Square(power, square);
            if (((n >> bit) & 1) != 0) { TimesX(square); }
            JumpKernel.Reduce(square, s_shifts, width);
            ReduceTop(square);
            square.AsSpan(0, Words).CopyTo(power);
        }
        return power;
    }

    /// <summary>Adds up the blocks of words that the polynomial names.</summary>
    static void Apply(ulong[] polynomial, Span<uint> state, VectorWidth width)
    {
        const int Blocks = Degree / Mt19937.Size + 2;
        uint[] stream = GC.AllocateUninitializedArray<uint>(Blocks * Mt19937.Size + JumpKernel.Padding);
        for (int block = 0; block < Blocks; block++)
        {
            if (block > 0) { TwistKernel.Twist(state, width); }
            state[..Mt19937.Size].CopyTo(stream.AsSpan(block * Mt19937.Size));
        }
        ushort[] exponents = new ushort[Degree];
        int count = 0;
        for (int word = 0; word < Words; word++)
        {
            for (ulong bits = polynomial[word]; bits != 0; bits &= bits - 1)
            {
                exponents[count++] = (ushort)(64 * word + BitOperations.TrailingZeroCount(bits));
            }
        }
        JumpKernel.Sum(stream, exponents.AsSpan(0, count), state[..Mt19937.Size], width);
    }

    /// <summary>Over GF(2) a square is the polynomial with zeros between its bits.</summary>
    static void Square(ReadOnlySpan<ulong> polynomial, Span<ulong> square)
    {
        square[(2 * Words)..].Clear();
        for (int i = 0; i < Words; i++)
        {
            square[2 * i] = JumpKernel.Spread((uint)polynomial[i]);
            square[2 * i + 1] = JumpKernel.Spread((uint)(polynomial[i] >> 32));
        }
    }

    static void TimesX(Span<ulong> polynomial)
    {
        for (int i = 2 * Words; i > 0; i--) { polynomial[i] = (polynomial[i] << 1) | (polynomial[i - 1] >> 63); }
        polynomial[0] <<= 1;
    }

    /// <summary>The last 31 bits at or above the degree, in word 311. The highest term is 623 below it, so nothing comes up
    /// again.</summary>
    static void ReduceTop(Span<ulong> polynomial)
    {
        const int Bits = Degree % 64;
        ulong top = polynomial[Words - 1] >> Bits;
        polynomial[Words - 1] &= (1UL << Bits) - 1;
        foreach (int term in s_terms)
        {
            polynomial[term / 64] ^= top << term;
            polynomial[term / 64 + 1] ^= top >> 1 >> (63 - term % 64);
        }
    }
}
