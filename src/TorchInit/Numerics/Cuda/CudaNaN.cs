using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchInit;

/// <summary>A GPU's arithmetic gives one NaN in each dtype, whatever its operands were.</summary>
static class CudaNaN
{
    /// <summary>Gives every NaN the GPU's bits.</summary>
    public static void Unify<T>(Span<T> elements)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            foreach (ref double x in Elements.Cast<T, double>(elements)) { if (double.IsNaN(x)) { x = double.NaN; } }
            return;
        }
        if (typeof(T) != typeof(float) && typeof(T) != typeof(Half) && typeof(T) != typeof(BFloat16)) { return; }
        foreach (ref T x in elements)
        {
            if (!float.IsNaN(Elements.ToFloat(x))) { continue; }
            x = typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(CudaMath.NaN) : MemoryMarshal.Cast<ushort, T>([0x7FFF])[0];
        }
    }
}
