namespace TorchInit.Tests.Draws;

/// <summary>random_'s range: refused where it leaves the dtype, moved to the dtype's next numbers, warned of where it is inexact.</summary>
public class RandomRangeTests
{
    static string Refused(DType dtype, long from, long? to)
        => Assert.Throws<TorchArgumentException>(() => RandomRange.Of(dtype, from, to)).Message;

    [Theory]
    [InlineData(DType.Int64, long.MinValue, long.MaxValue, "long int")]
    [InlineData(DType.Int32, int.MinValue, int.MaxValue, "int")]
    [InlineData(DType.Int16, short.MinValue, short.MaxValue, "short int")]
    [InlineData(DType.Int8, sbyte.MinValue, sbyte.MaxValue, "signed char")]
    [InlineData(DType.UInt8, 0, 255, "unsigned char")]
    [InlineData(DType.Bool, 0, 1, "bool")]
    public void Whole_numbers(DType dtype, long low, long high, string type)
    {
        Assert.Equal((low, unchecked((ulong)high - (ulong)low + 1)), RandomRange.Of(dtype, low, null));
        Assert.Equal((high, 1UL), RandomRange.Of(dtype, high, null));
        Assert.Equal((low, 1UL), RandomRange.Of(dtype, low, low + 1));
        if (dtype == DType.Int64) { return; }
        Assert.Equal((low, (ulong)(high - low) + 1), RandomRange.Of(dtype, low, high + 1));
        Assert.Equal($"from is {low - 1}; allowed: a value in the dtype's range. torch: RuntimeError: from is out of bounds for {type} "
            + "(Parameter 'from')", Refused(dtype, low - 1, high));
        Assert.Equal($"from is {high + 1}; allowed: a value in the dtype's range. torch: RuntimeError: from is out of bounds for {type} "
            + "(Parameter 'from')", Refused(dtype, high + 1, null));
        Assert.Equal($"to is {high + 2}; allowed: one above a value in the dtype's range. torch: RuntimeError: to - 1 is out of bounds for "
            + $"{type} (Parameter 'to')", Refused(dtype, low, high + 2));
    }

    [Fact]
    public void An_empty_range()
    {
        Assert.Equal("from is 3; allowed: below 3. torch: RuntimeError: random_ expects 'from' to be less than 'to', but got from=3 >= "
            + "to=3 (Parameter 'from')", Refused(DType.Int64, 3, 3));
        Assert.Equal("from is 4; allowed: below 3. torch: RuntimeError: random_ expects 'from' to be less than 'to', but got from=4 >= "
            + "to=3 (Parameter 'from')", Refused(DType.Float32, 4, 3));
        Assert.Equal("from is 256; allowed: below 256. torch: RuntimeError: random_ expects 'from' casted to dtype to be less than or "
            + "equal to 'to_inc' casted to dtype, but got from=256 > to_inc=256 (Parameter 'from')", Refused(DType.BFloat16, 256, null));
        // Between 2^26 and 2^26 + 8 float32 has no number.
        Assert.Equal("from is 67108872; allowed: below 67108864. torch: RuntimeError: random_ expects 'from' casted to dtype to be less "
            + "than "
            + "'to' casted to dtype, but got from=67108872 >= to=67108864 (Parameter 'from')", Refused(DType.Float32, 67108867, 67108871));
        Assert.Contains("from=67108872 >= to=67108872", Refused(DType.Float32, 67108867, 67108879), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.Float64, 53)]
    [InlineData(DType.Float32, 24)]
    [InlineData(DType.Float16, 11)]
    [InlineData(DType.BFloat16, 8)]
    public void Numbers_of_a_floating_point_type(DType dtype, int digits)
    {
        long exact = 1L << digits;
        Assert.Equal((0, (ulong)exact + 1), RandomRange.Of(dtype, 0, null));
        Assert.Equal((exact - 1, 2UL), RandomRange.Of(dtype, exact - 1, null));
        Assert.Equal((-exact, (ulong)exact + 3), RandomRange.Of(dtype, -exact, 3));
        Assert.Equal((1, (ulong)exact - 1), RandomRange.Of(dtype, 1, exact));
        // Here every eighth number is there: from moves up to the next one, to moves down to the one before the last.
        Assert.Equal((4 * exact + 8, 8UL), RandomRange.Of(dtype, 4 * exact + 3, 4 * exact + 23));
        Assert.Equal((4 * exact + 4, 4UL), RandomRange.Of(dtype, 4 * exact + 4, 4 * exact + 16));
        Assert.Equal((-4 * exact, 4 * (ulong)exact), RandomRange.Of(dtype, -4 * exact, 0));
        Assert.Equal((0, 8 * (ulong)exact - 8), RandomRange.Of(dtype, 0, 8 * exact));
    }

    [Fact]
    public void What_float16_does_not_have()
    {
        Assert.Equal("from is -65536; allowed: a value in the dtype's range. torch: RuntimeError: from is out of bounds "
            + "for c10::Half (Parameter 'from')", Refused(DType.Float16, -65536, 0));
        Assert.Equal("to is 65536; allowed: one above a value in the dtype's range. torch: RuntimeError: to - 1 is out of bounds for "
            + "c10::Half (Parameter 'to')", Refused(DType.Float16, 0, 65536));
        Assert.Equal((-65504, 65504UL), RandomRange.Of(DType.Float16, -65504, 0));
        Assert.Equal((65504, 1UL), RandomRange.Of(DType.Float16, 65504, 65505));
        Assert.Equal((-65504, 1UL), RandomRange.Of(DType.Float16, -65504, -65503));
        RandomRange.Of(DType.BFloat16, -1L << 62, 1L << 62);
    }

