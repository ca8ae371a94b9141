using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TorchInit.Tests.Cuda;

/// <summary>The hardware's functions over the whole range of their inputs, by the hash of what the hardware gave.</summary>
public class HardwareTableTests
{
    public static TheoryData<string> Tables => [.. GoldenTable.Read("cuda/tables.tsv").Select(line => line["table"])];

    [Theory, MemberData(nameof(Tables))]
    public void Every_input_has_the_hardwares_answer(string table)
    {
        Dictionary<string, string> line = GoldenTable.Read("cuda/tables.tsv").Single(line => line["table"] == table);
        int count = int.Parse(line["count"], System.Globalization.CultureInfo.InvariantCulture);
        uint[] answers = new uint[count];
        for (uint i = 0; i < count; i++) { answers[i] = Answer(table, i); }
        Assert.Equal(line["sha256"], Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(answers.AsSpan()))));
    }

    static uint Answer(string table, uint i) => table switch
    {
        "sin" => Bits(HardwareMath.Sin(i)),
        "lg2_0" => Bits(HardwareMath.Lg2(Float(127, i))),
        "lg2_1" => Bits(HardwareMath.Lg2(Float(126, i))),
        "lg2_4" => Bits(HardwareMath.Lg2(Float(123, i))),
        "rsq_0" => Bits(HardwareMath.Rsq(Float(127, i))),
        "rsq_1" => Bits(HardwareMath.Rsq(Float(128, i))),
        "rcp64h" => (uint)(BitConverter.DoubleToUInt64Bits(
            HardwareMath.Rcp64H(BitConverter.UInt64BitsToDouble((ulong)(0x3FF00000 + i) << 32 | 0xABCDEF01))) >> 32),
        "erfinvf_0" => Bits(CudaMath.ErfInv(Float(126, i))),
        "erfinvf_1" => Bits(CudaMath.ErfInv(Float(125, i))),
        _ => throw new ArgumentException($"table '{table}' is not known.", nameof(table)),
    };

    /// <summary>The squarer against the sum of its partial products, for every input.</summary>
    [Fact]
    public void The_squarer_leaves_out_what_lies_below_column_19()
    {
        for (uint d = 0; d < 1 << 17; d++)
        {
            ulong sum = 0;
            for (int i = 0; i < 17; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    // d² = Σ bits i of 2^(2i), and of i > j of 2^(i+j+1): a column of 19 or more counts.
                    int column = i == j ? 2 * i : i + j + 1;
                    if (column >= 19 && (d >> i & 1) != 0 && (d >> j & 1) != 0) { sum += 1UL << (column - 19); }
                }
            }
            Assert.Equal(sum, HardwareMath.Square(d));
        }
        Assert.Equal(5006u, HardwareMath.Square(51234));
    }

    [Fact]
    public void The_sine_has_its_symmetries()
    {
        for (uint k = 0; k < 1 << 23; k += 1021)
        {
            uint sine = Bits(HardwareMath.Sin(k));
            Assert.Equal(sine, Bits(HardwareMath.Sin((1 << 24) - 1 - k)));
            Assert.Equal(sine | 0x80000000, Bits(HardwareMath.Sin(k + (1 << 24))));
            Assert.Equal(sine, Bits(HardwareMath.Sin(k + (1u << 25))));
        }
    }

    [Theory, InlineData(0u, 0u), InlineData(1u, 0x34491200u), InlineData(4194304u, 0x3f3504f2u), InlineData(30000000u, 0xbf1e157bu)]
    public void Sines(uint k, uint bits) => Assert.Equal(bits, Bits(HardwareMath.Sin(k)));

    [Theory, InlineData(0x3E99999Au, 0xbfde54e2u), InlineData(0x3FC00000u, 0x3f15c01bu), InlineData(0x3F800000u, 0u),
        InlineData(0u, 0xFF800000u), InlineData(0x007FFFFFu, 0xFF800000u)]
    public void Logarithms(uint x, uint bits) => Assert.Equal(bits, Bits(HardwareMath.Lg2(BitConverter.UInt32BitsToSingle(x))));

    [Theory, InlineData(0x40000000u, 0x3f3504f2u), InlineData(0x41180000u, 0x3ea61d5fu), InlineData(0x40800000u, 0x3f000000u)]
    public void Reciprocal_roots(uint x, uint bits) => Assert.Equal(bits, Bits(HardwareMath.Rsq(BitConverter.UInt32BitsToSingle(x))));

    static float Float(uint exponent, uint fraction) => BitConverter.UInt32BitsToSingle(exponent << 23 | fraction);

    static uint Bits(float x) => BitConverter.SingleToUInt32Bits(x);
}
