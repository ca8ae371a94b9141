using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>The kernel of <see cref="CudaUniform{T}"/> for float32 since torch 2.1: fma(u, range, from), or from if that equals
/// to.</summary>
readonly struct CudaUniformKernel(float from, float range, float to) : IPhiloxOperator
{
    readonly Vector512<float> _from = Vector512.Create(from);
    readonly Vector512<float> _range = Vector512.Create(range);
    readonly Vector512<float> _to = Vector512.Create(to);

    public uint Invoke(uint word)
    {
        float x = MathF.FusedMultiplyAdd(CudaUnits.Float(word), range, from);
        return BitConverter.SingleToUInt32Bits(x == to ? from : x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWords Invoke<TLanes, TFloats, TWords>(TWords words)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        TFloats u = TLanes.MultiplyAdd(TLanes.FromUnsigned(words), TLanes.Floats(CudaUnits.Step), TLanes.Floats(CudaUnits.Step / 2));
        TFloats low = TLanes.Repeated(in _from), x = TLanes.MultiplyAdd(u, TLanes.Repeated(in _range), low);
        return TLanes.Select(TLanes.AreEqual(x, TLanes.Repeated(in _to)), TLanes.BitsOf(low), TLanes.BitsOf(x));
    }

    /// <summary>Transforms consecutive words.</summary>
    public void Transform(ReadOnlySpan<uint> words, Span<uint> target, VectorWidth width)
    {
        words = words[..target.Length];
        int done = width switch
        {
            VectorWidth.Bits512 => Transform<Lanes512, Vector512<float>, Vector512<uint>>(words, target),
            VectorWidth.Bits256 => Transform<Lanes256, Vector256<float>, Vector256<uint>>(words, target),
            VectorWidth.Bits128 => Transform<Lanes128, Vector128<float>, Vector128<uint>>(words, target),
            _ => 0,
        };
        for (int i = done; i < target.Length; i++) { target[i] = Invoke(words[i]); }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Transform<TLanes, TFloats, TWords>(ReadOnlySpan<uint> words, Span<uint> target)
        where TLanes : struct, ICudaLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        ref uint source = ref MemoryMarshal.GetReference(words);
        ref uint bits = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i <= target.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(Invoke<TLanes, TFloats, TWords>(TLanes.Load(ref source, (nuint)i)), ref bits, (nuint)i);
        }
        return i;
    }
}
