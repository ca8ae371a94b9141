using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>The vector twin of <see cref="CudaUniform{T}"/> for float32 since torch 2.1.</summary>
static class CudaUniformKernel
{
    /// <summary>Words to fma(u, range, from), and from where that is to; what is left over one by one.</summary>
    public static void Transform(ReadOnlySpan<uint> words, Span<float> target, float from, float range, float to, VectorWidth width)
    {
        int done = width switch
        {
            VectorWidth.Bits512 => Transform<Lanes512, Vector512<float>, Vector512<uint>>(words, target, from, range, to),
            VectorWidth.Bits256 => Transform<Lanes256, Vector256<float>, Vector256<uint>>(words, target, from, range, to),
            VectorWidth.Bits128 => Transform<Lanes128, Vector128<float>, Vector128<uint>>(words, target, from, range, to),
            _ => 0,
        };
        for (int i = done; i < target.Length; i++) { target[i] = Uniform(words[i], from, range, to); }
    }

    static float Uniform(uint word, float from, float range, float to)
    {
        float x = MathF.FusedMultiplyAdd(CudaUnits.Float(word), range, from);
        return x == to ? from : x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Transform<TLanes, TFloats, TWords>(ReadOnlySpan<uint> words, Span<float> target, float from, float range, float to)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        ref uint source = ref MemoryMarshal.GetReference(words[..target.Length]);
        ref uint bits = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(target));
        TFloats width = TLanes.Floats(range), low = TLanes.Floats(from), high = TLanes.Floats(to);
        TFloats step = TLanes.Floats(CudaUnits.Step), half = TLanes.Floats(CudaUnits.Step / 2);
        TWords lowest = TLanes.BitsOf(low);
        int i = 0;
        for (; i <= target.Length - TLanes.Count; i += TLanes.Count)
        {
            TFloats u = TLanes.MultiplyAdd(TLanes.FromUnsigned(TLanes.Load(ref source, (nuint)i)), step, half);
            TFloats x = TLanes.MultiplyAdd(u, width, low);
            TLanes.Store(TLanes.Select(TLanes.AreEqual(x, high), lowest, TLanes.BitsOf(x)), ref bits, (nuint)i);
        }
        return i;
    }
}
