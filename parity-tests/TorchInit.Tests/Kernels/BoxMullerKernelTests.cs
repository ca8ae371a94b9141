namespace TorchInit.Tests.Kernels;

/// <summary>The reduced form of the vector Box–Muller against the polynomials as torch writes them, over every integer that can be
/// drawn.</summary>
public class BoxMullerKernelTests
{
    const int All = 1 << 24;
    const int Chunk = 1 << 16;

    public static TheoryData<int> Widths => KernelTwinTests.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Fused_over_all_integers(int width) => CompareAll<Fused>((VectorWidth)width);

    [Theory, MemberData(nameof(Widths))]
    public void Unfused_over_all_integers(int width) => CompareAll<Unfused>((VectorWidth)width);

    /// <summary>u₁ runs through all integers while u₂ runs through them in another order: n · odd constant mod 2²⁴ leaves none
    /// out.</summary>
    static void CompareAll<TRounding>(VectorWidth width)
        where TRounding : struct, IMultiplyAdd
    {
        Assert.SkipWhen(width == VectorWidth.Scalar, "this process has no vectors");
        Parallel.For(0, All / Chunk, chunk =>
        {
            uint[] expected = new uint[2 * Chunk];
            for (int i = 0; i < expected.Length; i++)
            {
                uint pair = (uint)(chunk * Chunk + i / 16 * 8 + i % 8);
                expected[i] = i % 16 < 8 ? pair : pair * 10368889u % All;
            }
            uint[] actual = [.. expected];
            BoxMullerScalar.Transform<BoxMullerPolynomial<TRounding>>(expected, 0.1f, 0.37f);
            BoxMullerKernel.Transform<TRounding>(actual, 0.1f, 0.37f, width);
            int differs = expected.AsSpan().CommonPrefixLength(actual);
            Assert.True(differs == expected.Length, $"chunk {chunk}, element {differs}");
        });
    }
}
