using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchInit.Tests.Cuda;

/// <summary>A GPU's functions against torch 2.11.0 on an H100: float32 by every float of a binade, float64 by 2¹⁴ doubles of a binade, 16
/// bits by every number.</summary>
public class CudaFunctionTests
{
    const string File = "cuda/functions-2.11.0.tsv";
    static readonly TorchProfile s_gpu = TorchProfile.Cuda("2.11", Gpu.H100Sxm);

    public static TheoryData<string> Functions => [.. GoldenTable.Read(File).Select(line => line["function"]).Distinct()];

    public static TheoryData<string> Functions16 => [.. Functions.Select(row => row.Data).Where(name => name != "tan")];

    /// <summary>Five binades on both sides of 0, and for angles one far enough from it to need all parts of a quarter turn;
    /// <see cref="All_binades_have_the_bits_of_the_GPU"/> takes all 80.</summary>
    [Theory, MemberData(nameof(Functions))]
    public void Float32_has_the_bits_of_the_GPU(string function)
        => Float32(function, line => line["sign"] == "0" ? Exponent(line) is 120 or 126 or 130
            || (Exponent(line) == 136 && function is "sin" or "cos" or "tan") : Exponent(line) is 127 or 129);

    /// <summary>671 million arguments of each function: run by hand, <c>dotnet TorchInit.Tests.dll -explicit only</c>.</summary>
    [Theory(Explicit = true), MemberData(nameof(Functions))]
    public void All_binades_have_the_bits_of_the_GPU(string function) => Float32(function, _ => true);

    static void Float32(string function, Func<Dictionary<string, string>, bool> isChosen)
    {
        float[] results = new float[1 << 23];
        Func<float, float> apply = OfFloat(function);
        Dictionary<string, string>[] lines = [.. Lines(function, "float32").Where(isChosen)];
        Assert.NotEmpty(lines);
        foreach (Dictionary<string, string> line in lines)
        {
            uint first = (line["sign"] == "1" ? 1u << 31 : 0) | (uint)Exponent(line) << 23;
            for (uint i = 0; i < results.Length; i++) { results[i] = apply(BitConverter.UInt32BitsToSingle(first + i)); }
            Assert.True(line["sha256"] == GoldenTable.Sha256<float>(results)[..32],
                $"{function}, sign {line["sign"]}, exponent {line["exponent"]}");
        }
    }

    [Theory, MemberData(nameof(Functions))]
    public void Float64_has_the_bits_of_the_GPU(string function)
    {
        double[] results = new double[1 << 14];
        Func<double, double> apply = OfDouble(function);
        foreach (Dictionary<string, string> line in Lines(function, "float64"))
        {
            ulong exponent = (ulong)Exponent(line), first = (line["sign"] == "1" ? 1UL << 63 : 0) | exponent << 52;
            ulong seed = unchecked(0x9E3779B97F4A7C15 * (1_000_003 * exponent - 1));
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = apply(BitConverter.UInt64BitsToDouble(first | SplitMix.Word(seed, i) & ((1UL << 52) - 1)));
            }
            Assert.True(line["sha256"] == GoldenTable.Sha256<double>(results)[..32],
                $"{function}, sign {line["sign"]}, exponent {exponent}");
        }
    }

    [Theory, MemberData(nameof(Functions16))]
    public void Every_16_bit_number_has_the_bits_of_the_GPU(string function)
    {
        Sixteen<Half>(function, "float16");
        Sixteen<BFloat16>(function, "bfloat16");
    }

    static void Sixteen<T>(string function, string dtype)
        where T : unmanaged
    {
        short[] bits = [.. Enumerable.Range(short.MinValue, 1 << 16).Select(x => (short)x)];
        new UnaryStep("x", Enum.Parse<UnaryOperation>(function, ignoreCase: true))
            .Apply(MemoryMarshal.Cast<short, T>(bits.AsSpan()), s_gpu);
        Assert.Equal(Lines(function, dtype).Single()["sha256"], GoldenTable.Sha256<short>(bits)[..32]);
    }

    [Fact]
    public void The_hardwares_power_of_2_and_reciprocal_have_their_ends()
    {
        Assert.Equal((1f, 0.5f, 2f, 0f, float.PositiveInfinity), (HardwareMath.Ex2(-0f), HardwareMath.Ex2(-1), HardwareMath.Ex2(1),
            HardwareMath.Ex2(-126.5f), HardwareMath.Ex2(128)));
        Assert.Equal(1f, HardwareMath.Ex2(-1e-8f));          // below the 23rd bit after the point
        Assert.Equal(0x7FFFFFFFu, BitConverter.SingleToUInt32Bits(HardwareMath.Ex2(float.NaN)));
        Assert.Equal((float.NegativeInfinity, -1f, 0f, 0.5f), (HardwareMath.Rcp(-1e-40f), HardwareMath.Rcp(-1), HardwareMath.Rcp(3e38f),
            HardwareMath.Rcp(2)));
        Assert.Equal(0.5, HardwareMath.Rsq64H(4));
    }

    /// <summary>Below 2⁻¹²⁶ the square of half the power; read in the compiler's output, drawn on no GPU.</summary>
    [Theory, InlineData(-88f, 0x0041EDCCu), InlineData(-90.5f, 0x00056969u), InlineData(-100f, 0x0000001Bu)]
    public void Subnormal_powers_of_e(float x, uint bits) => Assert.Equal(bits, BitConverter.SingleToUInt32Bits(CudaMath.FastExp(x)));

    [Theory, InlineData(2f, 0.5f, 0x3FB504F3u), InlineData(-2f, 3f, 0xC1000000u), InlineData(-2f, 0.5f, 0x7FFFFFFFu),
        InlineData(0f, -1f, 0x7F800000u), InlineData(1f, float.NaN, 0x3F800000u), InlineData(2f, 200f, 0x7F800000u),
        InlineData(2f, -149f, 0x00000001u)]
    public void Powers(float x, float y, uint bits) => Assert.Equal(bits, BitConverter.SingleToUInt32Bits(CudaMath.Pow(x, y)));

    static Func<float, float> OfFloat(string function)
    {
        if (function == "tan") { return CudaMath.Tan; }
        UnaryOperation operation = Enum.Parse<UnaryOperation>(function, ignoreCase: true);
        return x => CudaMath.Of(operation, x)!.Value;
    }

    static Func<double, double> OfDouble(string function)
    {
        if (function == "tan") { return CudaMath.Tan; }
        UnaryOperation operation = Enum.Parse<UnaryOperation>(function, ignoreCase: true);
        return x => CudaMath.Of(operation, x)!.Value;
    }

    static IEnumerable<Dictionary<string, string>> Lines(string function, string dtype)
        => GoldenTable.Read(File).Where(line => line["function"] == function && line["dtype"] == dtype);

    static int Exponent(Dictionary<string, string> line) => int.Parse(line["exponent"], CultureInfo.InvariantCulture);
}
