namespace TorchInit;

/// <summary>A GPU's conversions of floating-point numbers to integers: they saturate, in 64 bits for int64 and uint8, otherwise in 32;
/// narrower types keep the low bits.</summary>
static class CudaConversion
{
    /// <summary>The integer whose low bits are the result.</summary>
    public static long ToInteger<TFrom, TTo>(TFrom value)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        double x = Elements.ToDouble(value);
        if (typeof(TTo) == typeof(long) || typeof(TTo) == typeof(byte))
        {
            return double.IsNaN(x) || x < long.MinValue ? long.MinValue : x >= long.MaxValue ? long.MaxValue : (long)x;
        }
        return double.IsNaN(x) ? typeof(TFrom) == typeof(double) ? int.MinValue : 0 : (long)Math.Clamp(x, int.MinValue, int.MaxValue);
    }
}
