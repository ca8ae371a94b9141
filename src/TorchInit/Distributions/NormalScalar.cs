namespace TorchInit;

/// <summary>
/// normal_ of fewer than 16 elements, or of a strided view: in double, one pair at a time; the generator caches the second value of a pair,
/// which block fills do not touch. u₁ is drawn first and gives the angle.
/// </summary>
static class NormalScalar
{
    public static void Fill<T, TRounding>(Span<T> tensor, double mean, double std, Generator generator)
        where T : unmanaged
        where TRounding : struct, IMultiplyAdd
    {
        (Mt19937Stream words, TorchProfile profile) = (generator.Words, generator.Profile);
        for (int i = 0; i < tensor.Length; i++)
        {
            tensor[i] = Elements.FromDouble<T>(TRounding.MultiplyAdd(NextStandard(words, profile), std, mean), profile);
        }
    }

    /// <summary>The cached normal, or the first of a new pair.</summary>
    public static double NextStandard(Mt19937Stream stream, TorchProfile profile)
    {
        if (stream.CachedNormal is { } cached)
        {
            stream.CachedNormal = null;
            return cached;
        }
        double u1 = Words.Unit53(stream.Engine.NextUInt32(), stream.Engine.NextUInt32());
        double u2 = Words.Unit53(stream.Engine.NextUInt32(), stream.Engine.NextUInt32());
        double radius = Math.Sqrt(-2.0 * DoubleMath.LogOfRest(u2, profile));
        double theta = 2.0 * Math.PI * u1;
        (double sine, double cosine) = profile.HasGlibc ? Libm.SinCos(theta) : (Math.Sin(theta), Math.Cos(theta));
        stream.CachedNormal = radius * sine;
        return radius * cosine;
    }
}
