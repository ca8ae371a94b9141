using System.Runtime.InteropServices;

namespace TorchInit.Tests.Functions;

/// <summary>trunc_normal_ since 2.12 where bounds hold little of the normal: uniforms, accepted by density, one tensor operation at a
/// time.</summary>
public class TruncNormalTailTests
{
    [Theory]
    [InlineData(0.0, 1.0, 2.0, 3.0)]
    [InlineData(0.0, 1.0, -3.0, -2.0)]
    [InlineData(0.3, 0.5, 1.5, 2.75)]
    [InlineData(0.5, 2.0, 0.25, 0.75)]
    [InlineData(5.0, 1.0, 1.0, 2.0)]
    [InlineData(-0.3, 0.7, -0.4, -0.35)]
    public void Bits_and_state_are_those_of_whole_rounds(double mean, double std, double a, double b)
    {
        foreach (int length in (int[])[1, 2, 15, 16, 100, 1000])
        {
            Compare<float>(length, mean, std, a, b);
            Compare<double>(length, mean, std, a, b);
            Compare<Half>(length, mean, std, a, b);
            Compare<BFloat16>(length, mean, std, a, b);
        }
    }

    static void Compare<T>(int length, double mean, double std, double a, double b)
        where T : unmanaged
    {
        Generator generator = new(7L, TorchProfile.For("2.15"));
        Generator rounds = generator.Clone();
        double mode = Math.Clamp(mean, a, b);
        double logOfMode = -0.5 * Math.Pow((mode - mean) / std, 2.0);
        T[] expected = new T[length], candidates = new T[length], acceptance = new T[length], actual = new T[length];
        HashSet<int> pending = [.. Enumerable.Range(0, length)];
        while (pending.Count > 0)
        {
            Init.Uniform<T>(candidates, rounds, a, b);
            Init.Uniform<T>(acceptance, rounds);
            foreach (int i in pending.ToArray())
            {
                expected[i] = candidates[i];
                double density = Round<T>(Elements.ToDouble(candidates[i]) - Round<T>(mean));
                density = Round<T>(density / (typeof(T) == typeof(double) ? std : (float)std));
                density = Round<T>(density * density);
                density = Round<T>(density * -0.5);
                density = Round<T>(density - Round<T>(logOfMode));
                if (Round<T>(Math.Log(Elements.ToDouble(acceptance[i]))) <= density) { pending.Remove(i); }
            }
        }
        Init.TruncNormal<T>(actual, generator, mean, std, a, b);
        Assert.True(MemoryMarshal.AsBytes<T>(expected).SequenceEqual(MemoryMarshal.AsBytes<T>(actual)),
            $"{typeof(T).Name}, {length} elements");
        Assert.Equal(rounds.GetState(), generator.GetState());
    }

    /// <summary>To float32, then to the dtype, as torch's 16-bit operations do; two float32 in double give the same rounding.</summary>
    static double Round<T>(double value)
        where T : unmanaged
        => typeof(T) == typeof(double) ? value : Elements.Round<T>((float)value);
}
