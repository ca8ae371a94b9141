namespace TorchInit;

/// <summary>
/// normal_ of fewer than 16 elements, or of a strided view: in double, a pair at a time; the second of a pair waits in the generator, where
/// block fills leave it alone. u₁ is drawn first and makes the angle.
/// </summary>
static class NormalScalar
{
    public static void Fill<T, TRounding>(Span<T> tensor, double mean, double std, Generator generator)
        where T : unmanaged
        where TRounding : struct, IMultiplyAdd
    {
        for (int i = 0; i < tensor.Length; i++)
        {
            double value = TRounding.MultiplyAdd(NextStandard(generator), std, mean);
            tensor[i] = typeof(T) == typeof(Half) && generator.Profile.DoubleToHalfAtOnce ? (T)(object)(Half)value : Elements.FromDouble<T>(value);
        }
    }

    static double NextStandard(Generator generator)
    {
        if (generator.CachedNormal is { } cached)
        {
            generator.CachedNormal = null;
            return cached;
        }
        double u1 = Words.Unit53(generator.NextUInt32(), generator.NextUInt32());
        double u2 = Words.Unit53(generator.NextUInt32(), generator.NextUInt32());
        double log = generator.Profile.ScalarLog1p ? Libm.Log1p<Fused>(-u2) : LogOf(1.0 - u2, generator.Profile);
        double radius = Math.Sqrt(-2.0 * log);
        double theta = 2.0 * Math.PI * u1;
        (double sine, double cosine) = generator.Profile.HasGlibc ? Libm.SinCos(theta) : (Math.Sin(theta), Math.Cos(theta));
        generator.CachedNormal = radius * sine;
        return radius * cosine;
    }

    static double LogOf(double x, TorchProfile profile) => profile.HasGlibc ? Libm.Log(x) : Math.Log(x);
}
