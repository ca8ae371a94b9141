using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchInit.Tests.Cuda;

/// <summary>Arithmetic with a Python number, as torch 2.11.0 computes it on an H100; and its conversions to integers.</summary>
public class CudaNumberTests
{
    const int Count = 6000;
    static readonly TorchProfile s_gpu = TorchProfile.Cuda("2.11", Gpu.H100Sxm);

    public static TheoryData<string, string> Expressions
        => [.. GoldenTable.Read("cuda/numbers-2.11.0.tsv").Select(line => (line["expression"], line["dtype"]))];

    [Theory, MemberData(nameof(Expressions))]
    public void Arithmetic_has_the_bits_of_the_GPU(string expression, string dtype)
    {
        string hash = dtype switch
        {
            "float32" => Hash<float>(expression),
            "float64" => Hash<double>(expression),
            "float16" => Hash<Half>(expression),
            _ => Hash<BFloat16>(expression),
        };
        Assert.Equal(GoldenTable.Read("cuda/numbers-2.11.0.tsv")
            .Single(line => line["expression"] == expression && line["dtype"] == dtype)["sha256"], hash);
    }

    static string Hash<T>(string expression)
        where T : unmanaged
    {
        string[] parts = expression.Split(' ');
        T[] elements = [.. Numbers<T>(isSigned: parts is not ["x", "**", _])];
        if (parts is [var number, "**", "x"])
        {
            double x = double.Parse(number, CultureInfo.InvariantCulture);
            foreach (ref T exponent in elements.AsSpan())
            {
                double y = Math.Clamp(Elements.ToDouble(exponent), -20, 20);
                exponent = typeof(T) == typeof(double) ? Elements.FromDouble<T>(CudaMath.Pow(x, y))
                    : Elements.FromFloat<T>(CudaMath.Pow((float)x, (float)y));
            }
        }
        else { StepOf(parts[1], double.Parse(parts[2], CultureInfo.InvariantCulture)).Apply<T>(elements, s_gpu); }
        return GoldenTable.Sha256<T>(elements)[..32];
    }

    static MapStep StepOf(string symbol, double number) => (symbol, number) switch
    {
        ("**", 0.5) => new UnaryStep("x", UnaryOperation.Root),
        ("**", 2) => new UnaryStep("x", UnaryOperation.Square),
        ("**", -1) => new UnaryStep("x", UnaryOperation.Reciprocal),
        _ => new ScalarStep("x", symbol switch
        {
            "**" => ScalarOperation.Pow,
            "//" => ScalarOperation.FloorDivide,
            "%" => ScalarOperation.Remainder,
            "/" => ScalarOperation.Div,
            "r-" => ScalarOperation.Rsub,
            "*" => ScalarOperation.Mul,
            "+" => ScalarOperation.Add,
            _ => ScalarOperation.Sub,
        }, number),
    };

    /// <summary>The arguments: 16 bits in steps of 7, otherwise a sample of some 30 binades; then their negatives.</summary>
    static IEnumerable<T> Numbers<T>(bool isSigned)
        where T : unmanaged
    {
        ulong seed = unchecked(0x9E3779B97F4A7C15 * 76);
        IEnumerable<T> positive = typeof(T) == typeof(float)
            ? Cast<uint, T>([.. Words(seed).Select(z => (uint)((110 + (z >> 40) % 26) << 23 | z & 0x7FFFFF))])
            : typeof(T) == typeof(double)
                ? Cast<ulong, T>([.. Words(seed).Select(z => (1003 + (z >> 52) % 30) << 52 | z & ((1UL << 52) - 1))])
                : Cast<ushort, T>([.. Enumerable.Range(0, 4682).Select(i => (ushort)(7 * i))]);
        return isSigned ? [.. positive, .. positive.Select(x => Elements.FromDouble<T>(-Elements.ToDouble(x)))] : positive;
    }

    static IEnumerable<ulong> Words(ulong seed) => Enumerable.Range(0, Count).Select(i => SplitMix.Word(seed, i));

