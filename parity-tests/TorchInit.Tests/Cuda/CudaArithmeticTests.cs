namespace TorchInit.Tests.Cuda;

using Draws = TorchInit.Draws;

/// <summary>What a GPU computes from its draws: numbers stay float32 beside 16 bits, erfinv and log are CUDA's.</summary>
public class CudaArithmeticTests
{
    static readonly TorchProfile s_gpu = TorchProfile.Cuda("2.11", Gpu.H100Sxm);

    [Theory]
    [InlineData("torch.randn(5000, dtype=torch.bfloat16) + 0.3", 0)]
    [InlineData("torch.randn(5000, dtype=torch.bfloat16) - 0.3", 1)]
    [InlineData("0.3 - torch.randn(5000, dtype=torch.bfloat16)", 2)]
    [InlineData("torch.normal(0.3, torch.ones(5000, dtype=torch.bfloat16))", 0)]
    public void A_number_is_not_rounded_to_16_bits(string expression, int operation)
    {
        BFloat16[] drawn = Drawn<BFloat16>("torch.randn(5000, dtype=torch.bfloat16)"), actual = Drawn<BFloat16>(expression);
        Func<float, float> apply = operation switch { 0 => x => x + 0.3f, 1 => x => x - 0.3f, _ => x => 0.3f - x };
        Assert.Equal([.. drawn.Select(x => Elements.FromFloat<BFloat16>(apply(Elements.ToFloat(x))))], actual);
        // On a CPU 0.3 is rounded first, which is seen in a third of the elements.
        float rounded = Elements.Round<BFloat16>(0.3f);
        Assert.NotEqual([.. drawn.Select(x => Elements.FromFloat<BFloat16>(Elements.ToFloat(x) + rounded))], actual);
    }

    [Fact]
    public void A_cube_of_float16_is_rounded_twice()
    {
        Half[] drawn = Drawn<Half>("torch.randn(5000, dtype=torch.float16)");
        Assert.Equal([.. drawn.Select(x => x * x * x)], Drawn<Half>("torch.randn(5000, dtype=torch.float16) ** 3"));
    }

    [Fact]
    public void Erfinv_and_log_are_CUDAs()
    {
        float[] floats = Drawn<float>("torch.rand(5000)");
        double[] doubles = Drawn<double>("torch.rand(5000, dtype=torch.float64)");
        AssertBits.Equal([.. floats.Select(CudaMath.ErfInv)], Drawn<float>("torch.rand(5000).erfinv()"));
        AssertBits.Equal([.. floats.Select(CudaMath.Log)], Drawn<float>("torch.rand(5000).log()"));
        Assert.Equal([.. doubles.Select(CudaMath.ErfInv)], Drawn<double>("torch.rand(5000, dtype=torch.float64).erfinv()"));
        Assert.Equal([.. doubles.Select(CudaMath.Log)], Drawn<double>("torch.rand(5000, dtype=torch.float64).log()"));
        Assert.NotEqual(floats.Select(x => (float)Math.Log(x)), floats.Select(CudaMath.Log));
        Assert.Equal([float.NegativeInfinity, float.NaN, float.PositiveInfinity],
            new[] { 0f, -1f, float.PositiveInfinity }.Select(CudaMath.LogOfAny));
    }

    /// <summary>Before 2.5 the offset moved as if one draw made four elements, whatever their size.</summary>
    [Theory]
    [InlineData("2.3", 4, 600_004)]
    [InlineData("2.6", 8, 600_008)]
    [InlineData("2.11", 8, 600_008)]
    public void Wide_integers_move_the_offset(string version, ulong integers, ulong permutation)
    {
        TorchProfile profile = TorchProfile.Cuda(version, Gpu.H100Sxm);
        Generator generator = new(0UL, profile);
        Draws.RandInt(new long[600_000].AsSpan(), generator, 0, 1L << 40);
        Assert.Equal(integers, generator.Offset);
        generator = new(0UL, profile);
        Draws.RandPerm(new long[600_000], generator);
        Assert.Equal(permutation, generator.Offset);
    }

    /// <summary>The steps of the tensor operations as a GPU runs them.</summary>
    [Fact]
    public void The_density_of_a_candidate_is_computed_in_float32()
    {
        TruncNormalByRejection<BFloat16, float>.LogDensity density
            = TruncNormalByRejection<BFloat16, float>.LogDensity.Of(0.3, 0.7, 1, 2, TorchProfile.Cuda("2.13", Gpu.H100Sxm));
        float mode = (float)(-0.5 * Math.Pow((1 - 0.3) / 0.7, 2));
        for (float x = 1; x <= 2; x += 1f / 128)
        {
            float d = Round(x - 0.3f);
            d = Round(d * (float)(1 / 0.7));
            d = Round(Round(d * d) * -0.5f);
            Assert.Equal(Round(d - mode), density.Of(Elements.FromFloat<BFloat16>(x)));
        }

        static float Round(float value) => Elements.Round<BFloat16>(value);
    }

    static T[] Drawn<T>(string expression)
        where T : unmanaged
        => InitPlan.Of(expression, s_gpu).Materialize(7)[""].AsSpan<T>().ToArray();
}
