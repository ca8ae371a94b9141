using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TorchInit.Tests.Kernels;

/// <summary>The suite says which instruction sets it ran with, and that the switches of the runtime did what they say.</summary>
public class VectorWidthTests(ITestOutputHelper output)
{
    static bool IsOff(string name) => Environment.GetEnvironmentVariable("DOTNET_" + name) == "0";

    [Fact]
    public void Instruction_sets_that_are_on()
    {
        output.WriteLine($"kernels of {VectorWidths.Best}; AVX-512F {Avx512F.IsSupported}, AVX-512BW {Avx512BW.IsSupported}, AVX2 "
            + $"{Avx2.IsSupported}, FMA {Fma.IsSupported}, BMI2 {Bmi2.X64.IsSupported}, AdvSimd {AdvSimd.IsSupported}");
        if (IsOff("EnableHWIntrinsic") || IsOff("EnableAVX2")) { Assert.Equal(VectorWidth.Scalar, VectorWidths.Best); }
        else if (IsOff("EnableAVX512")) { Assert.InRange(VectorWidths.Best, VectorWidth.Scalar, VectorWidth.Bits256); }
        else if (AdvSimd.IsSupported) { Assert.Equal(VectorWidth.Bits128, VectorWidths.Best); }
        else if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported) { Assert.Equal(VectorWidth.Bits512, VectorWidths.Best); }
        else if (Avx2.IsSupported && Fma.IsSupported) { Assert.Equal(VectorWidth.Bits256, VectorWidths.Best); }
    }

    [Fact]
    public void Generators_take_the_widest() => Assert.Equal(VectorWidths.Best, new Generator(0L).Width);
}
