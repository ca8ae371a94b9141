using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TorchInit;

/// <summary>Finds float32 numbers outside an interval; NaN counts as inside.</summary>
static class OutsideKernel
{
    /// <summary>Writes the indices of the elements below <paramref name="lowest"/> or above <paramref name="highest"/>, in ascending order,
    /// and returns how many there are.</summary>
    /// <param name="tensor">The elements to check.</param>
    /// <param name="lowest">The smallest number inside.</param>
    /// <param name="highest">The largest number inside.</param>
    /// <param name="indices">As long as <paramref name="tensor"/>, in case all are outside.</param>
    /// <param name="width">Which twin.</param>
    public static int Find(ReadOnlySpan<float> tensor, float lowest, float highest, Span<int> indices, VectorWidth width)
    {
        indices = indices[..tensor.Length];
        (int done, int found) = width switch
        {
            VectorWidth.Bits512 => On<Lanes512, Vector512<float>, Vector512<uint>>.Find(tensor, lowest, highest, indices),
            VectorWidth.Bits256 => On<Lanes256, Vector256<float>, Vector256<uint>>.Find(tensor, lowest, highest, indices),
            VectorWidth.Bits128 => On<Lanes128, Vector128<float>, Vector128<uint>>.Find(tensor, lowest, highest, indices),
            _ => (0, 0),
        };
        for (int i = done; i < tensor.Length; i++)
        {
            if (tensor[i] < lowest || tensor[i] > highest) { indices[found++] = i; }
        }
        return found;
    }

    /// <summary>Replaces each element outside the interval by the fresh element at its index.</summary>
    /// <param name="tensor">The elements to check and replace.</param>
    /// <param name="fresh">At least as long as <paramref name="tensor"/>.</param>
    /// <param name="lowest">The smallest number inside.</param>
    /// <param name="highest">The largest number inside.</param>
    /// <param name="width">Which twin.</param>
    public static void Replace(Span<float> tensor, ReadOnlySpan<float> fresh, float lowest, float highest, VectorWidth width)
    {
        fresh = fresh[..tensor.Length];
        int done = width switch
        {
            VectorWidth.Bits512 => On<Lanes512, Vector512<float>, Vector512<uint>>.Replace(tensor, fresh, lowest, highest),
            VectorWidth.Bits256 => On<Lanes256, Vector256<float>, Vector256<uint>>.Replace(tensor, fresh, lowest, highest),
            VectorWidth.Bits128 => On<Lanes128, Vector128<float>, Vector128<uint>>.Replace(tensor, fresh, lowest, highest),
            _ => 0,
        };
        for (int i = done; i < tensor.Length; i++)
        {
            if (tensor[i] < lowest || tensor[i] > highest) { tensor[i] = fresh[i]; }
        }
    }

    /// <summary>The vector twins, on lanes of any width.</summary>
    static class On<TLanes, TFloats, TWords>
        where TLanes : struct, ILanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static (int Done, int Found) Find(ReadOnlySpan<float> tensor, float lowest, float highest, Span<int> indices)
        {
            ref uint t = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(tensor));
            int found = 0;
            int i = 0;
            for (; i <= tensor.Length - TLanes.Count; i += TLanes.Count)
            {
                TFloats x = TLanes.FloatsOf(TLanes.Load(ref t, (nuint)i));
                uint outside = TLanes.HighestBits(TLanes.Or(TLanes.LessThan(x, TLanes.Floats(lowest)),
                    TLanes.LessThan(TLanes.Floats(highest), x)));
                for (; outside != 0; outside &= outside - 1) { indices[found++] = i + BitOperations.TrailingZeroCount(outside); }
            }
            return (i, found);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static int Replace(Span<float> tensor, ReadOnlySpan<float> fresh, float lowest, float highest)
        {
            ref uint t = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(tensor));
            ref uint f = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(fresh));
            int i = 0;
            for (; i <= tensor.Length - TLanes.Count; i += TLanes.Count)
            {
                TWords bits = TLanes.Load(ref t, (nuint)i);
                TFloats x = TLanes.FloatsOf(bits);
                TWords outside = TLanes.Or(TLanes.LessThan(x, TLanes.Floats(lowest)), TLanes.LessThan(TLanes.Floats(highest), x));
                TLanes.Store(TLanes.Select(outside, TLanes.Load(ref f, (nuint)i), bits), ref t, (nuint)i);
            }
            return i;
        }
    }
}
