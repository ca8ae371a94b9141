using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>
/// normal_ in float32 and 16 bits: Box–Muller with the hardware's sine, two pairs per draw, each with the sine first, then the cosine.
/// fma(z, std, mean) in float32, rounded to T once.
/// </summary>
readonly struct CudaNormal<T>(double mean, double std) : ICudaOperator<T>
    where T : unmanaged
{
    readonly float _mean = (float)mean;
    readonly float _std = (float)std;

    public static int PerDraw => 4;

    public T Invoke(PhiloxWords words, int component)
    {
        (float sine, float cosine) = component < 2 ? CudaNormal.Pair(words.W0, words.W1) : CudaNormal.Pair(words.W2, words.W3);
        return Elements.FromFloat<T>(MathF.FusedMultiplyAdd(component % 2 == 0 ? sine : cosine, _std, _mean));
    }

    public int Fill(PhiloxRows rows, int component, Span<T> target, Span<T> next, VectorWidth width)
    {
        bool isSine = component % 2 == 0;
        Span<T> sines = isSine ? target : default, cosines = isSine ? next : target;
        Span<float> aside = MemoryMarshal.Cast<uint, float>(rows.Scratch)[CudaNormalKernel.Scratch..];
        Span<float> sineValues = Values(sines, aside[..target.Length]);
        Span<float> cosineValues = Values(cosines, aside.Slice(PhiloxKernel.Most, target.Length));
        int first = component & ~1;
        CudaNormalKernel.Transform(rows.Row(first), rows.Row(first + 1), sineValues, cosineValues, _mean, _std, rows.Scratch, width);
        if (typeof(T) != typeof(float))
        {
            Rounding16Kernel.Round(MemoryMarshal.Cast<float, uint>(sineValues), sines, width);
            Rounding16Kernel.Round(MemoryMarshal.Cast<float, uint>(cosineValues), cosines, width);
        }
        return isSine && !next.IsEmpty ? 2 : 1;
    }

    /// <summary>Where a row's values are written: to the row itself, or aside if they are rounded later or not wanted.</summary>
    static Span<float> Values(Span<T> row, Span<float> aside)
        => typeof(T) == typeof(float) && !row.IsEmpty ? Elements.Cast<T, float>(row) : aside;
}
