namespace TorchInit.Tests.Functions;

/// <summary>trunc_normal_ by erfinv where zeros have signs, numbers are infinite and bounds overflow, as torch 1.13.1 and 2.6.0
/// answered.</summary>
public class TruncNormalEdgeTests
{
    static T[] Fill<T>(string expression, string version = "2.6")
        where T : unmanaged
        => InitPlan.Of(expression, TorchProfile.For(version)).Materialize(1, DType.Of<T>())[""].AsSpan<T>().ToArray();

    /// <summary>C++'s min and max keep the element where it equals the bound: the bound's sign is nobody's.</summary>
    [Theory]
    [InlineData("init.trunc_normal_((40,), a=-0.0, b=-0.0)")]
    [InlineData("init.trunc_normal_((4,), a=0.0, b=-0.0)")]
    [InlineData("init.trunc_normal_((4,), a=-1e-20, b=-0.0)")]
    [InlineData("init.trunc_normal_((4,), a=-5e-324, b=-1e-310)")]
    [InlineData("init.trunc_normal_((), a=-1e-40, b=-0.0)")]
    public void Zeros_stay_positive(string expression)
    {
        Assert.All(Fill<float>(expression), x => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(x)));
        Assert.All(Fill<Half>(expression), x => Assert.Equal(0, BitConverter.HalfToUInt16Bits(x)));
        Assert.All(Fill<BFloat16>(expression), x => Assert.Equal(0, x.Bits));
        if (!expression.Contains("b=-1e-310", StringComparison.Ordinal))
        {
            Assert.All(Fill<double>(expression), x => Assert.Equal(0L, BitConverter.DoubleToInt64Bits(x)));
        }
    }

    /// <summary>∞ · 0 where std·√2 is no float32: AVX2 stores bfloat16's NaN as ffff, 32 elements at once; the rest one by one.</summary>
    [Theory]
    [InlineData(31, CpuCapability.Avx2, 0)]
    [InlineData(32, CpuCapability.Avx2, 32)]
    [InlineData(40, CpuCapability.Avx2, 32)]
    [InlineData(130, CpuCapability.Avx2, 128)]
    [InlineData(130, CpuCapability.Default, 0)]
    public void A_NaN_of_bfloat16(int count, CpuCapability cpu, int vector)
    {
        InitPlan plan = InitPlan.Of($"init.trunc_normal_(({count},), mean=1e-45, std=1e-310, b=-0.0)", TorchProfile.For("1.13.1",
            cpu: cpu));
        ushort[] bits = [.. plan.Materialize(1, DType.BFloat16)[""].AsSpan<BFloat16>().ToArray().Select(x => x.Bits)];
        Assert.Equal([.. Enumerable.Repeat((ushort)0xffff, vector), .. Enumerable.Repeat((ushort)0x7fc0, count - vector)], bits);
    }

    [Fact]
    public void NaNs_of_the_other_types()
    {
        const string Expression = "init.trunc_normal_((40,), mean=1e-45, std=1e-310, b=-0.0)";
        Assert.All(Fill<float>(Expression), x => Assert.Equal(0xffc00000u, BitConverter.SingleToUInt32Bits(x)));
        Assert.All(Fill<Half>(Expression), x => Assert.Equal(0xfe00, BitConverter.HalfToUInt16Bits(x)));
    }

    /// <summary>clamp_ takes its bounds as elements, after the draws, and of a tensor without elements too.</summary>
    [Theory]
    [InlineData("init.trunc_normal_((16,), a=-1.0, b=3.4028236e+38)", DType.Float32, "float", 16)]
    [InlineData("init.trunc_normal_((0,), a=-1e300)", DType.Float32, "float", 0)]
    [InlineData("init.trunc_normal_((4,), b=65519.0)", DType.Float16, "at::Half", 4)]
    [InlineData("init.trunc_normal_((5,), b=3.4e38)", DType.BFloat16, "at::BFloat16", 5)]
    public void A_bound_that_overflows(string expression, DType dtype, string type, int words)
    {
        TorchProfile profile = TorchProfile.For("2.6");
        Generator generator = new(1L, profile), expected = new(1L, profile);
        TorchArgumentException error = Assert.Throws<TorchArgumentException>(() => InitPlan.Of(expression, profile).Materialize(generator,
            dtype));
        Assert.Equal(("RuntimeError", $"value cannot be converted to type {type} without overflow"), (error.TorchKind, error.TorchMessage));
        expected.Advance(words);
        Assert.Equal(expected.GetState(), generator.GetState());
    }

    [Fact]
    public void An_infinite_bound_is_none()
    {
        Assert.Equal(Fill<float>("init.trunc_normal_((7,), a=-1.0, b=inf)"), Fill<float>("init.trunc_normal_((7,), a=-1.0, b=100.0)"));
    }

    /// <summary>add_ rounds a mean to the tensor's 16 bits before it adds.</summary>
    [Fact]
    public void A_mean_is_rounded_to_the_tensors_type()
    {
        TorchProfile profile = TorchProfile.For("2.6");
        BFloat16[] uniforms = [.. Enumerable.Range(-100, 201).Select(i => Elements.FromFloat<BFloat16>(i / 101f))];
        BFloat16[] about0 = [.. uniforms], actual = [.. uniforms];
        TruncNormalByErfInv.FromUniform<BFloat16>(about0, 1.4f, 0, -9, 9, profile);
        TruncNormalByErfInv.FromUniform<BFloat16>(actual, 1.4f, 0.3f, -9, 9, profile);
        float mean = Elements.Round<BFloat16>(0.3f);
        Assert.Equal(about0.Select(x => Elements.FromFloat<BFloat16>(Elements.ToFloat(x) + mean).Bits), actual.Select(x => x.Bits));
    }

    /// <summary>The whole distance from the interval counts, not its square or its sign.</summary>
    [Theory, InlineData(-4.5, 1.5, 0), InlineData(-4.53125, 1.5, 1), InlineData(7, 1.5, 0), InlineData(7.03125, 1.5, 1),
        InlineData(0, 1.5, 0), InlineData(-2.5, 0.5, 0), InlineData(-2.53125, 0.5, 1), InlineData(5, 0.5, 0), InlineData(5.03125, 0.5, 1)]
    public void A_mean_far_outside_is_warned_of(double mean, double std, int warnings)
        => Assert.Equal(Enumerable.Repeat(new TorchWarning("UserWarning", "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. "
            + "The distribution of values may be incorrect."), warnings),
            HeardWarnings.Of(() => Init.TruncNormal<float>(new float[3], new Generator(0), mean, std, a: -1.5, b: 4)));

    [Fact]
    public void A_mean_moves_every_element()
    {
        TorchProfile profile = TorchProfile.For("2.6");
        double[] about0 = new double[100], about5 = new double[100];
        Init.TruncNormal<double>(about0, new Generator(3L, profile), 0, 1, -1.5, 1);
        Init.TruncNormal<double>(about5, new Generator(3L, profile), 5, 1, 3.5, 6);
        Assert.All(about0.Zip(about5), pair => Assert.Equal(pair.First + 5, pair.Second, 1e-12));
    }

    [Fact]
    public void The_bounds_hold_what_rounding_would_let_out()
    {
        Assert.Equal((1f, 2f, 1.5f), (TruncNormalByErfInv.Clamp(0.9f, 1f, 2f), TruncNormalByErfInv.Clamp(2.1f, 1f, 2f),
            TruncNormalByErfInv.Clamp(1.5f, 1f, 2f)));
        Assert.Equal(1f, TruncNormalByErfInv.Clamp(3f, 2f, 1f));
        Assert.True(float.IsNaN(TruncNormalByErfInv.Clamp(float.NaN, 1f, 2f)));
    }
}