    static T[] Cast<TBits, T>(TBits[] bits)
        where TBits : unmanaged
        where T : unmanaged
        => MemoryMarshal.Cast<TBits, T>(bits).ToArray();

    public static TheoryData<string, string> Conversions
        => [.. GoldenTable.Read("cuda/conversions-2.11.0.tsv").Select(line => (line["from"], line["to"]))];

    [Theory, MemberData(nameof(Conversions))]
    public void Conversions_are_the_GPUs(string from, string to)
    {
        Dictionary<string, string> line = GoldenTable.Read("cuda/conversions-2.11.0.tsv")
            .Single(line => line["from"] == from && line["to"] == to);
        byte[] before = Convert.FromHexString(line["before"]);
        string after = from switch
        {
            "float32" => Converted<float>(before, to),
            "float64" => Converted<double>(before, to),
            "float16" => Converted<Half>(before, to),
            _ => Converted<BFloat16>(before, to),
        };
        string expected = to switch
        {
            "float32" => Unified<float>(line["after"]),
            "float64" => Unified<double>(line["after"]),
            "float16" => Unified<Half>(line["after"]),
            "bfloat16" => Unified<BFloat16>(line["after"]),
            _ => line["after"],
        };
        Assert.Equal(expected, after);
    }

    static string Converted<TFrom>(byte[] before, string to)
        where TFrom : unmanaged
        => to switch
        {
            "int64" => Converted<TFrom, long>(before),
            "int32" => Converted<TFrom, int>(before),
            "int16" => Converted<TFrom, short>(before),
            "int8" => Converted<TFrom, sbyte>(before),
            "uint8" => Converted<TFrom, byte>(before),
            "bool" => Converted<TFrom, bool>(before),
            "float32" => Converted<TFrom, float>(before),
            "float64" => Converted<TFrom, double>(before),
            "float16" => Converted<TFrom, Half>(before),
            _ => Converted<TFrom, BFloat16>(before),
        };

    static string Converted<TFrom, TTo>(byte[] before)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        TTo[] after = [.. MemoryMarshal.Cast<byte, TFrom>(before).ToArray().Select(x => Conversion.Of<TFrom, TTo>(x, s_gpu))];
        return Unified<TTo>(Convert.ToHexString(MemoryMarshal.AsBytes(after.AsSpan())));
    }

    /// <summary>The bits of a NaN that is only converted are not followed.</summary>
    static string Unified<T>(string hex)
        where T : unmanaged
    {
        byte[] bytes = Convert.FromHexString(hex);
        CudaNaN.Unify<T>(MemoryMarshal.Cast<byte, T>(bytes.AsSpan()));
        return Convert.ToHexStringLower(bytes);
    }

    [Theory, InlineData("torch.arange(5) // 0"), InlineData("torch.arange(5) % torch.zeros(5, dtype=torch.int64)")]
    public void A_whole_number_divided_by_0_is_not_followed(string text)
        => Assert.Contains("other is 0", Assert.Throws<NotFollowedException>(() => InitPlan.Of(text, s_gpu).Materialize(0)).Message,
            StringComparison.Ordinal);

    /// <summary>By the reciprocal; a division would give the float below each of these.</summary>
    [Theory, InlineData(100000000f, 7f, 0x4B59FB93u), InlineData(100016380f, 3f, 0x4BFE5AD6u)]
    public void Floor_quotients_are_products(float a, float b, uint bits)
        => Assert.Equal(bits, BitConverter.SingleToUInt32Bits(CudaMath.FloorQuotient(a, b)));

    [Fact]
    public void Every_NaN_is_the_GPUs()
    {
        float[] floats = [float.NaN, 1];
        BFloat16[] halves = [(BFloat16)float.NaN];
        new ScalarStep("x", ScalarOperation.Mul, 2).Apply<float>(floats, s_gpu);
        new ScalarStep("x", ScalarOperation.Mul, 2).Apply<BFloat16>(halves, s_gpu);
        Assert.Equal([0x7FFFFFFF, 0x40000000], floats.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(0x7FFF, MemoryMarshal.Cast<BFloat16, short>(halves)[0]);
    }
}
