using System.Runtime.InteropServices;

namespace TorchInit.Tests;

/// <summary>trunc_normal_ since 2.12 makes only the redraws that are asked for; here they are made whole, as torch does.</summary>
public class TruncNormalRedrawTests
{
    public static TheoryData<int> Widths => [.. VectorWidths.All.Select(width => (int)width)];

    [Theory, MemberData(nameof(Widths))]
    public void Every_length_has_the_bits_and_the_state_of_whole_redraws(int width)
    {
        foreach (string version in (string[])["2.12", "2.15"])
        {
            for (int length = 0; length <= 1300; length += length < 70 ? 1 : 13)
            {
                Compare<float>(version, width, length);
                Compare<double>(version, width, length / 4);
                Compare<Half>(version, width, length / 4);
                Compare<BFloat16>(version, width, length / 4);
            }
        }
    }

    /// <summary>Long enough for redraws that pass over blocks, and for the last of them to jump.</summary>
    [Theory, InlineData(100_003), InlineData(6_000_000)]
    public void Long_tensors_too(int length) => Compare<float>("2.15", (int)VectorWidths.Best, length);

    [Theory, InlineData(1000), InlineData(100_003)]
    public void As_on_a_GPU_too(int length)
    {
        foreach (double bound in (double[])[1.3, 4])
        {
            Compare<float>(new(7L, TorchProfile.Cuda("2.12", Gpu.H100Sxm)), length, bound);
            Compare<BFloat16>(new(7L, TorchProfile.Cuda("2.12", Gpu.H100Sxm)), length, bound);
        }
    }

    static void Compare<T>(string version, int width, int length)
        where T : unmanaged
        => Compare<T>(new(7L, TorchProfile.For(version)) { Width = (VectorWidth)width }, length);

    static void Compare<T>(Generator whole, int length, double bound = 1.3)
        where T : unmanaged
    {
        Generator fast = whole.Clone();
        (double lower, double upper) = (-0.9 / 1.3 * bound, bound);
        T[] expected = new T[length];
        T[] fresh = new T[length];
        double lowest = Elements.ToDouble(Elements.FromDouble<T>(lower)), highest = Elements.ToDouble(Elements.FromDouble<T>(upper));
        bool IsOutside(T x) => Elements.ToDouble(x) < lowest || Elements.ToDouble(x) > highest;
        Init.Normal<T>(expected, whole, 0.1, 0.8);
        while (expected.Any(IsOutside))
        {
            Init.Normal<T>(fresh, whole, 0.1, 0.8);
            for (int i = 0; i < length; i++)
            {
                if (IsOutside(expected[i])) { expected[i] = fresh[i]; }
            }
        }
        T[] actual = new T[length];
        Init.TruncNormal<T>(actual, fast, 0.1, 0.8, lower, upper);
        Assert.True(MemoryMarshal.AsBytes<T>(expected).SequenceEqual(MemoryMarshal.AsBytes<T>(actual)),
            $"{typeof(T).Name} {whole.Profile}, {length} elements");
        Assert.Equal(whole.GetState(), fast.GetState());
    }
}
