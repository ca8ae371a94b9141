namespace TorchInit.Tests.Kernels;

/// <summary>The vector roundings to 16 bits over float32 numbers of every exponent and sign, ties, infinities and NaNs among
/// them.</summary>
public class Rounding16KernelTests
{
    public static TheoryData<int> Widths => KernelTwinTests.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Equal_to_the_scalar_rounding(int width)
    {
        const int Count = 1 << 14;
        uint[] bits = new uint[Count];
        Half[] halves = new Half[Count];
        BFloat16[] brains = new BFloat16[Count];
        for (uint chunk = 0; chunk < 1 << 12; chunk++)
        {
            // In the first part the low bits are those of ties and their neighbours; in the other they are any.
            for (uint i = 0; i < Count; i++)
            {
                bits[i] = chunk < 1 << 9 ? (((chunk * Count) + i) << 9) + (i % 3 - 1) : unchecked(((chunk * Count) + i) * 2654435761u);
            }
            Rounding16Kernel.Round<Half>(bits, halves, (VectorWidth)width);
            Rounding16Kernel.Round<BFloat16>(bits, brains, (VectorWidth)width);
            for (int i = 0; i < Count; i++)
            {
                float value = BitConverter.UInt32BitsToSingle(bits[i]);
                if (BitConverter.HalfToUInt16Bits((Half)value) != BitConverter.HalfToUInt16Bits(halves[i]))
                {
                    Assert.Fail($"float16 of 0x{bits[i]:x8}: {halves[i]}");
                }
                if (((BFloat16)value).Bits != brains[i].Bits) { Assert.Fail($"bfloat16 of 0x{bits[i]:x8}: {brains[i]}"); }
            }
        }
    }

    [Theory, InlineData("1.13"), InlineData("1.13 WindowsX64"), InlineData("2.10")]
    public void Few_bit_normals_are_those_of_the_formula(string torch)
    {
        TorchProfile profile = torch.Split(' ') is [var version, var platform]
            ? TorchProfile.For(version, Enum.Parse<TorchPlatform>(platform)) : TorchProfile.For(torch);
        FewBits<Half>(profile, 0.1, 0.37);
        FewBits<Half>(profile, 0, 1);
        FewBits<Half>(profile, 3, 30000);       // overflows
        FewBits<Half>(profile, 0, 1e-5);        // subnormal
        FewBits<BFloat16>(profile, 0.1, 0.37);
        FewBits<BFloat16>(profile, 0, 1);
    }

    static void FewBits<T>(TorchProfile profile, double mean, double std)
        where T : unmanaged
    {
        foreach (VectorWidth width in VectorWidths.All)
        {
            T[] expected = new T[160_000];
            T[] actual = new T[expected.Length];
            Uniform16.FillFewBits<T>(expected, 0, 1, new(6L, profile));
            for (int at = 0; at < expected.Length; at += NormalFill.Block)
            {
                Normal16.Transform(expected.AsSpan(at, NormalFill.Block), mean, std, profile);
            }
            NormalFill.Fill<T>(actual, mean, std, new(6L, profile) { Width = width }, contiguous: true);
            for (int i = 0; i < expected.Length; i++)
            {
                if (!expected[i].Equals(actual[i]))
                {
                    Assert.Fail($"{typeof(T).Name}, {profile}, {width}, element {i}: {actual[i]}, the formula gives {expected[i]}");
                }
            }
        }
    }
}
