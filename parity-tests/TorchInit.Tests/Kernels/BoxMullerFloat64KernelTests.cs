namespace TorchInit.Tests.Kernels;

/// <summary>Each vector width of the float64 Box–Muller against its scalar twin: where its branches part, and everywhere.</summary>
public class BoxMullerFloat64KernelTests
{
    const double Ulp = 1.0 / (1UL << 53);

    public static TheoryData<int> Widths => [.. VectorWidths.All.Select(width => (int)width)];

    [Theory, MemberData(nameof(Widths))]
    public void Edges(int width)
    {
        double[] first = [0, Ulp, 0.0625, 0.0625 + Ulp, 0.0625 - Ulp, 0.3125, 0.3125 - Ulp, 0.5, 0.65625, 0.99, 1 - Ulp];
        double[] angles = [0, 1e-20, 0.126, 0.85546875, Math.PI / 2, 2.4262638092041016, Math.PI, 1.5 * Math.PI, 2 * Math.PI];
        List<double> second = [.. angles.SelectMany(angle => Enumerable.Range(-3, 7)
            .Select(step => Math.Clamp(angle / (2 * Math.PI) + step * Ulp, 0, 1 - Ulp)))];
        (double, double)[] pairs = [.. from u1 in first from u2 in second select (u1, u2)];
        double[] uniforms = new double[(pairs.Length + 7) / 8 * 16];
        for (int i = 0; i < pairs.Length; i++) { (uniforms[i / 8 * 16 + i % 8], uniforms[i / 8 * 16 + 8 + i % 8]) = pairs[i]; }
        Compare(uniforms, (VectorWidth)width);
    }

    [Theory, MemberData(nameof(Widths))]
    public void A_million_pairs(int width)
    {
        double[] uniforms = new double[1 << 21];
        UniformFill.Fill<double>(uniforms, 0, 1, new(11));
        Compare(uniforms, (VectorWidth)width);
    }

    static void Compare(double[] uniforms, VectorWidth width)
    {
        double[] expected = [.. uniforms], actual = [.. uniforms];
        BoxMullerFloat64.Transform<Fused>(expected, 0.1, 0.37);
        BoxMullerFloat64Kernel<Fused>.Transform(actual, 0.1, 0.37, width);
        AssertSameBits(uniforms, expected, actual);
        uniforms.CopyTo(expected, 0);
        uniforms.CopyTo(actual, 0);
        BoxMullerFloat64.Transform<Unfused>(expected, 0.1, 0.37);
        BoxMullerFloat64Kernel<Unfused>.Transform(actual, 0.1, 0.37, width);
        AssertSameBits(uniforms, expected, actual);
    }

    static void AssertSameBits(double[] uniforms, double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]))
            {
                Assert.Fail($"u₁ or u₂ = {uniforms[i]:R} at {i}: {actual[i]:R}, the scalar twin gives {expected[i]:R}");
            }
        }
    }
}
