using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>uniform_ of float16 and bfloat16. Up to torch 2.11 a draw has as many bits as the type's significand; since 2.12 it is a
/// float32 draw, rounded once.</summary>
static class Uniform16
{
    /// <summary>Up to 2.11: u of 11 bits (float16) or 8 (bfloat16); the bounds and their difference are rounded to the type; u·range is
    /// exact in float32.</summary>
    public static void FillFewBits<T>(Span<T> tensor, float from, float to, Generator generator)
        where T : unmanaged
    {
        from = Elements.Round<T>(from);
        float range = Elements.Round<T>(Elements.Round<T>(to) - from);
        FillRounded(tensor, new UniformOperator<Unfused>(from, range, bits: typeof(T) == typeof(Half) ? 11 : 8), from, range, generator);
    }

    /// <summary>Since 2.12: bounds and range in float32, the result rounded once; a result equal to the rounded upper bound becomes the
    /// rounded lower bound.</summary>
    public static void FillByFloat32<T, TRounding>(Span<T> tensor, float from, float to, Generator generator)
        where T : unmanaged
        where TRounding : struct, IMultiplyAdd
    {
        UniformOperator<TRounding> op = new(from, to - from);
        float excluded = Elements.Round<T>(to);
        T lowest = Elements.FromFloat<T>(from);
        bool reachesEnd = !(Elements.Round<T>(op.Largest) < excluded) || !op.IsExact;
        while (!tensor.IsEmpty)
        {
            Span<T> run = tensor[..Math.Min(tensor.Length, Words.Run)];
            FillRounded(run, op, from, to - from, generator);
            // The excluded bound has one bit pattern, but a rounded 0 may have either sign.
            if (reachesEnd && excluded != 0)
            {
                MemoryMarshal.Cast<T, ushort>(run)
                    .Replace(Unsafe.BitCast<T, ushort>(Elements.FromFloat<T>(to)), Unsafe.BitCast<T, ushort>(lowest));
            }
            else if (reachesEnd)
            {
                foreach (ref T x in run) { x = Elements.ToFloat(x) == 0 ? lowest : x; }
            }
            tensor = tensor[run.Length..];
        }
    }

    static void FillRounded<T, TRounding>(Span<T> tensor, UniformOperator<TRounding> op, float from, float range, Generator generator)
        where T : unmanaged
        where TRounding : struct, IMultiplyAdd
    {
        Span<uint> words = stackalloc uint[Math.Min(tensor.Length, Words.Run)];
        while (!tensor.IsEmpty)
        {
            Span<uint> run = words[..Math.Min(tensor.Length, words.Length)];
            if (op.IsExact) { generator.NextWords(run, op); }
            else
            {
                generator.NextWords(run);
                foreach (ref uint word in run)
                {
                    word = BitConverter.SingleToUInt32Bits(TRounding.MultiplyAdd(op.Unit(word), range, from));
                }
            }
            Rounding16Kernel.Round(run, tensor[..run.Length], generator.Width);
            tensor = tensor[run.Length..];
        }
    }
}
