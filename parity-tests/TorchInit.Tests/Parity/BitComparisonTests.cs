using System.Runtime.InteropServices;
using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

public class BitComparisonTests
{
    static BitComparison Of(float[] expected, float[] actual)
        => BitComparison.Of(DType.Float32, MemoryMarshal.AsBytes<float>(expected), MemoryMarshal.AsBytes<float>(actual));

    [Fact]
    public void The_same_bits_are_no_difference() => Assert.Equal(BitComparison.Same(3), Of([1, float.NaN, -0.0f], [1, float.NaN, -0.0f]));

    [Fact]
    public void The_first_difference_is_named_with_both_bits()
    {
        BitComparison bits = Of([1, 2, 3, 4], [1, 2, 3.0000002f, 5]);
        Assert.Equal((4, 2, 2, "40400000", "40400001"), (bits.Count, bits.Differing, bits.FirstIndex, bits.Expected, bits.Actual));
        Assert.Equal(1ul << 21, bits.MaxUlp);     // from 4 to 5
    }

    [Theory]
    [InlineData(0.0f, -0.0f, 0ul)]                 // other bits, the same place on the line
    [InlineData(float.Epsilon, -float.Epsilon, 2ul)]
    [InlineData(1.0f, 1.0000001f, 1ul)]
    [InlineData(float.MaxValue, float.PositiveInfinity, 1ul)]
    [InlineData(1.0f, float.NaN, ulong.MaxValue)]
    public void Distance_counts_numbers_between(float expected, float actual, ulong ulp)
    {
        BitComparison bits = Of([expected], [actual]);
        Assert.Equal((1, ulp), (bits.Differing, bits.MaxUlp));
    }

    [Fact]
    public void Distance_is_relative_to_the_largest_and_in_epsilons()
    {
        Assert.Equal(1, Of([8, 1], [8, 1 + 8 * MathF.Pow(2, -23)]).Distance);
        Assert.Equal(double.PositiveInfinity, Of([1], [float.NaN]).Distance);
        Assert.Equal(double.PositiveInfinity, Of([0], [1]).Distance);
    }

    [Theory]
    [InlineData(DType.Float64, "3ff0000000000000", "3ff0000000000001", 1.0)]
    [InlineData(DType.Float16, "3c00", "3c01", 1.0)]
    [InlineData(DType.BFloat16, "3f80", "3f81", 1.0)]
    [InlineData(DType.Int64, "0000000000000005", "0000000000000006", 0.2)]
    public void Every_dtype_has_its_own_line(DType dtype, string expected, string actual, double distance)
    {
        BitComparison bits = BitComparison.Of(dtype, [.. Convert.FromHexString(expected).Reverse()],
            [.. Convert.FromHexString(actual).Reverse()]);
        Assert.Equal((1ul, expected, actual, distance), (bits.MaxUlp, bits.Expected, bits.Actual, bits.Distance));
    }

    [Fact]
    public void Other_lengths_are_not_compared()
        => Assert.Throws<ArgumentException>(() => BitComparison.Of(DType.Float32, new byte[4], new byte[8]));
}
