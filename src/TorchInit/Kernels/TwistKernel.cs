using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>
/// The inner loops of <see cref="Mt19937"/>: tempering of words that are ready, and whole blocks of 624 words, twisted, tempered, mapped by
/// an operator and stored in one pass (0.2 ns per word at 512 bits). Scalar twin: <see cref="TwistScalar"/>.
/// </summary>
static class TwistKernel
{
    /// <summary>Extra words after the 624 of a state: copies of the first new words, so that every vector reads 16 consecutive
    /// words.</summary>
    public const int Padding = 16;

    // A multiple of all widths, below 624 − 397 = 227: up to here all lanes use an old word, 397 ahead; from here on a new one, 227 back.
    const int Turn = 224;

    /// <summary>Computes the next 624 words of <paramref name="state"/>.</summary>
    public static void Twist(Span<uint> state, VectorWidth width)
    {
        if (width == VectorWidth.Scalar) { TwistScalar.Twist(state); }
        else { Blocks(state, state[..Mt19937.Size], default(NoOutput), width); }
    }

    /// <summary>Twists once per block of 624 in <paramref name="target"/>, and writes each new word, tempered and mapped by the
    /// operator.</summary>
    public static void Blocks<TOperator>(Span<uint> state, Span<uint> target, TOperator op, VectorWidth width)
        where TOperator : struct, IWordOperator
    {
        switch (width)
        {
            case VectorWidth.Bits512: On<Lanes512, Vector512<float>, Vector512<uint>>.Blocks(state, target, op); break;
            case VectorWidth.Bits256: On<Lanes256, Vector256<float>, Vector256<uint>>.Blocks(state, target, op); break;
            case VectorWidth.Bits128: On<Lanes128, Vector128<float>, Vector128<uint>>.Blocks(state, target, op); break;
            default:
                for (; !target.IsEmpty; target = target[Mt19937.Size..])
                {
                    TwistScalar.Twist(state);
                    TwistScalar.Temper(state[..Mt19937.Size], target, op);
                }
                break;
        }
    }

    /// <summary>Tempers words that are ready and maps them by the operator.</summary>
    /// <param name="words">Words of a twisted state.</param>
    /// <param name="target">As long as <paramref name="words"/>; must not overlap it.</param>
    /// <param name="op">Maps the tempered words.</param>
    /// <param name="width">Which twin.</param>
    public static void Temper<TOperator>(ReadOnlySpan<uint> words, Span<uint> target, TOperator op, VectorWidth width)
        where TOperator : struct, IWordOperator
    {
        if (width == VectorWidth.Bits512 && words.Length >= 16)
        {
            On<Lanes512, Vector512<float>, Vector512<uint>>.Temper(words, target, op);
        }
        else if (width >= VectorWidth.Bits256 && words.Length >= 8)
        {
            On<Lanes256, Vector256<float>, Vector256<uint>>.Temper(words, target, op);
        }
        else if (width >= VectorWidth.Bits128 && words.Length >= 4)
        {
            On<Lanes128, Vector128<float>, Vector128<uint>>.Temper(words, target, op);
        }
        else { TwistScalar.Temper(words, target, op); }
    }

    /// <summary>The vector twins, on lanes of any width.</summary>
    public static class On<TLanes, TFloats, TWords>
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Blocks<TOperator>(Span<uint> state, Span<uint> target, TOperator op)
            where TOperator : struct, IWordOperator
        {
            ref uint s = ref MemoryMarshal.GetReference(state[..(Mt19937.Size + Padding)]);
            ref uint t = ref MemoryMarshal.GetReference(target);
            nuint width = (nuint)TLanes.Count;
            for (nuint blocks = (nuint)target.Length / Mt19937.Size; blocks > 0; blocks--)
            {
                TWords current = TLanes.Load(ref s, 0);
                TWords following = TLanes.Load(ref s, width);
                TWords made = Step(current, TLanes.Load(ref s, 1), TLanes.Load(ref s, 397));
                TLanes.Store(made, ref s, 0);
                TLanes.Store(made, ref s, Mt19937.Size);
                Output(made, ref t, 0, op);
                current = following;
                for (nuint i = width; i < Turn; i += width)
                {
                    following = TLanes.Load(ref s, i + width);
                    made = Step(current, TLanes.Load(ref s, i + 1), TLanes.Load(ref s, i + 397));
                    TLanes.Store(made, ref s, i);
                    Output(made, ref t, i, op);
                    current = following;
                }
                // Words 621 to 623 are old words; from 624 on they are copies of the first new ones.
                TWords ahead = TLanes.Load(ref s, Turn + 397);
                for (nuint i = Turn; i < Mt19937.Size; i += width)
                {
                    following = TLanes.Load(ref s, i + width);
                    made = Step(current, TLanes.Load(ref s, i + 1), ahead);
                    TLanes.Store(made, ref s, i);
                    Output(made, ref t, i, op);
                    current = following;
                    ahead = TLanes.Load(ref s, i + width - 227);
                }
                t = ref Unsafe.Add(ref t, Mt19937.Size);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Temper<TOperator>(ReadOnlySpan<uint> words, Span<uint> target, TOperator op)
            where TOperator : struct, IWordOperator
        {
            ref uint s = ref MemoryMarshal.GetReference(words);
            ref uint t = ref MemoryMarshal.GetReference(target[..words.Length]);
            nuint last = (nuint)(words.Length - TLanes.Count);
            for (nuint i = 0; i < last; i += (nuint)TLanes.Count)
            {
                Output(TLanes.Load(ref s, i), ref t, i, op);
            }
            // The last vector overlaps words that are already done: 3 ns instead of 20 for a scalar tail.
            Output(TLanes.Load(ref s, last), ref t, last, op);
        }

        /// <summary><see cref="TwistScalar.Step"/> and the addition to the word ahead, lane by lane.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TWords Step(TWords upper, TWords lower, TWords ahead)
        {
            TWords y = TLanes.Select(TLanes.Words(TwistScalar.UpperBit), upper, lower);
            TWords odd = TLanes.Subtract(TLanes.Words(0), TLanes.And(lower, TLanes.Words(1)));
            return TLanes.Xor(TLanes.Xor(ahead, TLanes.And(odd, TLanes.Words(TwistScalar.Matrix))), TLanes.ShiftRight(y, 1));
        }

        /// <summary>Tempers, maps by the operator, and stores.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Output<TOperator>(TWords y, ref uint target, nuint index, TOperator op)
            where TOperator : struct, IWordOperator
        {
            if (typeof(TOperator) == typeof(NoOutput)) { return; }
            TLanes.Store(op.Invoke<TLanes, TFloats, TWords>(Temper(y)), ref target, index);
        }

        /// <summary><see cref="TwistScalar.Temper(uint)"/>, lane by lane.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TWords Temper(TWords y)
        {
            y = TLanes.Xor(y, TLanes.ShiftRight(y, 11));
            y = TLanes.Xor(y, TLanes.And(TLanes.ShiftLeft(y, 7), TLanes.Words(TwistScalar.TemperB)));
            y = TLanes.Xor(y, TLanes.And(TLanes.ShiftLeft(y, 15), TLanes.Words(TwistScalar.TemperC)));
            return TLanes.Xor(y, TLanes.ShiftRight(y, 18));
        }
    }

    /// <summary>Discards the output, to twist only.</summary>
    readonly struct NoOutput : IWordOperator
    {
        public uint Invoke(uint word) => word;

        public TWords Invoke<TLanes, TFloats, TWords>(TWords words)
            where TLanes : struct, ILanes<TFloats, TWords>
            where TFloats : struct
            where TWords : struct
            => words;
    }
}