    [Fact]
    public void The_whole_of_64_bits()
    {
        foreach (DType dtype in (DType[])[DType.Int64, DType.Float64, DType.Float32, DType.BFloat16])
        {
            Assert.Equal((0, 0UL, true), new RandomRule(long.MinValue, null).Range(dtype, TorchProfile.Default));
        }
        const string Kernel = "random_full_64_bits_range_kernel_cpu";
        foreach ((DType dtype, string said) in ((DType, string)[])[
            (DType.Float16, $"NotImplementedError: \"{Kernel}\" not implemented for 'Half'"),
            (DType.Bool, $"NotImplementedError: \"{Kernel}\" not implemented for 'Bool'"),
            (DType.Int32, $"RuntimeError: {Kernel} handles only int64, double, float and bfloat16")])
        {
            Assert.Equal($"dtype is '{dtype.TorchName()}'; allowed: int64, float64, float32, bfloat16. torch: {said} (Parameter 'dtype')",
                Assert.Throws<TorchArgumentException>(()
                    => new RandomRule(long.MinValue, null).Range(dtype, TorchProfile.Default)).Message);
        }
        Assert.Equal((long.MinValue, 1UL << 63, true), new RandomRule(long.MinValue, 0).Range(DType.Int64, TorchProfile.Default));
    }

    [Fact]
    public void Without_bounds_every_dtype_has_its_own()
    {
        (DType DType, ulong Count)[] counts = [(DType.Float64, (1UL << 53) + 1), (DType.Int64, 1UL << 63), (DType.Float32, (1UL << 24) + 1),
            (DType.Float16, 2049), (DType.BFloat16, 257), (DType.Int32, 1UL << 31), (DType.Int16, 1 << 15), (DType.Int8, 128),
            (DType.UInt8, 256), (DType.Bool, 2)];
        foreach ((DType dtype, ulong count) in counts)
        {
            Assert.Equal((0, count, dtype is DType.Int64 or DType.Float64), new RandomRule(null, null).Range(dtype, TorchProfile.Default));
        }
    }

    [Theory]
    [InlineData(DType.Float32, 0L, 16777217L, 0, 0)]
    [InlineData(DType.Float32, -16777216L, 16777217L, 0, 0)]
    [InlineData(DType.Float32, 0L, 16777222L, 0, 1)]
    [InlineData(DType.Float32, -16777220L, 0L, 1, 0)]
    [InlineData(DType.Float16, 2052L, 4000L, 1, 1)]
    [InlineData(DType.BFloat16, -300L, 300L, 1, 1)]
    [InlineData(DType.Float64, 0L, 1000L, 0, 0)]
    [InlineData(DType.Int8, -128L, 100L, 0, 0)]
    [InlineData(DType.Float32, 16777220L, null, 0, 0)]
    public void A_range_with_gaps_is_warned_of(DType dtype, long from, long? to, int ofFrom, int ofTo)
    {
        List<TorchWarning> heard = HeardWarnings.Of(() =>
        {
            InitPlan plan = new("x", TorchProfile.Default, [new("w", [3], DType: dtype)], [new RandomStep("w", from, to)]);
            if (to is null) { Assert.Throws<TorchArgumentException>(() => plan.Materialize(1)); }
            else { plan.Materialize(1); }
        });
        (int digits, string type) = dtype switch
        {
            DType.Float64 => (53, "double"),
            DType.Float32 => (24, "float"),
            DType.Float16 => (11, "c10::Half"),
            _ => (8, "c10::BFloat16"),
        };
        string text = $" is out of bounds [-(2^{digits}), 2^{digits}]. Due to precision limitations {type} can support discrete uniform "
            + "distribution only within this range. This warning will become an error in version 1.7 release, please fix the code in "
            + "advance";
        Assert.Equal([.. Enumerable.Repeat("from" + text, ofFrom), .. Enumerable.Repeat("to - 1" + text, ofTo)],
            heard.Select(warning => warning.Message));
    }

    [Fact]
    public void The_largest_number_is_not_followed()
        => Assert.Contains("allowed: up to 9223372036854775806", Assert.Throws<NotFollowedException>(()
            => RandomRange.Of(DType.Float32, long.MaxValue, null)).Message, StringComparison.Ordinal);

    /// <summary>The numbers of torch 1.13: a range of all int32 takes one word there, since it is no 64-bit type.</summary>
    [Fact]
    public void All_int32_are_one_word_each()
    {
        int[] drawn = new int[4];
        TorchInit.Draws.RandInt(drawn.AsSpan(), new Generator(0UL, TorchProfile.For("1.13")), int.MinValue, 1L << 31);
        Assert.Equal([209652396, 398764591, 924231285, 1478610112], drawn);
        foreach (DType dtype in Enum.GetValues<DType>())
        {
            bool isWide = dtype is DType.Int64 or DType.Float64 or DType.Float32 or DType.BFloat16;
            Assert.Equal(isWide, TorchProfile.For("2.6").IsWide(1UL << 32, dtype));
            Assert.False(TorchProfile.For("2.6").IsWide((1UL << 32) - 1, dtype));
            Assert.True(TorchProfile.For("2.10").IsWide(1UL << 28, dtype));
            Assert.False(TorchProfile.For("2.10").IsWide((1UL << 28) - 1, dtype));
        }
    }
}
