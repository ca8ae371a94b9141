using System.Runtime.CompilerServices;

namespace TorchInit;

/// <summary>Converts an element to another dtype as C++ casts it.</summary>
static class Conversion
{
    /// <summary>Floats are rounded to nearest even, doubles to 16 bits via float32; to integers they are truncated.</summary>
    public static TTo Of<TFrom, TTo>(TFrom value, TorchProfile profile)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        if (typeof(TFrom) == typeof(TTo)) { return Unsafe.BitCast<TFrom, TTo>(value); }
        if (!DType.Of<TFrom>().IsFloatingPoint()) { return DrawElements.FromInteger<TTo>(DrawElements.ToInteger(value)); }
        if (typeof(TTo) == typeof(bool)) { return DrawElements.FromInteger<TTo>(Elements.ToDouble(value) != 0 ? 1 : 0); }
        // c10's static_cast_with_inter_type: uint8 through int64
        if (typeof(TTo) == typeof(byte) && profile.Gpu is null)
        {
            return DrawElements.FromInteger<TTo>(TorchCast.ToInt64(Elements.ToDouble(value)));
        }
        return profile.Gpu is not null && !DType.Of<TTo>().IsFloatingPoint()
            ? DrawElements.FromInteger<TTo>(CudaConversion.ToInteger<TFrom, TTo>(value))
            : DrawElements.FromDouble<TTo>(Elements.ToDouble(value), profile);
    }
}
