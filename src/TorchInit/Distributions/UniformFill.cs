namespace TorchInit;

/// <summary>
/// <c>Tensor.uniform_(from, to)</c>: x = u·(to − from) + from. Range: finite bounds of the dtype. Cost: one 32-bit word per element, two
/// for float64. Reference: ATen/native/cpu/DistributionTemplates.h, core/TransformationHelper.h.
/// </summary>
static class UniformFill
{
    /// <summary>The number of words for <paramref name="count"/> elements.</summary>
    public static long Words(long count, DType dtype) => dtype == DType.Float64 ? checked(2 * count) : count;

    /// <summary>Fills the whole span, by the rules of the generator's profile.</summary>
    public static void Fill<T>(Span<T> tensor, double from, double to, Generator generator)
        where T : unmanaged
    {
        // Avoids a virtual generic call, whose method lookup would slow down small fills.
        if (generator.Profile.Fills is CpuFills)
        {
            UniformBounds.Check<T>(from, to, generator.Profile);
            Draw(tensor, from, to, generator);
            return;
        }
        FillRule rule = generator.Profile.Fills.Uniform;
        rule.Check<T>(from, to, generator.Profile);
        rule.Draw(tensor, new(generator.Position, 0, new(tensor.Length)), from, to, generator);
    }

    /// <summary>Draws elements of a fill from the next words.</summary>
    public static void Draw<T>(Span<T> tensor, double from, double to, Generator generator)
        where T : unmanaged
    {
        if (generator.Profile.Fused) { Fill<T, Fused>(tensor, from, to, generator); }
        else { Fill<T, Unfused>(tensor, from, to, generator); }
    }

    static void Fill<T, TRounding>(Span<T> tensor, double from, double to, Generator generator)
        where T : unmanaged
        where TRounding : struct, IMultiplyAdd
    {
        bool halfOpen = generator.Profile.IsHalfOpen;
        if (typeof(T) == typeof(float))
        {
            UniformFloat32.Fill<TRounding>(Elements.Cast<T, float>(tensor), (float)from, (float)to, halfOpen, generator);
        }
        else if (typeof(T) == typeof(double))
        {
            UniformFloat64.Fill<TRounding>(Elements.Cast<T, double>(tensor), from, to, halfOpen, generator);
        }
        else if (generator.Profile.Draws16BitsByFloat32)
        {
            Uniform16.FillByFloat32<T, TRounding>(tensor, (float)from, (float)to, generator);
        }
        else { Uniform16.FillFewBits(tensor, (float)from, (float)to, generator); }
    }
}
