namespace TorchInit.Tests;

public sealed class AssertBitsTests
{
    [Fact]
    public void Equal_bits_pass_even_when_they_are_NaN()
    {
        AssertBits.Equal([1f, float.NaN], [1f, float.NaN]);
        AssertBits.Equal([(Half)1, Half.NaN], [(Half)1, Half.NaN]);
        AssertBits.Equal([(BFloat16)1.5f], [(BFloat16)1.5f]);
    }

    [Fact]
    public void A_failure_names_the_first_index_both_values_in_hex_and_the_distance()
    {
        string message = Failure(() => AssertBits.Equal([0.5f, 1f, 1f], [0.5f, MathF.BitDecrement(1), 1.5f]));
        Assert.Contains("2 of 3 elements differ; the first at index 1", message);
        Assert.Contains("1 (0x3f800000)", message);
        Assert.Contains("(0x3f7fffff), 1 ULP apart", message);
        Assert.Contains("expected 2 elements, got 1", Failure(() => AssertBits.Equal([1.0, 2.0], [1.0])));
    }

    [Fact]
    public void Zeros_of_either_sign_differ_by_one_and_distances_cross_zero()
    {
        Assert.Contains("1 ULP", Failure(() => AssertBits.Equal([0.0], [-0.0])));
        Assert.Contains("3 ULP", Failure(() => AssertBits.Equal([double.Epsilon], [-double.Epsilon])));
        Assert.Contains("3 ULP", Failure(() => AssertBits.Equal([Half.Epsilon], [-Half.Epsilon])));
    }

    static string Failure(Action comparison) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(comparison).Message;
}
