using System.Runtime.Intrinsics;

namespace TorchInit.Tests.Cuda;

/// <summary>The kernels of float64 against their scalar twins, in every width that runs here.</summary>
public class CudaFloat64KernelTests
{
    const int Most = PhiloxKernel.Most;

    public static TheoryData<string> Widths => [.. VectorWidths.All.Select(width => width.ToString())];

    [Theory, MemberData(nameof(Widths))]
    public void Normals_of_every_length(string width)
    {
        for (int count = 1; count <= Most; count++)
        {
            ComparePairs(Rows(count, (row, i) => (uint)SplitMix.Word((ulong)(count * 4 + row), i)), count, width);
        }
    }

    /// <summary>Every power of two that a radius begins with, and numbers beside where the logarithm is split.</summary>
    [Theory, MemberData(nameof(Widths))]
    public void Normals_of_every_radius(string width)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            ComparePairs(Rows(Most, (row, i) => row switch
            {
                0 => seed % 4 == 0 ? uint.MaxValue - (uint)seed / 4 : (uint)SplitMix.Word((ulong)seed, i) >> seed % 32,
                // 0x6A09E667 is √2 − 1 in 32 bits: of the 21 that are drawn here, and one to either side.
                1 => seed % 4 == 0 ? uint.MaxValue - (uint)i / 8 : seed % 4 == 1 ? (0x6A09E667u + (1u << 31) >> 11) + (uint)i - 32
                    : (uint)SplitMix.Word((ulong)seed + 1, i) >> i % 32,
                _ => (uint)SplitMix.Word((ulong)(seed + row), i),
            }), Most, width);
        }
    }

    /// <summary>Angles all over the turn, and those at its eighths, where sine and cosine exchange.</summary>
    [Theory, MemberData(nameof(Widths))]
    public void Normals_of_every_angle(string width)
    {
        for (uint eighth = 0; eighth < 8; eighth++)
        {
            foreach (int scale in new[] { 0, 8, 21 })
            {
                // An angle has 53 bits: the low word's, and those of the high one from bit 21 on.
                ComparePairs(Rows(Most, (row, i) =>
                {
                    ulong angle = unchecked(((ulong)eighth << 50) + (((ulong)i - Most / 2) << scale)) & (1UL << 53) - 1;
                    return row switch
                    {
                        2 => (uint)angle & 0x1FFFFF,
                        3 => (uint)(angle >> 21),
                        _ => (uint)SplitMix.Word(eighth, i * 2 + row),
                    };
                }), Most, width);
            }
        }
        for (int seed = 0; seed < 300; seed++)
        {
            ComparePairs(Rows(Most, (row, i) => (uint)SplitMix.Word((ulong)(seed * 4 + row), i)), Most, width);
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Uniforms_of_every_length(string width)
    {
        foreach ((double from, double to) in new[] { (-0.3, 0.41), (0, 1), (1, 1.0000000000000004), (0.0, 0) })
        {
            CudaUniformFloat64 op = new(from, to, CudaVector.Profile);
            for (int count = 1; count <= Most; count++)
            {
                uint[] words = Rows(count, (row, i) => i % 5 == 2 ? uint.MaxValue - (uint)i : (uint)SplitMix.Word((ulong)(row + count), i));
                double[] actual = new double[count];
                PhiloxRows rows = new(words, 0);
                op.Fill(rows, 1, actual, default, Enum.Parse<VectorWidth>(width));
                for (int i = 0; i < count; i++) { Assert.Equal(Bits(op.Invoke(rows[i], 1)), Bits(actual[i])); }
            }
        }
    }

    /// <summary>All 2²⁰ high words that the hardware's reciprocal knows, of both powers of two that a logarithm asks for; and what is
    /// narrower leaves all draws to the scalar twin.</summary>
    [Theory, MemberData(nameof(Widths))]
    public void Reciprocals_of_every_high_word(string width)
    {
        VectorWidth asked = Enum.Parse<VectorWidth>(width);
        double[] row = new double[8];
        int done = CudaNormalFloat64Kernel.Transform(new(new uint[PhiloxRows.Size], 0), row, new double[8], 0, 1, asked);
        Assert.Equal(asked < VectorWidth.Bits256 ? 0 : row.Length, done);
        long wrong = 0;
        for (long high = 0x3FF00000; high < 0x40100000 && done > 0; high += 4)
        {
            Vector256<double> x = (Vector256.Create(high, high + 1, high + 2, high + 3) << 32 | Vector256.Create(0xFFFFL)).AsDouble();
            Vector256<double> actual = CudaNormalFloat64Kernel.Reciprocal(x);
            for (int i = 0; i < 4; i++) { wrong += Bits(actual[i]) == Bits(HardwareMath.Rcp64H(x[i])) ? 0 : 1; }
        }
        Assert.Equal(0, wrong);
    }

    static uint[] Rows(int count, Func<int, int, uint> word)
    {
        uint[] rows = new uint[PhiloxRows.Size];
        for (int row = 0; row < 4; row++)
        {
            for (int i = 0; i < count; i++) { rows[row * Most + i] = word(row, i); }
        }
        return rows;
    }

    /// <summary>Both of each draw at once, and each alone; of mean 0, so that the sign of a zero is seen.</summary>
    static void ComparePairs(uint[] words, int count, string width)
    {
        foreach ((double mean, double std) in new[] { (0.3, 1.7), (0, 1.0) })
        {
            CudaNormalFloat64 op = new(mean, std);
            PhiloxRows rows = new(words, 0);
            double[] sines = new double[count], cosines = new double[count], sine = new double[count], cosine = new double[count];
            Assert.Equal(2, op.Fill(rows, 0, sines, cosines, Enum.Parse<VectorWidth>(width)));
            Assert.Equal(1, op.Fill(rows, 0, sine, default, Enum.Parse<VectorWidth>(width)));
            Assert.Equal(1, op.Fill(rows, 1, cosine, default, Enum.Parse<VectorWidth>(width)));
            for (int i = 0; i < count; i++)
            {
                Assert.Equal((Bits(op.Invoke(rows[i], 0)), Bits(op.Invoke(rows[i], 1))), (Bits(sines[i]), Bits(cosines[i])));
                Assert.Equal((Bits(sines[i]), Bits(cosines[i])), (Bits(sine[i]), Bits(cosine[i])));
            }
        }
    }

    static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}
