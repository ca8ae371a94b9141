using TorchInit.Parity;

namespace TorchInit.Tests.Parity;

/// <summary>Tolerances are derived, and hold what they are derived from.</summary>
public class PromiseTests
{
    static readonly TorchProfile s_wheel = TorchProfile.For("2.10");

    [Theory]
    [InlineData("1.13", LapackImplementation.Reference311)]
    [InlineData("2.6", LapackImplementation.Reference312)]
    public void Debians_builds_are_followed_to_the_bit(string version, LapackImplementation lapack)
    {
        TorchProfile profile = TorchProfile.For(version) with { Lapack = lapack };
        string[] expressions =
        [
            "utils.weight_norm(Linear(500, 300), dim=None)", "utils.spectral_norm(Linear(333, 77))",
                "parametrizations.spectral_norm(Linear(64, 10))",
            "init.orthogonal_((300, 200))",
        ];
        foreach (string expression in expressions)
        {
            foreach (DType dtype in CaseTable.DTypes)
            {
                // Since 2.1, 16-bit products are added in float32 in an order that is not known.
                bool close = expression == expressions[2] && dtype is DType.Float16 or DType.BFloat16 && version == "2.6";
                Assert.True(Promise.For(InitPlan.Of(expression, profile), dtype).IsExact == !close, $"{expression} {dtype} {profile}");
            }
        }
    }

    [Fact]
    public void Elsewhere_a_bound_grows_with_the_terms()
    {
        double Of(string expression, DType dtype, TorchProfile profile) => Promise.For(InitPlan.Of(expression, profile), dtype).Tolerance;

        Assert.Equal(21 / 2.0 + 1, Of("utils.weight_norm(Linear(20, 31))", DType.Float32, s_wheel));        // (n + 1) / 2 + 1
        Assert.Equal(150_001 / 2.0 + 1, Of("utils.weight_norm(Linear(500, 300), dim=None)", DType.Float64, s_wheel));
        // 16 bits are added in float32 since 2.1: two roundings, and next to nothing from the sums; before, in 16 bits, where so many
        // terms are lost.
        Assert.InRange(Of("utils.weight_norm(Linear(500, 300), dim=None)", DType.Float16, s_wheel), 2, 12);
        Assert.Equal(double.PositiveInfinity, Of("utils.weight_norm(Linear(500, 300), dim=None)", DType.Float16, TorchProfile.For("2.0")));
        double small = Of("parametrizations.spectral_norm(Linear(64, 10))", DType.Float32, s_wheel);
        Assert.True(small < Of("parametrizations.spectral_norm(Linear(640, 100))", DType.Float32, s_wheel));
    }

    [Fact]
    public void The_wheel_of_2_11_has_known_norms_and_MKLs_products()
    {
        TorchProfile wheel = TorchProfile.For("2.11");
        Assert.True(Promise.For(InitPlan.Of("utils.weight_norm(Linear(500, 300), dim=1)", wheel), DType.Float32).IsExact);
        Assert.True(Promise.For(InitPlan.Of("utils.spectral_norm(Linear(500, 300))", wheel), DType.Float64).IsExact);
        Assert.False(Promise.For(InitPlan.Of("parametrizations.spectral_norm(Linear(500, 300))", wheel), DType.Float32).IsExact);
    }

    [Fact]
    public void What_the_processor_decides_is_not_promised()
    {
        TorchProfile debian = TorchProfile.For("1.13") with { Lapack = LapackImplementation.Reference311 };
        InitPlan larger = InitPlan.Of("parametrizations.spectral_norm(Linear(65, 64))", debian);
        Assert.True(Promise.For(InitPlan.Of("parametrizations.spectral_norm(Linear(64, 64))", debian), DType.BFloat16).IsExact);
        Assert.Equal(double.PositiveInfinity, Promise.For(larger, DType.BFloat16).Tolerance);
        Assert.True(Promise.For(larger, DType.Float32).IsExact);
    }

    /// <summary>The slope of erf⁻¹ is what the bound says: a y that is 6 units off stays within it (two are the formula's own), and 256 do
    /// not, all the way to where nothing is promised.</summary>
    [Fact]
    public void Erfinvs_bound_is_what_units_of_its_argument_make()
    {
        TruncNormalStep cut = new(new("x"), 0, 1 / Math.Sqrt(2), -10, 10);      // the value is x itself
        double epsilon = Math.Pow(2, -52);
        int promised = 0;
        for (int power = 1; power <= 49; power++)
        {
            double distance = Math.Pow(2, -power), unit = Math.Pow(2, -53);
            double x = ErfInv.Compute<Fused>(1 - distance);
            double allowed = ErfInvPromise.Allowed(cut, x, epsilon);
            if (double.IsInfinity(allowed)) { continue; }
            promised++;
            double above = Math.Abs(ErfInv.Compute<Fused>(1 - distance + 6 * unit) - x);
            double off = Math.Max(above, Math.Abs(ErfInv.Compute<Fused>(1 - distance - 6 * unit) - x));
            Assert.True(off <= allowed, $"1 − y = 2^−{power}: {off} of {allowed}");
            double far = Math.Abs(ErfInv.Compute<Fused>(1 - distance - 256 * unit) - x);
            Assert.True(far > allowed || power < 8, $"1 − y = 2^−{power}: the bound {allowed} lets 256 units pass, {far}");
        }
        Assert.InRange(promised, 45, 49);
        Assert.Equal(double.PositiveInfinity, ErfInvPromise.Allowed(cut, 5.85, epsilon));
    }

    [Fact]
    public void An_element_near_the_tail_may_be_away_and_one_in_the_middle_not()
    {
        InitPlan plan = InitPlan.Of("init.trunc_normal_((2,), std=0.02)", s_wheel);
        Promise promise = Promise.For(plan, DType.Float64);
        bool Kept(double tail, double middle)
        {
            byte[] ours = [.. BitConverter.GetBytes(0.02 * Math.Sqrt(2) * 3.9), .. BitConverter.GetBytes(0.01)];
            byte[] theirs = [.. BitConverter.GetBytes(tail), .. BitConverter.GetBytes(middle)];
            return promise.Allows(DType.Float64, theirs, ours, BitComparison.Of(DType.Float64, theirs, ours));
        }
        double end = 0.02 * Math.Sqrt(2) * 3.9;
        Assert.True(Kept(end, 0.01));
        Assert.True(Kept(end * (1 + 5000 * Math.Pow(2, -52)), 0.01));          // 5,000 ε, as one Intel with AVX-512 was away
        Assert.False(Kept(end * (1 + 1e-6), 0.01));
        Assert.False(Kept(end, 0.01 * (1 + 200 * Math.Pow(2, -52))));
        Assert.False(Kept(double.NaN, 0.01));
    }
}
