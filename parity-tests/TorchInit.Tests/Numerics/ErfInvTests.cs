using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchInit.Tests;

/// <summary>calc_erfinv against torch without MKL: 1.13.1 over glibc 2.36, 2.6.0 over glibc 2.41.</summary>
public sealed class ErfInvTests
{
    const string NeedsLibm = "float64 erfinv calls Math.Log and Math.Exp, which are the golden's only over glibc on a CPU with FMA";

    public static TheoryData<string, string, string> Cases
        => [.. GoldenTable.Read("numerics/erfinv-torch-1.13.1.tsv").Select(row => (row["dtype"], row["capability"], row["seed"]))];

    [Theory, MemberData(nameof(Cases))]
    public void Inverse_is_torchs(string dtype, string capability, string seed)
    {
        Dictionary<string, string> golden = GoldenTable.Read("numerics/erfinv-torch-1.13.1.tsv")
            .Single(row => row["dtype"] == dtype && row["capability"] == capability && row["seed"] == seed);
        int count = int.Parse(golden["count"]);
        ulong from = ulong.Parse(seed);
        IEnumerable<int> indices = Enumerable.Range(0, count);
        if (dtype == "float32")
        {
            float[] x = [.. indices.Select(k => capability == "avx2"
                ? ErfInv.Compute<Fused>(SplitMix.Single(from, k), ErffVariant.Fdlibm)
                : ErfInv.Compute<Unfused>(SplitMix.Single(from, k), ErffVariant.Fdlibm))];
            if (golden["values"] != "-") { AssertBits.Equal(GoldenTable.Singles(golden["values"]), x); }
            Assert.Equal(golden["sha256"], GoldenTable.Sha256<float>(x));
        }
        else
        {
            Assert.SkipUnless(Glibc.Version is not null
                && (Fma.IsSupported || RuntimeInformation.ProcessArchitecture == Architecture.Arm64), NeedsLibm);
            double[] x = [.. indices.Select(k => capability == "avx2"
                ? ErfInv.Compute<Fused>(SplitMix.Double(from, k))
                : ErfInv.Compute<Unfused>(SplitMix.Double(from, k)))];
            if (golden["values"] != "-") { AssertBits.Equal(GoldenTable.Doubles(golden["values"]), x); }
            Assert.Equal(golden["sha256"], GoldenTable.Sha256<double>(x));
        }
    }

    public static TheoryData<int> TruncNormals => [.. Enumerable.Range(0, GoldenTable.Read("numerics/trunc_normal-torch-2.6.0.tsv").Count)];

    [Theory, MemberData(nameof(TruncNormals))]
    public void Truncated_normals_over_glibc_2_41_are_torchs(int line)
    {
        Dictionary<string, string> golden = GoldenTable.Read("numerics/trunc_normal-torch-2.6.0.tsv")[line];
        double scale = double.Parse(golden["std"], CultureInfo.InvariantCulture) * Math.Sqrt(2);
        if (golden["dtype"] == "float32")
        {
            float[] values = [.. GoldenTable.Singles(golden["uniforms"])
                .Select(u => Math.Clamp((ErfInv.Compute<Fused>(u, ErffVariant.CorrectlyRounded) * (float)scale) + 0f, -2f, 2f))];
            float[] expected = GoldenTable.Singles(golden["values"]);
            AssertBits.Equal(expected, values.AsSpan(0, expected.Length));
            Assert.Equal(golden["sha256"], GoldenTable.Sha256<float>(values));
        }
        else
        {
            Assert.SkipUnless(Glibc.Version is not null
                && (Fma.IsSupported || RuntimeInformation.ProcessArchitecture == Architecture.Arm64), NeedsLibm);
            double[] values = [.. GoldenTable.Doubles(golden["uniforms"])
                .Select(u => Math.Clamp((ErfInv.Compute<Fused>(u) * scale) + 0.0, -2, 2))];
            double[] expected = GoldenTable.Doubles(golden["values"]);
            AssertBits.Equal(expected, values.AsSpan(0, expected.Length));
            Assert.Equal(golden["sha256"], GoldenTable.Sha256<double>(values));
        }
    }

    [Fact]
    public void Ends_and_outside_are_infinite_and_NaN()
    {
        foreach (ErffVariant erff in Enum.GetValues<ErffVariant>())
        {
            Assert.Equal(float.PositiveInfinity, ErfInv.Compute<Fused>(1f, erff));
            Assert.Equal(float.NegativeInfinity, ErfInv.Compute<Fused>(-1f, erff));
            Assert.True(float.IsNaN(ErfInv.Compute<Fused>(1.5f, erff)) && float.IsNaN(ErfInv.Compute<Fused>(float.NaN, erff)));
        }

        Assert.Equal(double.PositiveInfinity, ErfInv.Compute<Unfused>(1.0));
        Assert.Equal(double.NegativeInfinity, ErfInv.Compute<Unfused>(-1.0));
        Assert.True(double.IsNaN(ErfInv.Compute<Unfused>(-1.5)));
    }
}
