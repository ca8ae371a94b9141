namespace TorchInit;

/// <summary>
/// <c>Tensor.uniform_(from, to)</c>: x = u·(to − from) + from. Range: finite bounds of the dtype. Cost: one 32-bit word an element, two for float64.
/// Reference: ATen/native/cpu/DistributionTemplates.h, core/TransformationHelper.h.
/// </summary>
static class Uniform
{
    /// <summary>The words that a fill of <paramref name="count"/> elements takes.</summary>
    public static long Words(long count, DType dtype) => dtype == DType.Float64 ? checked(2 * count) : count;

    /// <summary>Nanoseconds an element, measured.</summary>
    public static double Cost(DType dtype) => dtype switch { DType.Float64 => 0.6, DType.Float32 => 0.2, _ => 0.4 };

    public static void Fill<T>(Span<T> tensor, double from, double to, Generator generator)
        where T : unmanaged
    {
        UniformBounds.Check<T>(from, to, generator.Profile);
        if (generator.Profile.Fused) { Fill<T, Fused>(tensor, from, to, generator); }
        else { Fill<T, Unfused>(tensor, from, to, generator); }
    }

    static void Fill<T, TRounding>(Span<T> tensor, double from, double to, Generator generator)
        where T : unmanaged
        where TRounding : struct, IMultiplyAdd
    {
        bool halfOpen = generator.Profile.IsHalfOpen;
        if (typeof(T) == typeof(float)) { UniformFloat32.Fill<TRounding>(Elements.Cast<T, float>(tensor), (float)from, (float)to, halfOpen, generator); }
        else if (typeof(T) == typeof(double)) { UniformFloat64.Fill<TRounding>(Elements.Cast<T, double>(tensor), from, to, halfOpen, generator); }
        else if (generator.Profile.Draws16BitsByFloat32) { Uniform16.FillByFloat32<T, TRounding>(tensor, (float)from, (float)to, generator); }
        else { Uniform16.FillFewBits(tensor, (float)from, (float)to, generator); }
    }
}
