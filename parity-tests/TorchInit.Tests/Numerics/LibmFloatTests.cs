namespace TorchInit.Tests;

/// <summary>
/// The float32 functions over every argument that a normal draw has (2²⁴ each), expf and erff over a stride of all floats. The hashes are
/// glibc 2.36's on x86-64 (erff_rounded: of a 113-bit erf), so that they stand for it on machines that have another C library.
/// </summary>
public sealed class LibmFloatTests
{
    const int Draws = 1 << 24;
    const uint ExpStride = 251, FloatStride = 1009; // primes: every exponent and all low bits occur

    sealed record Sweep(int Count, Func<int, float> Argument, Func<float, float> Ours, Func<float, float>? Glibcs, string Sha256);

    static readonly Dictionary<string, Sweep> s_sweeps = new()
    {
        // u₁ = 1 − k · 2⁻²⁴, in (0, 1]
        ["logf"] = new(Draws, k => 1 - (k * (1f / Draws)), Libm.LogF, Glibc.LogF,
            "87df1a963dc44a28d123af1a15f80098af865dea8ef2a4d8079deec10de451bc"),
        // the angle 2π u₂, the product rounded from float64 (torch's portable code) or in float32 (its AVX2 code)
        ["sinf"] = new(Draws, k => (float)(2 * Math.PI * (k * (1f / Draws))), Libm.SinF, Glibc.SinF,
            "abe1577cb74ef47d82b194b8e0ccdf573e710166350cf0e3aa6d009e0c5fc21a"),
        ["cosf"] = new(Draws, k => (float)(2 * Math.PI * (k * (1f / Draws))), Libm.CosF, Glibc.CosF,
            "505442c7683ba19b14c844adaabcec40648dde61da9e9f1c735939d0f83aa809"),
        ["sinf, float32 product"] = new(Draws, k => (float)(2 * Math.PI) * (k * (1f / Draws)), Libm.SinF, Glibc.SinF,
            "3c8c9b97a20ded9dcd2b5590539241e847b7425a0f3c9f298e1d95eb1ad8d48b"),
        ["cosf, float32 product"] = new(Draws, k => (float)(2 * Math.PI) * (k * (1f / Draws)), Libm.CosF, Glibc.CosF,
            "13c52010ebea2b3d860daef66e0838b98c39efcbda95159a723d1f57d0a1fcc7"),
        ["sinf, floats below 16"] = new((int)(2 * 0x41800000L / FloatStride), k => Float(k, FloatStride, 0x41800000), Libm.SinF, Glibc.SinF,
            "0ec27a69406103d874aa7e4e8a7f415278edf287f120690acaa0f0fd28239cec"),
        ["cosf, floats below 16"] = new((int)(2 * 0x41800000L / FloatStride), k => Float(k, FloatStride, 0x41800000), Libm.CosF, Glibc.CosF,
            "97741019691bcb7f4975d453cd2195777bd5ff3ed03794eeee5a5ddf8188d1a8"),
        ["logf, all floats"] = new((int)(uint.MaxValue / FloatStride), k => Float(k, FloatStride), Libm.LogF, Glibc.LogF,
            "fb28c0e6d5b1783100e201f6b10b778e13c289529078fd8edeb696ce191b844f"),
        ["expf, all floats"] = new((int)(uint.MaxValue / FloatStride), k => Float(k, FloatStride), Libm.ExpF, Glibc.ExpF,
            "3af2de966593a1e4bb1251da83604865364887676cb9753350e2736f8b6e8262"),
        // |x| < 90, the two signs in turn
        ["expf"] = new((int)(2 * 0x42B40000L / ExpStride), k => Float(k, ExpStride, 0x42B40000), Libm.ExpF, Glibc.ExpF,
            "08f2fd6faa7c71da8e3d80a4853ad840e055e3a43af7c8cbce25f3a3a5196f97"),
        ["erff"] = new((int)(uint.MaxValue / FloatStride), k => Float(k, FloatStride), Libm.Erff,
            Glibc.Version < new Version(2, 41) ? Glibc.Erff : null,
            "f7c59c8035a73627a9ef8cfce7944b13f47ecdf6e2593e31dec16e893b814642"),
        ["erff_rounded"] = new((int)(uint.MaxValue / FloatStride), k => Float(k, FloatStride), Libm.ErffRounded,
            Glibc.Version >= new Version(2, 41) ? Glibc.Erff : null,
            "c1f99876210a2e183024eb2ed07c1849e49f4bb38b60c72f61a1b27b23d387a4"),
    };

    public static TheoryData<string> Sweeps => [.. s_sweeps.Keys];

    [Theory, MemberData(nameof(Sweeps))]
    public void Every_result_is_the_one_that_glibc_gave_when_its_hash_was_recorded(string name)
    {
        Sweep sweep = s_sweeps[name];
        Assert.Equal(sweep.Sha256, GoldenTable.Sha256<float>(Fill(sweep, sweep.Ours)));
    }

    [Theory, MemberData(nameof(Sweeps))]
    public void Every_result_is_the_one_that_this_machines_glibc_gives(string name)
    {
        Assert.SkipUnless(Glibc.Version is not null, Glibc.NotHere);
        Sweep sweep = s_sweeps[name];
        Assert.SkipUnless(sweep.Glibcs is not null, $"glibc {Glibc.Version} has the other erff");
        AssertBits.Equal(Fill(sweep, sweep.Glibcs!), Fill(sweep, sweep.Ours));
    }

    [Fact]
    public void The_two_erffs_differ_in_2_percent_of_trunc_normals_arguments()
    {
        const int Count = 1 << 20;
        int differ = Enumerable.Range(0, Count).Count(k => Libm.Erff(k * (2f / Count)) != Libm.ErffRounded(k * (2f / Count)));
        Assert.InRange(differ, Count / 100, Count / 10);
    }

    [Theory, InlineData(16f), InlineData(-16f), InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void An_angle_whose_sine_depends_on_the_CPU_is_refused(float angle)
    {
        Assert.Throws<ArgumentOutOfRangeException>("y", () => Libm.SinF(angle));
        Assert.Throws<ArgumentOutOfRangeException>("y", () => Libm.CosF(angle));
    }

    /// <summary>The k-th pattern of a stride over magnitudes below <paramref name="bound"/>, both signs; NaNs as 0.</summary>
    static float Float(int k, uint stride, uint bound = 0x80000000)
    {
        uint index = (uint)k * stride;
        float value = BitConverter.UInt32BitsToSingle(index < bound ? index : (index - bound) | 0x80000000);
        return float.IsNaN(value) ? 0 : value;
    }

    static float[] Fill(Sweep sweep, Func<float, float> function)
    {
        float[] results = new float[sweep.Count];
        Parallel.For(0, 64, part =>
        {
            int end = (int)((part + 1L) * results.Length / 64);
            for (int k = (int)((long)part * results.Length / 64); k < end; k++)
            {
                float result = function(sweep.Argument(k));
                results[k] = float.IsNaN(result) ? float.NaN : result; // a NaN's sign is the processor's choice
            }
        });
        return results;
    }
}
