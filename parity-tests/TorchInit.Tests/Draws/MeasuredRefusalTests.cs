namespace TorchInit.Tests.Draws;

/// <summary>Refusals as torch 1.13.1 and 2.6.0 of Debian make them, measured.</summary>
public class MeasuredRefusalTests
{
    static readonly TorchProfile s_old = TorchProfile.For("1.13"), s_new = TorchProfile.For("2.6");

    static (string Kind, string? Message) Of(Action call)
        => Assert.Throws<TorchArgumentException>(call) is var refused ? (refused.TorchKind, refused.TorchMessage) : default;

    [Fact]
    public void NaN_passes_Pythons_comparison_of_dropout()
    {
        Assert.Equal(("RuntimeError", "dropout probability has to be between 0 and 1, but got nan"),
            Of(() => TorchInit.Draws.Dropout<float>(new float[2], new Generator(0, s_new), double.NaN)));
        Assert.Equal("ValueError", Of(() => TorchInit.Draws.Dropout<float>(new float[2], new Generator(0, s_new), 1.5)).Kind);
    }

    [Fact]
    public void All_64_bits()
    {
        foreach (TorchProfile profile in (TorchProfile[])[s_old, s_new])
        {
            Assert.Equal(("RuntimeError", "\"random_full_64_bits_range_kernel_cpu\" not implemented for 'Half'"),
                Of(() => TorchInit.Draws.Random<Half>(new Half[2], new(0, profile), long.MinValue, null)));
            Assert.Equal(("RuntimeError", "\"random_full_64_bits_range_kernel_cpu\" not implemented for 'Bool'"),
                Of(() => TorchInit.Draws.Random<bool>(new bool[2], new(0, profile), long.MinValue, null)));
            Assert.Equal(("RuntimeError", "random_full_64_bits_range_kernel_cpu handles only int64, double, float and bfloat16"),
                Of(() => TorchInit.Draws.Random<int>(new int[2], new(0, profile), long.MinValue, null)));
        }
    }

    [Fact]
    public void An_empty_tensor_meets_no_kernel_since_2_6()
    {
        TorchInit.Draws.Random<Half>([], new(0, s_new), long.MinValue, null);
        TorchInit.Draws.Random<int>([], new(0, s_new), long.MinValue, null);
        TorchInit.Draws.Geometric<bool>([], new(0, s_new), 0.5);
        TorchInit.Draws.Exponential<long>([], new(0, s_new), 0.5);
        const string None = "\"geometric_cpu\" not implemented for 'Bool'";
        Assert.Equal(None, Of(() => TorchInit.Draws.Geometric<bool>([], new(0, s_old), 0.5)).Message);
        Assert.Equal(None, Of(() => TorchInit.Draws.Geometric<bool>(new bool[1], new(0, s_new), 0.5)).Message);
        Assert.Equal("RuntimeError", Of(() => TorchInit.Draws.Geometric<bool>([], new(0, s_new), 2)).Kind);
    }

    [Theory]
    [InlineData(DType.Bool, "Bool"), InlineData(DType.Int32, "Int"), InlineData(DType.UInt8, "Byte"), InlineData(DType.Int8, "Char")]
    [InlineData(DType.Int16, "Short"), InlineData(DType.Int64, "Long")]
    public void Fills_of_integers(DType dtype, string type)
    {
        (InitStep Step, string Kernel)[] steps = [(new NormalStep("w", 0, 1), "normal_kernel_cpu"), (new UniformStep("w", 0, 1),
            "check_uniform_bounds"), (new OrthogonalStep("w", 1), "normal_kernel_cpu"), (new SparseStep("w", 0.5, 1), "normal_kernel_cpu"),
            (new TruncNormalStep("w", 0, 1, -2, 2), "check_uniform_bounds")];
        foreach ((InitStep step, string kernel) in steps)
        {
            InitPlan plan = new("x", s_new, [new("w", [4, 4], DType: dtype)], [step]);
            Assert.Equal(("RuntimeError", $"\"{kernel}\" not implemented for '{type}'"), Of(() => plan.Materialize(0)));
        }
        Assert.Throws<TorchArgumentException>(() => TorchInit.Init.Normal<int>(new int[2], new Generator(0)));
        Assert.Throws<NotSupportedException>(() => TorchInit.Init.Normal<char>(new char[2], new Generator(0)));
    }

    [Fact]
    public void A_share_of_no_rows()
    {
        Assert.Equal(("ValueError", "cannot convert float NaN to integer"),
            Of(() => TorchInit.Init.Sparse<float>([], [0, 3], new(0), double.PositiveInfinity)));
        Assert.Equal(("OverflowError", "cannot convert float infinity to integer"),
            Of(() => TorchInit.Init.Sparse<float>([], [3, 0], new(0), double.PositiveInfinity)));
    }

    [Fact]
    public void A_NaN_epsilon_needs_no_clamp_of_float16()
    {
        InitPlan Plan(double epsilon) => new("x", s_old, [new("w", [4], DType: DType.Float16)], [new NormalizeStep("w", epsilon)]);
        Assert.All(Plan(double.NaN).Materialize(0)["w"].AsSpan<Half>().ToArray(), element => Assert.True(Half.IsNaN(element)));
        Assert.Equal("\"clamp_min_cpu\" not implemented for 'Half'", Of(() => Plan(1e-12).Materialize(0)).Message);
    }
}
