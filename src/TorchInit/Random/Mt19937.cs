using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>
/// The Mersenne Twister of Matsumoto and Nishimura 1998 with torch's counters: 624 words of state, period 2¹⁹⁹³⁷ − 1, the same numbers as
/// C++'s std::mt19937. A twist makes 624 new words; each output is one word, tempered.
/// </summary>
sealed class Mt19937
{
    public const int Size = 624;

    // A jump costs 0.35 ms the first time and 0.13 ms from then on, a twist 60 ns.
    const int LeastJump = 4000;

    // Pinned and aligned to 64 bytes: otherwise each 512-bit vector of the state spans two cache lines.
    readonly uint[] _memory = GC.AllocateUninitializedArray<uint>(Size + TwistKernel.Padding + 15, pinned: true);
    readonly int _start;
    long _before;                // outputs before word 0 of the current block

    public Mt19937() => _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) & 63) / sizeof(uint);

    /// <summary>Which twin of the kernels runs.</summary>
    public VectorWidth Width { get; set; } = VectorWidths.Best;

    /// <summary>The 624 words as torch stores them.</summary>
    public ReadOnlySpan<uint> Words => State[..Size];

    /// <summary>Outputs until the next twist, plus one: 1 right after seeding, when no word has been twisted yet.</summary>
    public int Left { get; private set; } = 1;

    /// <summary>The index of the next output's word, 0 to 624.</summary>
    public int Next { get; private set; }

    /// <summary>Outputs so far, modulo 2⁶⁴: since seeding, or since a state was restored.</summary>
    public long Position => unchecked(_before + Next);

    Span<uint> State => _memory.AsSpan(_start, Size + TwistKernel.Padding);

    public void Seed(uint seed)
    {
        Span<uint> words = State;
        words[0] = seed;
        for (int j = 1; j < Size; j++) { words[j] = 1812433253 * (words[j - 1] ^ (words[j - 1] >> 30)) + (uint)j; }
        (Left, Next, _before) = (1, 0, 0);
    }

    public void Restore(ReadOnlySpan<uint> words, int left, int next)
    {
        words.CopyTo(State);
        (Left, Next, _before) = (left, next, -next);
    }

    public void CopyFrom(Mt19937 other)
    {
        Restore(other.Words, other.Left, other.Next);
        _before = other._before;
    }

    public uint NextUInt32()
    {
        if (--Left == 0) { Twist(); }
        return TwistScalar.Temper(_memory[_start + Next++]);
    }

    /// <summary>Fills <paramref name="outputs"/> with the next outputs, mapped by the operator.</summary>
    public void Fill<TOperator>(Span<uint> outputs, TOperator op)
        where TOperator : struct, IWordOperator
    {
        while (!outputs.IsEmpty)
        {
            if (Left == 1 && outputs.Length >= Size)
            {
                Span<uint> blocks = outputs[..(outputs.Length / Size * Size)];
                TwistKernel.Blocks(State, blocks, op, Width);
                _before = unchecked(Position + blocks.Length - Size);
                (Left, Next) = (1, Size);
                outputs = outputs[blocks.Length..];
                continue;
            }
            ReadOnlySpan<uint> run = NextRun(outputs.Length);
            TwistKernel.Temper(run, outputs, op, Width);
            outputs = outputs[run.Length..];
        }
    }

    /// <summary>Skips outputs: near ones by twisting, far ones by a jump.</summary>
    public void Advance(long outputs)
    {
        while (outputs > 0)
        {
            // Whole blocks before the one with the last output; the state must end in that block, as it would after stepping.
            long blocks = (outputs - 1) / Size;
            if (Left == 1 && blocks >= LeastJump)
            {
                Twist();
                JumpAhead.Run(State, blocks, Width);
                _before = unchecked(_before + blocks * Size);
                Next = (int)(outputs - blocks * Size);
                Left = Size + 1 - Next;
                return;
            }
            outputs -= NextRun((int)Math.Min(outputs, Size)).Length;
        }
    }

    /// <summary>Takes up to <paramref name="most"/> ready words; twists first if there are none.</summary>
    ReadOnlySpan<uint> NextRun(int most)
    {
        if (Left == 1) { Twist(); }
        else { Left--; }
        // Left now counts the ready words, including the next one; between outputs torch's counter is one more than the words left.
        int count = Math.Min(most, Math.Min(Left, Size - Next));
        ReadOnlySpan<uint> run = State.Slice(Next, count);
        Next += count;
        Left -= count - 1;
        return run;
    }

    void Twist()
    {
        TwistKernel.Twist(State, Width);
        _before = Position;
        (Left, Next) = (Size, 0);
    }
}
